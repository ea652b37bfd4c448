// The page of a whole interview, and the words that its text has in common with it. Used inside
// this room only.
#pragma once

#include <cstdint>
#include <string>

#include "harness/report/loop_report.hpp"

namespace onsite {

// One file without scripts. REQUIRES: a harmless report.
std::string loop_html(const LoopReport& report);

std::string minutes_words(std::int64_t ms);                             // "31 min 05 s"
std::string time_words(std::int64_t used_ms, std::int64_t allowed_ms);  // "31:05 of 45:00"
std::string section_notes(const SectionReport& section);  // "reconciliation-2 · sealed (time) · …"
std::string set_back_words(const LoopReport& report);

}  // namespace onsite

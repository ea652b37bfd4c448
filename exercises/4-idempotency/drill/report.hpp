// A grade as people and as programs read it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exercises/4-idempotency/drill/grade.hpp"

namespace onsite::drill {

struct Report {
    std::string_view drill = {};
    const Grade& grade;
    const Diagnosis& diagnosis;
    std::vector<std::string> changed_files = {};
};

// Harmless for a terminal.
std::string report_text(const Report& report);
// One object on one line: docs/guides/drill.md describes it.
std::string report_json(const Report& report);

}  // namespace onsite::drill

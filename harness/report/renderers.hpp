// One renderer for each format. All of them get a harmless scorecard from render(), except JSON,
// which is written as plain ASCII. Used inside this room only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/report/report.hpp"

namespace onsite {

std::string text_report(const Scorecard& scorecard, const TextStyle& style);
std::string junit_report(const Scorecard& scorecard);
std::string gradescope_report(const Scorecard& scorecard);
std::string html_report(const Scorecard& scorecard);
std::string csv_report(const Scorecard& scorecard);

// ---- Words that several of them use ----

std::string_view language_title(std::string_view language);  // "cpp" -> "C++"

// The command that repeats the first check that failed; all checks when none did.
std::string replay_command(const Scorecard& scorecard);

// Every verdict of the scorecard, those that speak for a criterion first.
std::vector<Verdict> all_verdicts(const Scorecard& scorecard);

// "clarity level 3 (reconcile.cpp:14): names say what they hold".
std::string self_rating_words(const SelfRating& rating);

// "ada: level 3 · reconcile.cpp:14 · names are clear"
std::string rating_words(const PersonRating& rating);

// "12 of 45 minutes · 1 of 2 follow-ups · 2 hints · the reference was read".
std::string circumstances(const GradeFacts& facts);

}  // namespace onsite

// A run record for a person at a terminal, and as a page for a browser.
#pragma once

#include <string>
#include <vector>

#include "solutions/1-reconciliation/production/record/run_record.hpp"

namespace onsite::reconcile {

// Counts, drift by currency and the first findings; plain text, harmless to a terminal.
std::string text_report(const RunRecord& record);

// The same as one HTML file that needs no other: no script, no font, nothing from outside. The same
// bytes for the same run.
std::string html_report(const RunRecord& record);

// "warning: the bank has no rows; ...", for each warning of the summary.
std::vector<std::string> warning_lines(const Summary& summary);

// "3 differences; 2 rows rejected": the last line of every report.
std::string verdict_line(const Summary& summary);

}  // namespace onsite::reconcile

// Questions and results as JSON, in the form that contract/wire.schema.json documents.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "exercises/1-reconciliation/checks/findings.hpp"
#include "exercises/1-reconciliation/checks/question.hpp"

namespace onsite::reconciliation {

// [["t1","100","USD"],...]
std::string to_wire(const std::vector<Row>& rows);
// Appends one row, ["t1","100","USD"]. For feeds too large to hold as rows.
void append_row(std::string& out, const Row& row);
// One row per line: the file of a feed.
std::string to_feed_file(const std::vector<Row>& rows);

// A result: the three lists.
nlohmann::json to_wire(const Findings& findings);

}  // namespace onsite::reconciliation

// One line of NDJSON: any JSON object, keys in any order, escapes, white space, nested values that
// are skipped. Slow and general; json_parser.cpp takes the plain rows by itself.
//
// Taken as they are: bytes that are not UTF-8, and control characters inside strings. Ids are
// bytes, and a feed that has such bytes has them for a reason.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "solutions/1-reconciliation/production/feed.hpp"
#include "solutions/1-reconciliation/production/findings.hpp"
#include "solutions/1-reconciliation/production/input/row_parser.hpp"

namespace onsite::reconcile {

// The three fields of the object in `line`, or why it has not got them. Strings with escapes are
// decoded into `decoded`. An amount may be a number or a string.
// Complexity: linear; values nested deeper than 64 are malformed.
std::optional<RejectReason> read_json_row(std::string_view line, const ColumnNames& names,
                                          std::deque<std::string>& decoded, Fields& fields);

}  // namespace onsite::reconcile

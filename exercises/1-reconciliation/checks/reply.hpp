// What a subject replied, read strictly: a reply that is not what the contract says is evidence.
//
// contract/wire.schema.json documents the form; tests/contract proves that the two agree.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "base/error.hpp"
#include "exercises/1-reconciliation/checks/findings.hpp"
#include "exercises/1-reconciliation/checks/question.hpp"

namespace onsite::reconciliation {

// What a reply said.
struct Said {
    Findings findings;
    std::string saved = "{}";  // As it came: the store of a later run.
};

// Errors: usage, one sentence: where, what was expected, what was found.
Result<Said> parse_reply(std::string_view body, Op op);

// A result as it stands in a test case. `where` names it in errors.
Result<Findings> parse_result(const nlohmann::json& value, const std::string& where);

}  // namespace onsite::reconciliation

// What api.yaml promises to those who call it.
#pragma once

#include <string>

#include "base/error.hpp"
#include "exercises/2-invoicing/checks/context.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::invoicing {

// OpenAPI 3.0, every reference leads somewhere, every operation has a name of its own.
Result<Verdict> api_is_valid(const Context& context, const std::string& check);
// What the brief asks for can be called.
Result<Verdict> api_has_the_endpoints(const Context& context, const std::string& check);
// Amounts are integers.
Result<Verdict> api_amounts_are_integers(const Context& context, const std::string& check);
// Every write of ours requires an Idempotency-Key and says what a reused one gets.
Result<Verdict> writes_take_an_idempotency_key(const Context& context, const std::string& check);
// Every error has one shape, with a code for programs and a message for people.
Result<Verdict> errors_have_one_shape(const Context& context, const std::string& check);
// The list goes on after a row, not at a number of rows.
Result<Verdict> lists_page_by_cursor(const Context& context, const std::string& check);
// Stripe's webhook is taken with its signature and nothing else.
Result<Verdict> webhook_is_verified(const Context& context, const std::string& check);

}  // namespace onsite::invoicing

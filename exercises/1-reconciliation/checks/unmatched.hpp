// The checks of the criterion `unmatched`: feeds without discrepancies, plain ids and amounts, and
// the right answer to compare with. No other criterion asks for the right answer.
#pragma once

#include "base/error.hpp"
#include "exercises/1-reconciliation/checks/context.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::reconciliation {

Result<Verdict> agrees_with_the_model(const Context& context, const std::string& check);
Result<Verdict> explains_every_row_once(const Context& context, const std::string& check);
Result<Verdict> order_does_not_matter(const Context& context, const std::string& check);
Result<Verdict> swapping_the_feeds_mirrors_the_answer(const Context& context,
                                                      const std::string& check);
// Empty feeds, all matched, none matched, one row each.
Result<Verdict> edge_feeds(const Context& context, const std::string& check);
// Sizes around powers of two and round numbers, where chunks begin and end. Stops before a slow
// subject runs out of time: speed is not judged here.
Result<Verdict> every_feed_size(const Context& context, const std::string& check);

}  // namespace onsite::reconciliation

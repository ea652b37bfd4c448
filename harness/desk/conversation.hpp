// Holds a review session with whoever is at stdin, and keeps every rating before the next question.
#pragma once

#include <functional>
#include <span>

#include "base/error.hpp"
#include "harness/cli/app.hpp"
#include "harness/review/session.hpp"

namespace onsite {

struct Conversation {
    ReviewSession& session;
    std::function<Result<Review>(std::span<const ReviewEvent>)> store;
    std::function<Result<void>()> show_difference;
    std::function<void()> show_disagreements;
};

// Until the reviewer leaves, the input ends or Ctrl-C; what was rated is stored then.
// Errors: those of `store` and `show_difference`.
Result<void> converse(App& app, const Conversation& conversation);

// The name after --as, or the user's. Errors: usage, when it cannot be the name of a file.
Result<std::string> reviewer_name(const std::string& given);

// The snippets of --snippets, or attempts/.snippets. Errors: usage, also when a file was named that
// is not there.
Result<Snippets> snippets_of(const App& app, const std::string& file);

}  // namespace onsite

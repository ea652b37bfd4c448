#include "harness/desk/conversation.hpp"

#include <cstdlib>

#include <fmt/format.h>

#include "harness/desk/line_reader.hpp"
#include "harness/review/review_store.hpp"

namespace onsite {
namespace {

using Then = SessionStep::Then;

// True when the conversation goes on.
Result<bool> do_step(App& app, const Conversation& conversation, const SessionStep& step) {
    if (!step.events.empty()) {
        auto review = conversation.store(step.events);
        if (!review) return pass_on(review);
        conversation.session.accept(std::move(*review));
    }
    app.console.print(step.message);
    switch (step.then) {
        case Then::ask:
            break;
        case Then::show_criterion:
            app.console.print(conversation.session.criterion());
            break;
        case Then::show_difference:
            if (auto shown = conversation.show_difference(); !shown) return pass_on(shown);
            break;
        case Then::show_disagreements:
            conversation.show_disagreements();
            break;
        case Then::leave:
            return false;
    }
    return true;
}

}  // namespace

Result<void> converse(App& app, const Conversation& conversation) {
    LineReader lines(app.interrupts);
    app.console.print(conversation.session.criterion());
    for (;;) {
        app.console.print(conversation.session.prompt());
        const auto line = lines.next();
        if (!line) {
            app.console.print("\n  kept; the same command continues\n");
            return {};
        }
        auto goes_on = do_step(app, conversation, conversation.session.take(*line));
        if (!goes_on) return pass_on(goes_on);
        if (!*goes_on) return {};
    }
}

Result<std::string> reviewer_name(const std::string& given) {
    const char* const user = std::getenv("USER");
    std::string name = !given.empty()                     ? given
                       : user != nullptr && *user != '\0' ? user
                                                          : "reviewer";
    if (auto good = check_reviewer_name(name); !good) return pass_on(good);
    return name;
}

Result<Snippets> snippets_of(const App& app, const std::string& file) {
    if (!file.empty() && !std::filesystem::exists(file)) {
        return usage_error(fmt::format("expected the snippets in {}, found no such file", file));
    }
    return load_snippets(file.empty() ? app.places.attempts / ".snippets"
                                      : std::filesystem::path(file));
}

}  // namespace onsite

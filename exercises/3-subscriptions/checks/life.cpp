#include "exercises/3-subscriptions/checks/life.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace onsite::subscriptions {
namespace {

using Facts = std::set<std::string, std::less<>>;

constexpr auto kMeanings = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"create", "a customer subscribes"},
    {"payment_succeeded", "a payment succeeds"},
    {"payment_failed", "the card is declined"},
    {"payment_window_ended", "23 hours are over"},
    {"trial_will_end", "the trial ends in 3 days"},
    {"trial_ended", "the trial is over"},
    {"end_trial_now", "the trial is ended early"},
    {"extend_trial", "the trial is made longer"},
    {"period_ended", "the paid period is over"},
    {"retry_due", "a retry is due"},
    {"retries_exhausted", "the last retry failed"},
    {"card_added", "the customer adds a card"},
    {"invoice_voided", "the open invoice is voided"},
    {"change_plan", "the customer changes the plan"},
    {"cancel_at_period_end", "cancel at the period's end"},
    {"undo_cancel", "the cancellation is undone"},
    {"cancel_now", "cancel at once"},
    {"pause", "the customer pauses"},
    {"resume", "the customer resumes"},
});

bool contains(const std::vector<std::string>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

void learn(const std::vector<std::string>& changes, Facts& facts) {
    for (const std::string& change : changes) {
        if (change.starts_with("not ")) {
            facts.erase(change.substr(4));
        } else {
            facts.insert(change);
        }
    }
}

// What the machine was and did in one step.
struct Moment {
    std::string before;
    std::string after;
    std::vector<std::string> effects;
};

std::string listed(const std::vector<std::string>& words, std::string_view glue) {
    return words.empty() ? "nothing" : fmt::format("{}", fmt::join(words, glue));
}

// What is wrong with a moment; empty when it is as expected.
std::string fault_of(const Moment& moment, const Expectation& expected) {
    if (!expected.from.empty() && expected.from != moment.before) return {};
    if (!expected.states.empty() && !contains(expected.states, moment.after)) {
        return fmt::format("your machine says {}; expected {}", moment.after,
                           fmt::join(expected.states, " or "));
    }
    if (expected.is_nothing && (moment.after != moment.before || !moment.effects.empty())) {
        return fmt::format("your machine goes to {} and does {}; expected that nothing happens",
                           moment.after, listed(moment.effects, ", "));
    }
    for (const std::string& effect : expected.does) {
        if (contains(moment.effects, effect)) continue;
        return fmt::format("your machine does {}; expected {} as well",
                           listed(moment.effects, ", "), effect);
    }
    for (const std::string& effect : expected.does_not) {
        if (!contains(moment.effects, effect)) continue;
        return fmt::format("your machine does {}; expected no {}", listed(moment.effects, ", "),
                           effect);
    }
    const bool is_one_done =
        expected.does_one_of.empty() ||
        std::ranges::any_of(expected.does_one_of, [&](const std::string& effect) {
            return contains(moment.effects, effect);
        });
    if (is_one_done) return {};
    return fmt::format("your machine does {}; expected {}", listed(moment.effects, ", "),
                       listed(expected.does_one_of, " or "));
}

// Looks for time that is given back twice. A credit or a refund gives back what was paid; until
// something is billed or paid again, there is no more to give.
class GivenBack {
public:
    // What is wrong with the step; empty when nothing is.
    std::string look(const LifeStep& step, const Moment& moment) {
        if (step.event == "payment_succeeded") day_.reset();
        const bool gives = contains(moment.effects, "credit") || contains(moment.effects, "refund");
        std::string fault;
        if (gives && day_) {
            fault = fmt::format("your machine does {} again; expected no credit",
                                listed(moment.effects, ", "));
        } else if (gives) {
            day_ = step.day;
        }
        if (contains(moment.effects, "invoice") || contains(moment.effects, "debit")) day_.reset();
        return fault;
    }
    std::string because() const {
        return fmt::format("day {} gave it back, and nothing was billed since", day_.value_or(0));
    }

private:
    std::optional<int> day_;  // Of the credit that stands.
};

// Looks for days that are billed twice: a subscription rests and goes on within a period that is
// paid. That has its invoice, unless something of it was given back.
class PaidPeriod {
public:
    // What is wrong with the step; empty when nothing is.
    std::string look(const LifeStep& step, const Moment& moment) {
        if (step.event == "period_ended") day_.reset();
        if (step.event == "payment_succeeded") day_ = step.day;
        if (contains(moment.effects, "credit") || contains(moment.effects, "refund")) day_.reset();
        if (step.event != "resume" || !day_ || !contains(moment.effects, "invoice")) return {};
        return fmt::format("your machine does {}; expected no invoice",
                           listed(moment.effects, ", "));
    }
    std::string because() const {
        return fmt::format(
            "the period that was paid on day {} goes on, and nothing of it was "
            "given back",
            day_.value_or(0));
    }

private:
    std::optional<int> day_;  // Of the payment.
};

std::string happening(const LifeStep& step) {
    const std::string facts =
        step.facts.empty() ? "" : fmt::format(" [{}]", fmt::join(step.facts, ", "));
    return fmt::format("  day {:>3}  {}{}", step.day, meaning_of_event(step.event), facts);
}

// The story of a life, told while it is lived.
class Teller {
public:
    Teller(const Life& life, std::string_view document) : document_(document) {
        story_ = fmt::format("{}: {}\n", life.name, life.title);
    }
    void tell(const LifeStep& step, const Moment& moment) {
        story_ += fmt::format("{:<58} {}{}\n", happening(step), moment.after, done(moment));
    }
    std::string end(const LifeStep& step, const std::string& fault, const std::string& because,
                    const Transition* acted) {
        story_ += fmt::format("{}\n           {},\n           because {}\n           {}\n",
                              happening(step), fault, because, line_of(step, acted));
        return std::move(story_);
    }

private:
    static std::string done(const Moment& moment) {
        return moment.effects.empty() ? "" : fmt::format(": {}", fmt::join(moment.effects, ", "));
    }
    std::string line_of(const LifeStep& step, const Transition* acted) const {
        if (acted != nullptr) return quoted_line(document_, acted->line, acted->text);
        return fmt::format("{}: no line of your machine takes {} there", document_, step.event);
    }

    std::string_view document_;
    std::string story_;
};

}  // namespace

std::string_view meaning_of_event(std::string_view event) {
    const auto found =
        std::ranges::find(kMeanings, event, &std::pair<std::string_view, std::string_view>::first);
    if (found == kMeanings.end()) std::abort();
    return found->second;
}

std::optional<std::string> misstep(const Machine& machine, const Life& life,
                                   std::string_view document) {
    Running running(machine);
    Facts facts;
    Teller teller(life, document);
    GivenBack given_back;
    PaidPeriod paid;
    for (const LifeStep& step : life.steps) {
        learn(step.facts, facts);
        Moment moment{.before = running.state(), .after = {}, .effects = {}};
        const Transition* acted = running.send(step.event, facts);
        moment.after = running.state();
        if (acted != nullptr) moment.effects = acted->effects;
        for (const Expectation& expected : step.expectations) {
            const std::string fault = fault_of(moment, expected);
            if (!fault.empty()) return teller.end(step, fault, expected.because, acted);
        }
        const std::string twice_back = given_back.look(step, moment);
        if (!twice_back.empty()) return teller.end(step, twice_back, given_back.because(), acted);
        const std::string twice_billed = paid.look(step, moment);
        if (!twice_billed.empty()) return teller.end(step, twice_billed, paid.because(), acted);
        teller.tell(step, moment);
    }
    return std::nullopt;
}

}  // namespace onsite::subscriptions

#include "exercises/5-values/checks/why.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "exercises/5-values/checks/action.hpp"
#include "exercises/5-values/checks/length.hpp"
#include "exercises/5-values/checks/mood.hpp"
#include "exercises/5-values/checks/numbers.hpp"
#include "exercises/5-values/checks/verbs.hpp"

namespace onsite::values {
namespace {

using std::string_view;

// Things of Stripe's that anybody can look up. Its name alone is no fact, nor is "the API".
constexpr string_view kFacts[] = {"payment intent*",
                                  "paymentintent*",
                                  "connect",
                                  "radar",
                                  "billing",
                                  "treasury",
                                  "atlas",
                                  "terminal",
                                  "issuing",
                                  "climate",
                                  "stripe press",
                                  "sigma",
                                  "stripe tax",
                                  "elements",
                                  "stripe checkout",
                                  "link",
                                  "identity",
                                  "idempotency key*",
                                  "idempotent",
                                  "api version*",
                                  "dated version*",
                                  "version* of the api",
                                  "old versions",
                                  "api review*",
                                  "api reference",
                                  "documentation",
                                  "docs",
                                  "sdk*",
                                  "client librar*",
                                  "engineering blog",
                                  "increment",
                                  "changelog",
                                  "test mode",
                                  "test clock*",
                                  "test card*",
                                  "webhook*",
                                  "sorbet",
                                  "markdoc",
                                  "rate limit*",
                                  "friction log*",
                                  "written culture",
                                  "writing culture",
                                  "in writing",
                                  "written down",
                                  "request id*",
                                  "error messages",
                                  "error codes",
                                  "status page",
                                  "annual letter",
                                  "decline code*",
                                  "minor units",
                                  "payment method*",
                                  "local payment",
                                  "users first",
                                  "users come first",
                                  "move with urgency",
                                  "operating principle*",
                                  "embedded finance",
                                  "revenue recognition"};
constexpr string_view kPraise[] = {
    "amazing",       "incredible",    "world-class",   "world class",        "best",
    "leader",        "leading",       "innovative",    "revolutionary",      "cutting-edge",
    "cutting edge",  "passionate",    "dream*",        "prestigious",        "great company",
    "huge fan",      "big fan",       "awesome",       "fantastic",          "brilliant",
    "smartest",      "admire*",       "top talent",    "exciting",           "excited",
    "honored",       "honoured",      "excellence",    "great culture",      "changing the world",
    "game-changer*", "game changer*", "best-in-class", "love stripe",        "genius",
    "unicorn",       "fast-growing",  "always wanted", "unique opportunity", "great opportunity",
    "wonderful",     "impressive",    "legendary",     "outstanding",        "visionary",
    "perfect fit",   "greatest"};
constexpr string_view kOwn[] = {"at my last", "at my current", "at my previous", "my team",
                                "in my last", "my company",    "my thesis",      "my own"};
constexpr std::size_t kWhyWordsMin = 10;

// Facts in sentences that are more than a name: a figure counts too.
std::size_t facts_in(const Sentence& sentence) {
    std::size_t figures = 0;
    for (const Quantity& quantity : quantities_in(sentence)) {
        if (!quantity.unit.empty() && !quantity.is_moment) ++figures;
    }
    return count_all(sentence, kFacts) + figures;
}

template <typename Count>
std::size_t sum(const Answer& answer, const Count& count) {
    std::size_t all = 0;
    for (const Sentence& sentence : answer.sentences) all += count(sentence);
    return all;
}

bool is_own(const Sentence& sentence) {
    if (hypothetical_words(sentence)) return false;
    const auto deed = deed_in(sentence);
    return deed || (has_any(sentence, kOwn) && is_about_the_past(sentence));
}

}  // namespace

std::optional<Advice> why_is_not_tight(const Answer& why) {
    const int seconds = spoken_seconds(why);
    if (seconds >= kWhySecondsMin && seconds <= kWhySecondsMax) return std::nullopt;
    return Advice{{},
                  fmt::format("takes about {} seconds to say, expected {} to {}", seconds,
                              kWhySecondsMin, kWhySecondsMax)};
}

std::optional<Advice> why_names_no_fact(const Answer& why) {
    if (sum(why, facts_in) > 0) return std::nullopt;
    return Advice{{},
                  "nothing that one can look up: name a product, a document, a decision of "
                  "theirs"};
}

std::optional<Advice> why_is_not_about_you(const Answer& why) {
    if (std::ranges::any_of(why.sentences, is_own)) return std::nullopt;
    return Advice{{},
                  "nothing that you did: link the reason to something you built or lived "
                  "through"};
}

std::optional<Advice> why_is_flattery(const Answer& why) {
    if (why.words() < kWhyWordsMin) return Advice{{}, "too little to tell a reason from praise"};
    const std::size_t praise =
        sum(why, [](const Sentence& sentence) { return count_all(sentence, kPraise); });
    if (praise == 0 || (praise <= kPraiseMax && sum(why, facts_in) > 0)) return std::nullopt;
    for (const Sentence& sentence : why.sentences) {
        if (const auto match = find_any(sentence, kPraise)) {
            return Advice{
                place_of(sentence, *match),
                fmt::format("{} of praise: anybody could say it, say what you know",
                            praise == 1 ? "a word" : fmt::format("the first of {} words", praise))};
        }
    }
    return std::nullopt;
}

}  // namespace onsite::values

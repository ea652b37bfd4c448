#include "exercises/5-values/checks/scene.hpp"

#include <string_view>

#include "exercises/5-values/checks/numbers.hpp"
#include "exercises/5-values/checks/word_list.hpp"

namespace onsite::values {
namespace {

using std::string_view;

constexpr string_view kMonths[] = {"january",  "february",    "march",     "april",     "june",
                                   "july",     "august",      "september", "october",   "november",
                                   "december", "monday",      "tuesday",   "wednesday", "thursday",
                                   "friday",   "saturday",    "sunday",    "christmas", "easter",
                                   "diwali",   "thanksgiving"};
constexpr string_view kAnchors[] = {"in may",
                                    "may 20*",
                                    "last week",
                                    "last month",
                                    "last year",
                                    "last spring",
                                    "last summer",
                                    "last autumn",
                                    "last fall",
                                    "last winter",
                                    "last quarter",
                                    "this year",
                                    "years ago",
                                    "year ago",
                                    "months ago",
                                    "month ago",
                                    "weeks ago",
                                    "week ago",
                                    "days ago",
                                    "one night",
                                    "one evening",
                                    "one morning",
                                    "one afternoon",
                                    "that night",
                                    "that evening",
                                    "that morning",
                                    "that afternoon",
                                    "that weekend",
                                    "that week",
                                    "that summer",
                                    "q1",
                                    "q2",
                                    "q3",
                                    "q4",
                                    "black friday",
                                    "new year*",
                                    "a.m",
                                    "p.m",
                                    "my first week",
                                    "my first month",
                                    "my first year",
                                    "my first job",
                                    "my second year",
                                    "my second week",
                                    "my third",
                                    "my internship",
                                    "my last job",
                                    "my last company",
                                    "my last role",
                                    "my last team",
                                    "my previous",
                                    "my former",
                                    "my current",
                                    "my old team",
                                    "at a bank",
                                    "at a startup",
                                    "at a start-up",
                                    "at a fintech",
                                    "at a small",
                                    "at a large",
                                    "at a company",
                                    "at a payment*",
                                    "at a hospital",
                                    "at university",
                                    "at the university",
                                    "at the bank",
                                    "when i was a",
                                    "when i was an",
                                    "when i was at",
                                    "when i was in",
                                    "when i was on",
                                    "when i worked",
                                    "while i worked",
                                    "while i was",
                                    "as an intern",
                                    "as a junior",
                                    "as a student",
                                    "during my",
                                    "in my second",
                                    "in my first",
                                    "in my third",
                                    "in our payments team",
                                    "in the payments team",
                                    "on the payments team",
                                    "on the billing team",
                                    "on the checkout team",
                                    "on the ledger team",
                                    "summer of",
                                    "winter of",
                                    "spring of",
                                    "end of the quarter",
                                    "two weeks before",
                                    "the day before",
                                    "a week before",
                                    "days before",
                                    "weeks before",
                                    "at night",
                                    "in the summer",
                                    "in the winter",
                                    "in the spring",
                                    "in the autumn"};
// Stand behind "in" with a capital and are no place.
constexpr string_view kLanguages[] = {"english", "german",    "french", "spanish", "italian",
                                      "dutch",   "polish",    "java",   "python",  "rust",
                                      "go",      "chinese",   "arabic", "hindi",   "russian",
                                      "turkish", "javascript"};

bool is_place(const Sentence& sentence, std::size_t at) {
    const string_view word = sentence.words[at].text;
    if (word != "at" && word != "in" && word != "for") return false;
    if (at + 1 == sentence.words.size()) return false;
    const Word& name = sentence.words[at + 1];
    const bool is_language = is_one_of(kLanguages, name.text);
    return name.is_capital && !is_language && name.text != "i" && !name.text.starts_with("i'") &&
           name.text.size() > 1;
}

}  // namespace

std::optional<PhraseMatch> anchor_words(const Sentence& sentence) {
    if (const auto match = find_any(sentence, kMonths)) return match;
    if (const auto match = find_any(sentence, kAnchors)) return match;
    for (std::size_t at = 0; at < sentence.words.size(); ++at) {
        const bool is_when = is_year(sentence, at) || is_time_of_day(sentence, at);
        if (is_when) return PhraseMatch{.first = at, .words = 1};
        if (is_place(sentence, at)) return PhraseMatch{.first = at, .words = 2};
    }
    return std::nullopt;
}

}  // namespace onsite::values

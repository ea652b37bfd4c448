#include "exercises/5-values/checks/mood.hpp"

#include <algorithm>
#include <string_view>

#include "exercises/5-values/checks/learning.hpp"
#include "exercises/5-values/checks/verbs.hpp"
#include "exercises/5-values/checks/word_list.hpp"

namespace onsite::values {
namespace {

using std::string_view;

constexpr string_view kIntentions[] = {"i would", "we would", "i'd",  "we'd",
                                       "i will",  "i'll",     "we'll"};
// Present tense whatever else is in the sentence.
constexpr string_view kOwnHabits[] = {
    "i try to",      "imagine",     "we always try",  "we try to",    "i tend to",
    "we tend to",    "i like to",   "i strive",       "i usually",    "we usually",
    "i typically",   "i generally", "i normally",     "i always try", "i make sure",
    "i always make", "i prefer to", "hypothetically", "i always put"};
// What one is and believes.
constexpr string_view kTraits[] = {
    "i am a very",       "i am someone",  "i'm someone",   "i am a person",   "i'm a person",
    "i am the kind",     "i'm the kind",  "i am the type", "i'm the type",    "i believe that",
    "i believe in",      "i am always",   "i'm always",    "i am very",       "i pride myself",
    "i consider myself", "i see myself",  "i am good at",  "i'm good at",     "i care about",
    "my approach is",    "my philosophy", "my style is",   "i am passionate", "i'm passionate"};
// Habits, unless the sentence is about the past.
constexpr string_view kHabits[] = {
    "usually",       "typically",       "generally",      "in general",
    "normally",      "whenever",        "if someone",     "if somebody",
    "if a",          "if an",           "if there",       "if i",
    "if we",         "if my",           "if the",         "when someone",
    "when somebody", "when there is",   "when there's",   "when a",
    "when i|we",     "it is important", "it's important", "is important to",
    "you should",    "you have to",     "you need to",    "you must",
    "one should",    "one must",        "one has to",     "we should always",
    "imagine",       "in such",         "as an engineer", "a good engineer",
    "i always",      "i never",         "i often",        "i listen",
    "i focus on"};
// In front of "I would": somebody said or thought it at the time.
constexpr string_view kReporting[] = {
    "said",     "told",      "promised", "agreed",    "asked",   "knew",      "decided",
    "proposed", "wrote",     "whether",  "explained", "feared",  "offered",   "hoped",
    "thought",  "suggested", "expected", "insisted",  "warned",  "wondered",  "announced",
    "realised", "realized",  "where",    "worried",   "assumed", "committed", "until",
    "so",       "convinced", "figured",  "argued",    "mean",    "meant",     "planned"};
// Behind "I'll" or "I'd": somebody who tells a story.
constexpr string_view kTelling[] = {"call",  "say",   "like", "tell",
                                    "start", "begin", "pick", "choose"};
// Behind "I'd": I had.
constexpr string_view kHad[] = {"been",  "had",    "done",    "made",  "built", "seen",  "left",
                                "never", "just",   "already", "taken", "gone",  "spent", "better",
                                "given", "chosen", "kept",    "found", "got",   "only",  "become"};

bool is_had(string_view word) {
    return word.ends_with("ed") || word.ends_with("tten") || is_one_of(kHad, word);
}

bool is_reported(const Sentence& sentence, std::size_t before) {
    return std::any_of(sentence.words.begin(),
                       sentence.words.begin() + static_cast<std::ptrdiff_t>(before),
                       [](const Word& word) { return is_one_of(kReporting, word.text); });
}

// "I would", said now about what is not.
bool is_intention(const Sentence& sentence, const PhraseMatch& match) {
    const std::size_t next = match.first + match.words;
    const string_view behind =
        next < sentence.words.size() ? string_view(sentence.words[next].text) : string_view();
    if (is_one_of(kTelling, behind)) return false;
    if (behind == "have" || is_reported(sentence, match.first)) return false;
    const string_view last = sentence.words[next - 1].text;
    return !(last.ends_with("'d") && is_had(behind));
}

}  // namespace

std::optional<PhraseMatch> hypothetical_words(const Sentence& sentence) {
    if (is_learning(sentence)) return std::nullopt;
    for (const string_view phrase : kIntentions) {
        const auto match = find_phrase(sentence, phrase);
        if (match && is_intention(sentence, *match)) return match;
    }
    if (const auto match = find_any(sentence, kOwnHabits)) return match;
    if (const auto match = find_any(sentence, kTraits)) return match;
    return is_about_the_past(sentence) ? std::nullopt : find_any(sentence, kHabits);
}

bool describes_oneself(const Sentence& sentence) { return has_any(sentence, kTraits); }

}  // namespace onsite::values

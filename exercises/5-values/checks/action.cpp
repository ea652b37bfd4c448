#include "exercises/5-values/checks/action.hpp"

#include <algorithm>
#include <string_view>

#include "exercises/5-values/checks/verbs.hpp"
#include "exercises/5-values/checks/word_list.hpp"

namespace onsite::values {
namespace {

using std::string_view;

constexpr string_view kI[] = {"i", "i'd", "i've", "i'm", "i'll"};
constexpr string_view kWe[] = {"we", "we'd", "we've", "we're", "we'll"};

// The deed behind the doer at `doer`; its length counts the doer too.
std::optional<PhraseMatch> deed_behind(const Sentence& sentence, std::size_t doer) {
    constexpr std::size_t kBetweenMax = 3;
    for (std::size_t at = doer + 1; at < sentence.words.size(); ++at) {
        const string_view word = sentence.words[at].text;
        const bool is_between = may_stand_between(word);
        // "I did not ask" and "I did it": the first did is a help, the second a deed.
        if (is_deed(word) && !(word == "did" && at + 1 < sentence.words.size() &&
                               sentence.words[at + 1].text == "not")) {
            return PhraseMatch{.first = doer, .words = at - doer + 1};
        }
        if (!is_between || at - doer > kBetweenMax) return std::nullopt;
    }
    return std::nullopt;
}

// "Rolled it back", "Then wrote a test".
std::optional<Deed> deed_without_doer(const Sentence& sentence) {
    for (std::size_t at = 0; at < std::min<std::size_t>(sentence.words.size(), 3); ++at) {
        const string_view word = sentence.words[at].text;
        if (is_deed(word)) return Deed{Doer::i, {.first = at, .words = 1}};
        if (!may_stand_between(word)) return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

std::optional<Deed> deed_in(const Sentence& sentence) {
    std::optional<Deed> first_of_we;
    for (std::size_t at = 0; at < sentence.words.size(); ++at) {
        const string_view word = sentence.words[at].text;
        const bool is_i = is_one_of(kI, word);
        if (!is_i && !is_one_of(kWe, word)) continue;
        const auto place = deed_behind(sentence, at);
        if (!place) continue;
        if (is_i) return Deed{Doer::i, *place};
        if (!first_of_we) first_of_we = Deed{Doer::we, *place};
    }
    return first_of_we ? first_of_we : deed_without_doer(sentence);
}

Pronouns pronouns_in(const Sentence& sentence) {
    return {.i = count_all(sentence, kI), .we = count_all(sentence, kWe)};
}

}  // namespace onsite::values

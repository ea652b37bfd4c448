#include "exercises/5-values/checks/verbs.hpp"

#include <algorithm>

#include "exercises/5-values/checks/word_list.hpp"

namespace onsite::values {
namespace {

using std::string_view;

// Deeds whose past tense does not end in -ed.
constexpr string_view kIrregular[] = {
    "began",     "bent",   "bet",      "blew",     "bound",  "bought",   "broke",  "brought",
    "built",     "called", "caught",   "chose",    "cut",    "dealt",    "did",    "drew",
    "drove",     "dug",    "fed",      "flew",     "fought", "found",    "froze",  "gave",
    "got",       "held",   "hid",      "hung",     "kept",   "laid",     "led",    "left",
    "lent",      "let",    "lit",      "made",     "met",    "overrode", "paid",   "put",
    "ran",       "rang",   "read",     "rebuilt",  "redid",  "reran",    "reset",  "rewrote",
    "rode",      "said",   "sat",      "sent",     "set",    "shook",    "shot",   "shut",
    "sold",      "split",  "spent",    "spoke",    "spun",   "stood",    "struck", "stuck",
    "swept",     "swore",  "taught",   "threw",    "told",   "took",     "tore",   "undid",
    "undertook", "went",   "withdrew", "withheld", "woke",   "won",      "wrote",  "shrank",
    "sought",    "slid"};
// What one was, wanted, thought: past, and no deed.
constexpr string_view kStates[] = {
    "believed", "cared",   "enjoyed",  "expected",  "failed",   "feared",      "graduated",
    "happened", "hoped",   "joined",   "learned",   "liked",    "loved",       "missed",
    "needed",   "noticed", "owned",    "realised",  "realized", "regretted",   "relied",
    "seemed",   "started", "supposed", "used",      "wanted",   "wished",      "wondered",
    "worked",   "worried", "lived",    "struggled", "depended", "embarrassed", "shared",
    "was",      "were",    "had",      "came",      "fell",     "knew",        "felt",
    "saw",      "grew",    "rose",     "lost",      "became",   "thought",     "cost",
    "hit",      "meant",   "wasn't",   "weren't",   "didn't",   "couldn't",    "hadn't",
    "heard",    "slept",   "ate",      "wore",      "drank",    "forgot",      "understood",
    "bit",      "sank",    "hurt",     "overheard", "would've", "learnt"};
// End in -ed and are no verbs of the past.
constexpr string_view kNoPast[] = {"need",     "indeed",  "hundred", "speed",  "feed", "seed",
                                   "exceed",   "embed",   "based",   "united", "red",  "bed",
                                   "unneeded", "proceed", "succeed", "breed"};
constexpr string_view kBetween[] = {
    "also", "then",    "first",     "just",    "never", "even",  "still",  "later", "once",
    "both", "myself",  "now",       "soon",    "next",  "again", "always", "had",   "have",
    "and",  "already", "therefore", "instead", "alone", "so",    "did",    "not",   "only"};

// Behind "I" in the present: what one is, has, can or thinks, and what is no verb.
constexpr string_view kNoPresentDeeds[] = {
    "am",        "are",   "is",      "have",       "can",     "can't",  "cannot",   "could",
    "would",     "will",  "won't",   "should",     "shall",   "may",    "might",    "must",
    "think",     "guess", "hope",    "mean",       "believe", "know",   "feel",     "see",
    "like",      "want",  "wish",    "say",        "admit",   "need",   "suppose",  "remember",
    "recall",    "love",  "find",    "understand", "haven't", "mind",   "wouldn't", "couldn't",
    "shouldn't", "or",    "as",      "for",        "who",     "in",     "on",       "at",
    "with",      "to",    "the",     "a",          "my",      "that",   "which",    "but",
    "if",        "when",  "because", "personally", "imagine", "assume", "swear",    "bet",
    "doubt",     "owe",   "regret",  "hear",       "come",    "live",   "it",       "he",
    "she",       "they",  "we",      "i",          "you",     "hate",   "honestly", "enjoy",
    "get",       "of",    "from",    "were",       "one",     "all",    "too",      "two",
    "agree"};
constexpr string_view kNegations[] = {"don't", "not", "never"};
constexpr string_view kReports[] = {"said",  "says",     "told",   "asked",   "thought",
                                    "wrote", "answered", "called", "shouted", "replied"};

bool is_letters(string_view word) {
    return word.size() > 1 &&
           std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

constexpr std::size_t kBringSize = 5;  // "ring" and "bring" are no participles.

bool is_present_deed(string_view word) {
    return is_letters(word) && !is_past(word) && !is_one_of(kNoPresentDeeds, word) &&
           !(word.size() > kBringSize && word.ends_with("ing")) && !word.ends_with("ed");
}

}  // namespace

bool is_deed(string_view word) {
    if (is_one_of(kIrregular, word)) return true;
    return word.size() > 3 && word.ends_with("ed") && !is_one_of(kStates, word) &&
           !is_one_of(kNoPast, word);
}

bool is_past(string_view word) { return is_deed(word) || is_one_of(kStates, word); }

bool is_about_the_past(const Sentence& sentence) {
    return std::ranges::any_of(sentence.words, [](const Word& word) { return is_past(word.text); });
}

bool may_stand_between(string_view word) {
    return is_one_of(kBetween, word) || (word.size() > 4 && word.ends_with("ly"));
}

std::optional<PhraseMatch> present_deed_in(const Sentence& sentence) {
    for (std::size_t at = 0; at + 1 < sentence.words.size(); ++at) {
        const string_view word = sentence.words[at].text;
        if (is_one_of(kReports, word)) return std::nullopt;
        if (word != "i" && word != "we") continue;
        std::size_t verb = at + 1;
        while (verb < sentence.words.size() && (may_stand_between(sentence.words[verb].text) ||
                                                is_one_of(kNegations, sentence.words[verb].text))) {
            ++verb;
        }
        if (verb < sentence.words.size() && is_present_deed(sentence.words[verb].text)) {
            return PhraseMatch{.first = at, .words = verb - at + 1};
        }
    }
    return std::nullopt;
}

}  // namespace onsite::values

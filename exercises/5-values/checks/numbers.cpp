#include "exercises/5-values/checks/numbers.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>

#include "exercises/5-values/checks/comparisons.hpp"
#include "exercises/5-values/checks/word_list.hpp"

namespace onsite::values {
namespace {

using std::string_view;

constexpr string_view kMonths[] = {
    "january",   "february", "march",    "april",    "may",  "june", "july", "august",
    "september", "october",  "november", "december", "jan",  "feb",  "mar",  "apr",
    "jun",       "jul",      "aug",      "sep",      "sept", "oct",  "nov",  "dec"};
// A number behind these is a name.
constexpr string_view kNames[] = {
    "version", "step",   "phase",    "round",  "level",    "section", "rfc",      "http", "error",
    "status",  "port",   "ticket",   "sprint", "chapter",  "psd",     "pci",      "ios",  "android",
    "java",    "python", "postgres", "page",   "issue",    "pr",      "number",   "code", "option",
    "part",    "week",   "day",      "tier",   "priority", "sev",     "severity", "room", "floor",
    "windows", "api",    "grade",    "node",   "angular",  "release"};
constexpr string_view kStatusCodes[] = {"400", "401", "402", "403", "404", "409",
                                        "422", "429", "500", "502", "503", "504"};
// What a unit is not: words that go on with the sentence.
constexpr string_view kNoUnits[] = {
    "a",   "and",   "at",    "as",     "an",      "are",    "be",    "because", "but",
    "by",  "for",   "from",  "had",    "he",      "her",    "his",   "i",       "if",
    "in",  "is",    "it",    "its",    "my",      "of",     "on",    "or",      "our",
    "she", "so",    "that",  "the",    "their",   "then",   "there", "they",    "this",
    "to",  "until", "was",   "we",     "were",    "when",   "where", "which",   "while",
    "who", "with",  "after", "before", "without", "instead"};
constexpr string_view kNumberWords[] = {
    "two",      "three",    "four",      "five",    "six",     "seven",  "eight",
    "nine",     "ten",      "eleven",    "twelve",  "fifteen", "twenty", "thirty",
    "forty",    "fifty",    "sixty",     "seventy", "eighty",  "ninety", "hundred",
    "hundreds", "thousand", "thousands", "million", "dozen",   "zero"};
constexpr string_view kChanges[] = {"halved", "doubled", "tripled", "quadrupled"};
// Quantities without a number, which compare by themselves.
constexpr string_view kShares[] = {
    "by half",
    "by a|one|two|three third|thirds|quarter|quarters|fifth|fifths|tenth",
    "a|one|two half|third|quarter|fifth|tenth|thirds of what|the|that|those|our|my|their",
    "half|third|quarter of what|that",
    "half as many|much|long|often|big|slow",
    "twice|double as many|much|long|often|fast|quick|big",
    "times as|faster|slower|cheaper|more|fewer"};
constexpr string_view kTimeUnits[] = {
    "second", "seconds", "minute", "minutes", "hour",     "hours", "day",   "days",   "week",
    "weeks",  "month",   "months", "quarter", "quarters", "year",  "years", "sprints"};
// In front of "after 4 minutes": it was over.
constexpr string_view kDone[] = {"back",  "up",    "over",  "running",  "online",
                                 "done",  "fixed", "live",  "restored", "merged",
                                 "ready", "again", "ended", "finished", "open"};
// In front of a number with a point: it is on a scale.
constexpr string_view kScales[] = {"at", "to", "from", "was", "were", "is", "of", "with"};
constexpr string_view kSeasons[] = {"spring", "summer", "autumn", "fall", "winter"};
// Between two numbers, or in front of one of them.
constexpr string_view kThenAndNow[] = {"before", "afterwards", "now",
                                       "none",   "at first",   "by the end"};
constexpr std::size_t kYearSize = 4;
// A longer number beside these is money.
constexpr string_view kMoney[] = {"bill|bills", "cost|costs",      "paid",  "price",  "revenue",
                                  "turnover",   "budget|budgeted", "worth", "invoice"};
// Behind "5 a".
constexpr string_view kTimes[] = {"second", "minute", "hour",    "day",
                                  "week",   "month",  "quarter", "year"};
// In front of a time: it says when or how long the work took.
constexpr string_view kMoments[] = {"after", "for",   "over",  "last",      "past",    "next",
                                    "every", "first", "about", "following", "another", "during"};
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

// A word of digits, taken apart: "$1,200k" has the prefix "$", the suffix "k".
struct Digits {
    string_view prefix;
    string_view number;
    string_view suffix;
};

std::optional<Digits> digits_of(string_view word) {
    constexpr string_view kCurrencies[] = {"$", "€", "£", "¥", "₹", "us$"};
    Digits digits;
    for (const string_view currency : kCurrencies) {
        if (word.starts_with(currency)) digits.prefix = currency;
    }
    word.remove_prefix(digits.prefix.size());
    if (word.empty() || !is_digit(word[0])) return std::nullopt;
    const auto end = std::min(word.find_first_not_of("0123456789.,'"), word.size());
    digits.number = word.substr(0, end);
    digits.suffix = word.substr(end);
    return digits;
}

bool is_ordinal(string_view suffix) {
    return suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th";
}

string_view word_at(const Sentence& sentence, std::size_t at) {
    return at < sentence.words.size() ? string_view(sentence.words[at].text) : string_view();
}
string_view word_before(const Sentence& sentence, std::size_t at) {
    return at > 0 ? word_at(sentence, at - 1) : string_view();
}

bool is_unit(string_view word) {
    if (word == "%") return true;
    return !word.empty() && (is_letter(word[0]) || (word[0] & 0x80) != 0) &&
           !is_one_of(kNoUnits, word);
}

bool is_name(const Sentence& sentence, std::size_t at, const Digits& digits) {
    if (is_year(sentence, at) || is_time_of_day(sentence, at)) return true;
    const string_view before = word_before(sentence, at);
    const string_view behind = word_at(sentence, at + 1);
    if (is_ordinal(digits.suffix)) return true;
    if (digits.suffix.find_first_of(":/") != digits.suffix.npos) return true;
    if (std::ranges::count(digits.suffix, '-') > 1) return true;  // 2024-05-01
    if (is_one_of(kMonths, before) || is_one_of(kNames, before)) return true;
    const bool is_day = digits.suffix.empty() && is_one_of(kMonths, behind);
    const bool is_code =
        is_one_of(kStatusCodes, digits.number) &&
        (behind.starts_with("error") || behind.starts_with("response") || behind == "status");
    return is_day || is_code;
}

bool is_moment(const Sentence& sentence, std::size_t at, string_view unit) {
    if (!is_one_of(kTimeUnits, unit) || !is_one_of(kMoments, word_before(sentence, at)))
        return false;
    // "We were back after 4 minutes" tells how long it took.
    return word_before(sentence, at) != "after" || !is_one_of(kDone, word_before(sentence, at - 1));
}

// "seventy-four", "ninety".
bool is_number_word(string_view word) {
    const string_view tens = word.substr(0, word.find('-'));
    return is_one_of(kNumberWords, word) || (tens.ends_with("ty") && is_one_of(kNumberWords, tens));
}

bool is_per_time(const Sentence& sentence, std::size_t article) {
    const string_view word = word_at(sentence, article);
    return (word == "a" || word == "an") && is_one_of(kTimes, word_at(sentence, article + 1));
}

std::optional<Quantity> number_at(const Sentence& sentence, std::size_t at) {
    const auto digits = digits_of(word_at(sentence, at));
    if (!digits || is_name(sentence, at, *digits)) return std::nullopt;
    Quantity quantity{.place = {.first = at, .words = 1}};
    const string_view behind = word_at(sentence, at + 1);
    if (!digits->prefix.empty()) {
        quantity.unit = digits->prefix;
    } else if (!digits->suffix.empty() && digits->suffix[0] != '-' && digits->suffix != "+" &&
               digits->suffix != "k" && digits->suffix != "m") {
        quantity.unit = digits->suffix;
    } else if (is_unit(behind)) {
        quantity.unit = behind;
        quantity.place.words = 2;
    } else if (digits->number.size() > kYearSize && has_any(sentence, kMoney)) {
        quantity.unit = "money";  // "the bill came to 8,000"
    } else if ((behind == "of" || behind == "instead") &&
               (digits_of(word_at(sentence, at + 2)) || word_at(sentence, at + 2) == "of")) {
        quantity.unit = "count";  // "5 of 212", "140 instead of 60"
    } else if (is_per_time(sentence, at + 1)) {
        quantity.unit = "per time";  // "5 a week"
        quantity.place.words = 3;
    } else if (digits->number.find('.') != digits->number.npos &&
               is_one_of(kScales, word_before(sentence, at))) {
        quantity.unit = "points";  // "it was at 96.1"
    }
    quantity.is_moment = is_moment(sentence, at, quantity.unit);
    return quantity;
}

std::optional<Quantity> words_at(const Sentence& sentence, std::size_t at) {
    const string_view word = word_at(sentence, at);
    if (is_one_of(kChanges, word)) {
        return Quantity{{.first = at, .words = 1}, "times", false, true};
    }
    if (find_phrase(sentence, "not one", at).value_or(PhraseMatch{.first = at + 1}).first == at ||
        find_phrase(sentence, "not a single", at).value_or(PhraseMatch{.first = at + 1}).first ==
            at) {
        return Quantity{{.first = at, .words = 2}, "none", false, true};
    }
    // "The two files" are known already: they are not counted.
    const string_view before = word_before(sentence, at);
    if (before == "the" || before == "these" || before == "those") return std::nullopt;
    const bool is_one = word == "one" && is_one_of(kTimeUnits, word_at(sentence, at + 1)) &&
                        (before == "to" || before == "under");
    if (!is_one && !is_number_word(word)) return std::nullopt;
    Quantity quantity{.place = {.first = at, .words = 1}};
    if (is_unit(word_at(sentence, at + 1))) {
        quantity.unit = word_at(sentence, at + 1);
        quantity.place.words = 2;
    } else if (word == "zero") {
        quantity.unit = "none";
    } else if (is_per_time(sentence, at + 1)) {
        quantity.unit = "per time";
        quantity.place.words = 3;
    }
    quantity.has_baseline = word == "zero" && before == "to";
    quantity.is_moment = is_moment(sentence, at, quantity.unit);
    return quantity;
}

// "7 hours, it became 2 hours".
bool have_one_unit(const std::vector<Quantity>& quantities) {
    const std::string& unit = quantities.front().unit;
    return !unit.empty() && std::ranges::all_of(quantities, [&](const Quantity& quantity) {
        return quantity.unit == unit;
    });
}

// "7 of 5,300", and not "two of them".
bool is_part_of_a_whole(const Sentence& sentence, const Quantity& quantity) {
    const std::size_t next = quantity.place.first + quantity.place.words;
    constexpr string_view kKnown[] = {"them", "us", "these", "those", "it", "my", "our"};
    const bool is_count = quantity.unit.empty() || quantity.unit == "count";
    return is_count && word_at(sentence, next) == "of" &&
           !is_one_of(kKnown, word_at(sentence, next + 1));
}

bool is_compared(const Sentence& sentence, const std::vector<Quantity>& quantities) {
    if (comparison_words(sentence)) return true;
    for (const Quantity& quantity : quantities) {
        if (quantity.has_baseline) return true;
        const string_view before = word_before(sentence, quantity.place.first);
        if (before == "of" || before == "all" || is_part_of_a_whole(sentence, quantity))
            return true;
    }
    // "From 40 to 3 tickets": two quantities around a "to", or a change told with both ends.
    const bool is_range = find_phrase(sentence, "from") && find_phrase(sentence, "to");
    return quantities.size() >= 2 &&
           (has_any(sentence, kThenAndNow) || is_range || have_one_unit(quantities));
}

}  // namespace

bool is_year(const Sentence& sentence, std::size_t at) {
    const string_view word = sentence.words[at].text;
    const bool is_four = word.size() == 4 && std::ranges::all_of(word, is_digit);
    if (!is_four || (!word.starts_with("19") && !word.starts_with("20"))) return false;
    const string_view before = word_before(sentence, at);
    const bool follows_a_date = at == 0 || is_one_of(kMonths, before) || before == "in" ||
                                before == "since" || before == "early" || before == "late" ||
                                before == "mid" || before == "of" || before == "until" ||
                                is_one_of(kSeasons, before);
    return follows_a_date || !is_unit(word_at(sentence, at + 1));
}

bool is_time_of_day(const Sentence& sentence, std::size_t at) {
    const string_view word = sentence.words[at].text;
    if (word.empty() || !is_digit(word[0])) return false;
    if (word.ends_with("am") || word.ends_with("pm") || word.ends_with("a.m")) return true;
    const string_view behind = word_at(sentence, at + 1);
    if (behind == "am" || behind == "pm" || behind == "a.m" || behind == "p.m") return true;
    const auto colon = word.find(':');
    return colon != word.npos && colon <= 2 && word.size() == colon + 3;
}

std::vector<Quantity> quantities_in(const Sentence& sentence) {
    std::vector<Quantity> quantities;
    for (std::size_t at = 0; at < sentence.words.size(); ++at) {
        auto quantity = number_at(sentence, at);
        if (!quantity) quantity = words_at(sentence, at);
        if (quantity) quantities.push_back(std::move(*quantity));
    }
    if (const auto share = find_any(sentence, kShares))
        quantities.push_back({*share, "share", false, true});
    return quantities;
}

Measure measure_in(const Sentence& sentence) {
    const std::vector<Quantity> quantities = quantities_in(sentence);
    Measure measure;
    for (const Quantity& quantity : quantities) {
        if (quantity.unit.empty()) measure.has_bare_number = true;
        if (quantity.unit.empty() || quantity.is_moment) continue;
        if (!measure.is_measured) measure.place = quantity.place;
        measure.is_measured = true;
    }
    measure.has_baseline = measure.is_measured && is_compared(sentence, quantities);
    return measure;
}

}  // namespace onsite::values

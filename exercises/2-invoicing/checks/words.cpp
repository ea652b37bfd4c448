#include "exercises/2-invoicing/checks/words.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace onsite::invoicing {
namespace {

constexpr std::string_view kMoneyWords[] = {"amount", "balance",  "cents",    "credit", "discount",
                                            "due",    "fee",      "minor",    "paid",   "price",
                                            "refund", "refunded", "subtotal", "tax",    "total"};
// What a name ends with that is about money without being an amount of it.
constexpr std::string_view kOtherEndings[] = {
    "at",        "basis",  "bps",     "code",       "count",     "country",  "currency",
    "date",      "day",    "days",    "exempt",     "id",        "ids",      "included",
    "inclusive", "key",    "kind",    "label",      "method",    "name",     "note",
    "number",    "on",     "percent", "percentage", "points",    "provider", "quantity",
    "rate",      "rates",  "ratio",   "reason",     "reference", "region",   "seen",
    "state",     "status", "time",    "type",       "until",     "url",      "version"};
// What has fractions without being money.
constexpr std::string_view kMeasures[] = {"days",    "factor",     "hours",    "minutes", "months",
                                          "percent", "percentage", "quantity", "rate",    "ratio",
                                          "score",   "seconds",    "weight"};

}  // namespace

bool is_in_a_word(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || static_cast<unsigned char>(letter) >= 0x80;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines = split_lines(text);
    if (lines.empty()) lines.emplace_back();
    for (std::string_view& line : lines) line = without_return(line);
    return lines;
}

int count_words(std::string_view text) {
    int words = 0;
    bool is_inside = false;
    for (const char letter : text) {
        if (is_in_a_word(letter) && !is_inside) ++words;
        is_inside = is_in_a_word(letter);
    }
    return words;
}

bool is_measure_name(std::string_view name) {
    const std::string small = lowered(name);
    return std::ranges::any_of(split(small, '_'), [](std::string_view word) {
        return std::ranges::find(kMeasures, word) != std::end(kMeasures);
    });
}

bool is_money_name(std::string_view name) {
    const std::string small = lowered(name);
    const std::vector<std::string_view> words = split(small, '_');
    if (std::ranges::find(kOtherEndings, words.back()) != std::end(kOtherEndings)) return false;
    return std::ranges::any_of(words, [](std::string_view word) {
        return std::ranges::find(kMoneyWords, word) != std::end(kMoneyWords);
    });
}

}  // namespace onsite::invoicing

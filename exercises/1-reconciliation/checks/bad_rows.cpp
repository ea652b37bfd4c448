#include "exercises/1-reconciliation/checks/bad_rows.hpp"

#include <cstdlib>

namespace onsite::reconciliation {
namespace {

// Each takes two bytes.
std::string accents(std::size_t count) {
    std::string id;
    for (std::size_t i = 0; i < count; ++i) id += "\u00e9";
    return id;
}

// Too long in bytes only.
std::string too_long_in_bytes() { return accents(kIdBytesMax / 2 + 1); }

const std::vector<std::string>& bad_amounts() {
    static const std::vector<std::string> amounts = {
        "12.34",  "1e3",  "+5",    "",    " 5",
        "5 ",     "0x10", "1,000", "--5", "-",
        "1_000",  "NaN",  "5\n",   "1.0", "\u0663",
        "\uff15", "5-",   "null",  "- 5", "99999999999999999999x"};
    return amounts;
}

const std::vector<std::string>& bad_currencies() {
    static const std::vector<std::string> currencies = {"usd",  "US",       "USDX", "U$D", "US1",
                                                        " USD", "\u00dcSD", "",     "Usd", "USD\n"};
    return currencies;
}

std::vector<Row> other_bad_rows(const std::string& id) {
    return {{},
            {id},
            {id, "100"},
            {id, "100", "USD", ""},
            {id, "100", "USD", "USD", "100"},
            {"", "100", "USD"},
            {std::string(kIdBytesMax + 1, 'x'), "100", "USD"},
            {too_long_in_bytes(), "100", "USD"},
            {id, "9223372036854775808", "USD"},
            {id, "-9223372036854775809", "USD"},
            {id, "100000000000000000000000", "USD"},
            {id, "-00009223372036854775809", "USD"},
            {"", "1.5", "usd"},
            {id, "1.5", "usd"},
            {id, "9223372036854775808", "usd"}};
}

}  // namespace

Row bad_row(const std::string& id, std::uint32_t choice) {
    const std::vector<Row> others = other_bad_rows(id);
    const std::size_t amounts = bad_amounts().size();
    std::size_t place = choice % kBadRows;
    if (place < amounts) return {id, bad_amounts()[place], "USD"};
    place -= amounts;
    if (place < bad_currencies().size()) return {id, "100", bad_currencies()[place]};
    return others[(place - bad_currencies().size()) % others.size()];
}

const std::vector<std::string>& ids_that_look_bad() {
    static const std::vector<std::string> ids = {" ",
                                                 "\t",
                                                 "\n",
                                                 "\u00a0",
                                                 "0",
                                                 "-",
                                                 "null",
                                                 "None",
                                                 "undefined",
                                                 "NaN",
                                                 "false",
                                                 "\"\"",
                                                 "\x7f",
                                                 "id",
                                                 std::string(kIdBytesMax, 'x'),
                                                 accents(kIdBytesMax / 2)};
    return ids;
}

Row repeated_row(const Row& original, std::uint32_t choice) {
    Row row = original;
    if (choice % 3 == 1) row[1] += "1";
    if (choice % 3 == 2) row[2] = row[2] == "USD" ? "EUR" : "USD";
    return row;
}

AmountSpelling odd_amount(std::uint32_t choice, bool any_amount_will_do) {
    using enum Spelling;
    switch (choice % (any_amount_will_do ? 7 : 3)) {
        case 0:
            return {.ledger = zeros_in_front, .bank = plain, .value = ""};
        case 1:
            return {.ledger = plain, .bank = zeros_in_front, .value = ""};
        case 2:
            return {.ledger = many_zeros_in_front, .bank = zeros_in_front, .value = ""};
        case 3:
            return {.ledger = minus_zero, .bank = plain, .value = "0"};
        case 4:
            return {.ledger = plain, .bank = zeros_in_front, .value = "9223372036854775807"};
        case 5:
            return {.ledger = many_zeros_in_front, .bank = plain, .value = "-9223372036854775808"};
        default:
            return {.ledger = zeros_in_front, .bank = plain, .value = "-5"};
    }
}

std::string respelled(const std::string& amount, Spelling spelling, const std::string& value) {
    const std::string text = value.empty() ? amount : value;
    const bool is_negative = text.starts_with('-');
    const std::string digits = is_negative ? text.substr(1) : text;
    switch (spelling) {
        case Spelling::plain:
            return text;
        case Spelling::zeros_in_front:
            return (is_negative ? "-" : "") + std::string("00") + digits;
        case Spelling::many_zeros_in_front:
            return (is_negative ? "-" : "") + std::string(30, '0') + digits;
        case Spelling::minus_zero:
            return "-" + digits;
    }
    std::abort();
}

}  // namespace onsite::reconciliation

#include "solutions/1-reconciliation/production/output/numbers.hpp"

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/input/money.hpp"

namespace onsite::reconcile {
namespace {

// Commas between groups of three digits, from the right.
std::string grouped(std::string digits) {
    for (std::size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, 1, ',');
    }
    return digits;
}

}  // namespace

std::string with_thousands(Int128 number) {
    const std::string digits = to_string(number);
    return number < 0 ? "-" + grouped(digits.substr(1)) : grouped(digits);
}

std::string money_text(Int128 amount_minor, std::string_view currency) {
    const auto code = parse_currency(currency);
    // What is said in minor units of an unknown size is shown as it was said.
    const auto decimals = static_cast<std::size_t>(code ? exponent_of(*code).value_or(0) : 0);
    std::string digits = to_string(amount_minor);
    const bool is_negative = digits.front() == '-';
    if (is_negative) digits.erase(0, 1);
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    const std::size_t whole = digits.size() - decimals;
    std::string text = (is_negative ? "-" : "") + grouped(digits.substr(0, whole));
    return decimals == 0 ? text : text + "." + digits.substr(whole);
}

std::string count_of(std::uint64_t count, std::string_view noun) {
    return fmt::format("{} {}{}", with_thousands(static_cast<Int128>(count)), noun,
                       count == 1 ? "" : "s");
}

}  // namespace onsite::reconcile

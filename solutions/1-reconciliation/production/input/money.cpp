#include "solutions/1-reconciliation/production/input/money.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace onsite::reconcile {
namespace {

constexpr CurrencyCode code_of(const char* name) {
    return static_cast<CurrencyCode>(((name[0] - 'A') * 26 + (name[1] - 'A')) * 26 +
                                     (name[2] - 'A'));
}

// Codes of three letters with a blank between them.
struct Currencies {
    std::int8_t exponent;
    std::string_view codes;
};

// ISO 4217, list one: the currencies with a minor unit. What it gives none (XAU, XDR, XTS and
// the like) is not here. The last line has left that list since 2020; feeds of then have it still.
constexpr std::array kList = {
    Currencies{0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"},
    Currencies{2,
               "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN "
               "BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP "
               "ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR "
               "IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT "
               "MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP "
               "PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC "
               "SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD "
               "XCD XCG YER ZAR ZMW ZWG"},
    Currencies{3, "BHD IQD JOD KWD LYD OMR TND"},
    Currencies{4, "CLF UYW"},
    Currencies{2, "ANG BGN CUC HRK SLL ZWL"},
};

constexpr auto kExponents = [] {
    std::array<std::int8_t, kCurrencies> exponents;
    exponents.fill(-1);
    for (const Currencies& of : kList) {
        for (std::size_t at = 0; at < of.codes.size(); at += 4) {
            exponents[code_of(of.codes.data() + at)] = of.exponent;
        }
    }
    return exponents;
}();

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// An amount cut into its parts. "-12.50" is {true, "12", "50"}.
struct AmountText {
    bool is_negative = false;
    std::string_view whole;
    std::string_view decimals;
};

// Anything but: an optional '-', digits, and with decimals allowed an optional '.' and digits.
bool read_amount(std::string_view text, AmountForm form, AmountText& parts) {
    parts.is_negative = text.starts_with('-');
    if (parts.is_negative) text.remove_prefix(1);
    const auto point = form == AmountForm::decimal ? text.find('.') : std::string_view::npos;
    parts.whole = text.substr(0, point);
    if (point != std::string_view::npos) {
        parts.decimals = text.substr(point + 1);
        if (parts.decimals.empty()) return false;
    }
    return !parts.whole.empty() && std::ranges::all_of(parts.whole, is_digit) &&
           std::ranges::all_of(parts.decimals, is_digit);
}

// Multiplies by ten and adds, below zero, where one more number fits than above.
bool push_digit(std::int64_t& negative, int digit) {
    return !__builtin_mul_overflow(negative, 10, &negative) &&
           !__builtin_sub_overflow(negative, digit, &negative);
}

std::expected<std::int64_t, RejectReason> to_minor(const AmountText& parts, int exponent) {
    std::int64_t negative = 0;
    bool fits = true;
    for (const char c : parts.whole) fits = fits && push_digit(negative, c - '0');
    const auto decimals = static_cast<std::size_t>(exponent);
    for (std::size_t i = decimals; i < parts.decimals.size(); ++i) {
        if (parts.decimals[i] != '0') return std::unexpected(RejectReason::amount_too_precise);
    }
    for (std::size_t i = 0; i < decimals; ++i) {
        const int digit = i < parts.decimals.size() ? parts.decimals[i] - '0' : 0;
        fits = fits && push_digit(negative, digit);
    }
    if (!parts.is_negative) {
        fits = fits && negative != std::numeric_limits<std::int64_t>::min();
        negative = fits ? -negative : 0;
    }
    if (!fits) return std::unexpected(RejectReason::amount_out_of_range);
    return negative;
}

}  // namespace

std::optional<int> exponent_of(CurrencyCode currency) {
    const int exponent = kExponents[currency];
    return exponent < 0 ? std::nullopt : std::optional(exponent);
}

std::expected<CurrencyCode, RejectReason> parse_currency(std::string_view text) {
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (text.size() != 3 || !std::ranges::all_of(text, is_capital)) {
        return std::unexpected(RejectReason::bad_currency);
    }
    return code_of(text.data());
}

std::expected<Money, RejectReason> parse_money(std::string_view amount, std::string_view currency,
                                               AmountForm form) {
    AmountText parts;
    if (!read_amount(amount, form, parts)) {
        return std::unexpected(RejectReason::amount_not_a_number);
    }
    const auto code = parse_currency(currency);
    if (!code) return std::unexpected(code.error());
    const auto exponent = form == AmountForm::decimal ? exponent_of(*code) : 0;
    if (!exponent) return std::unexpected(RejectReason::unknown_currency);
    const auto minor = to_minor(parts, *exponent);
    if (!minor) return std::unexpected(minor.error());
    return Money{.amount_minor = *minor, .currency = *code};
}

}  // namespace onsite::reconcile

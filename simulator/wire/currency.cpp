#include "simulator/wire/currency.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace onsite::simulator {
namespace {

constexpr std::array<std::string_view, 135> kCurrencies = {
    "aed", "afn", "all", "amd", "ang", "aoa", "ars", "aud", "awg", "azn", "bam", "bbd", "bdt",
    "bgn", "bhd", "bif", "bmd", "bnd", "bob", "brl", "bsd", "bwp", "byn", "bzd", "cad", "cdf",
    "chf", "clp", "cny", "cop", "crc", "cve", "czk", "djf", "dkk", "dop", "dzd", "egp", "etb",
    "eur", "fjd", "fkp", "gbp", "gel", "gip", "gmd", "gnf", "gtq", "gyd", "hkd", "hnl", "htg",
    "huf", "idr", "ils", "inr", "isk", "jmd", "jod", "jpy", "kes", "kgs", "khr", "kmf", "krw",
    "kwd", "kyd", "kzt", "lak", "lbp", "lkr", "lrd", "lsl", "mad", "mdl", "mga", "mkd", "mmk",
    "mnt", "mop", "mur", "mvr", "mwk", "mxn", "myr", "mzn", "nad", "ngn", "nio", "nok", "npr",
    "nzd", "omr", "pab", "pen", "pgk", "php", "pkr", "pln", "pyg", "qar", "ron", "rsd", "rub",
    "rwf", "sar", "sbd", "scr", "sek", "sgd", "shp", "sle", "sos", "srd", "std", "szl", "thb",
    "tjs", "tnd", "top", "try", "ttd", "twd", "tzs", "uah", "ugx", "usd", "uyu", "uzs", "vnd",
    "vuv", "wst", "xaf", "xof", "xpf"};
static_assert(std::ranges::is_sorted(kCurrencies));

constexpr std::array<std::string_view, 15> kZeroDecimal = {"bif", "clp", "djf", "gnf", "jpy",
                                                           "kmf", "krw", "mga", "pyg", "rwf",
                                                           "vnd", "vuv", "xaf", "xof", "xpf"};
constexpr std::array<std::string_view, 5> kThreeDecimal = {"bhd", "jod", "kwd", "omr", "tnd"};

struct LeastCharge {
    std::string_view code;
    std::int64_t amount;
};
constexpr std::array<LeastCharge, 22> kLeastCharges = {{
    {"aed", 200},  {"aud", 50},  {"bgn", 100},  {"brl", 50},  {"cad", 50},  {"chf", 50},
    {"czk", 1500}, {"dkk", 250}, {"eur", 50},   {"gbp", 30},  {"hkd", 400}, {"huf", 17500},
    {"inr", 50},   {"jpy", 50},  {"mxn", 1000}, {"myr", 200}, {"nok", 300}, {"nzd", 50},
    {"pln", 200},  {"ron", 200}, {"sek", 300},  {"usd", 50},
}};

struct Sign {
    std::string_view code;
    std::string_view sign;
};
constexpr std::array<Sign, 4> kSigns = {{{"eur", "€"}, {"gbp", "£"}, {"jpy", "¥"}, {"usd", "$"}}};

}  // namespace

std::span<const std::string_view> currencies() { return kCurrencies; }

bool is_currency(std::string_view code) { return std::ranges::binary_search(kCurrencies, code); }

int exponent_of(std::string_view code) {
    if (std::ranges::find(kZeroDecimal, code) != kZeroDecimal.end()) return 0;
    return std::ranges::find(kThreeDecimal, code) != kThreeDecimal.end() ? 3 : 2;
}

std::int64_t least_charge(std::string_view code) {
    const auto found = std::ranges::find(kLeastCharges, code, &LeastCharge::code);
    return found == kLeastCharges.end() ? 1 : found->amount;
}

std::string sign_of(std::string_view code) {
    for (const auto& [known, sign] : kSigns) {
        if (known == code) return std::string(sign);
    }
    std::string capitals(code);
    for (char& c : capitals) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return capitals + " ";
}

std::string shown_amount(std::int64_t amount, std::string_view code) {
    const int digits = exponent_of(code);
    const bool has_sign = std::ranges::find(kSigns, code, &Sign::code) != kSigns.end();
    const std::string sign = has_sign ? sign_of(code) : std::string();
    if (digits == 0) return fmt::format("{}{} {}", sign, amount, code);
    const std::int64_t unit = digits == 3 ? 1000 : 100;
    return fmt::format("{}{}.{:0{}} {}", sign, amount / unit, amount % unit, digits, code);
}

}  // namespace onsite::simulator

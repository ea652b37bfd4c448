#include "exercises/1-reconciliation/checks/strange.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <string_view>

#include <fmt/format.h>

namespace onsite::reconciliation {
namespace {

using namespace std::string_literals;

constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();

// Where number types end: 64 bits, what a double holds exactly, 32 bits, a float, and the sign.
constexpr std::array<std::int64_t, 13> kLimits = {std::int64_t{1} << 53,
                                                  0,
                                                  std::int64_t{1} << 31,
                                                  std::int64_t{1} << 32,
                                                  kMax,
                                                  kMin,
                                                  -(std::int64_t{1} << 53),
                                                  -(std::int64_t{1} << 31),
                                                  std::int64_t{1} << 24,
                                                  -150,
                                                  -(std::int64_t{1} << 32),
                                                  1'000'000'000'000'000'000,
                                                  std::int64_t{1} << 62};

bool is_in_range(std::int64_t limit, std::int64_t offset) {
    return offset > 0 ? limit <= kMax - offset : limit >= kMin - offset;
}

// 1, 0, 2, -1, 3, -2 ...: the neighbour first, because the limit itself often survives.
std::int64_t nth_offset(std::size_t n) {
    const auto half = static_cast<std::int64_t>(n / 2);
    return n % 2 == 0 ? 1 + half : -half;
}

using Family = std::vector<std::string>;

std::string repeated(std::string_view text, std::size_t bytes) {
    std::string long_text;
    while (long_text.size() + text.size() <= bytes) long_text += text;
    return long_text;
}

Family long_ids() {
    const std::string nines = repeated("9", 9'999);
    return {"x",
            nines + "a",
            nines + "b",
            "a" + nines,
            "b" + nines,
            repeated("x", 10'000),
            repeated("x", 9'999),
            repeated("x", 255),
            repeated("x", 256),
            repeated("x", 257),
            repeated("\u00e9", 10'000),
            repeated("\u4e2d", 9'999)};
}

std::vector<Family> make_families() {
    return {
        {"a1", " a1", "a1 ", "\ta1", "a1\t", "a 1", "\u00a0a1", "a1\u3000", " ", "  ", "a1\u200b"},
        {"abc", "ABC", "Abc", "aBC", "\u00df", "ss", "SS", "\u1e9e", "i", "I", "\u0130", "\u0131",
         "\u03c3", "\u03c2", "\u03a3"},
        {"a,b", "a\",\"b", "\"a\"",      "'a'", "a'b", "a\\b", "a\\\\b",  "a;b", "a|b",     "a:b",
         "a/b", "[\"a\"]", "{\"id\":1}", ",",   "\"",  "\\",   "a,1,USD", "\\n", "\\u0061", "a"},
        {"a", "a\nb", "a\r\nb", "a\rb", "\n", "a\n", "\r", "a\u2028b", "a\u0085b", "ab"},
        {"\u00e9", "e\u0301", "\u00c5", "A\u030a", "\u212b", "\ufb01", "fi", "\uac00",
         "\u1100\u1161", "\u00bd", "1/2", "\uff21", "A"},
        {"1",         "01",   "001",   "1.0", "1e0",  "+1",   "-1",    "0x1",
         "1_000",     "1000", "1,000", "NaN", "null", "None", "true",  "True",
         "undefined", "0",    "-0",    "00",  "11",   "111",  "\uff11"},
        {"__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "length", "prototype",
         "__class__", "__dict__", "id", "ledger", "bank", "unmatched"},
        {"a\0"s, "a\0b"s, "a\0c"s, "\0"s, "\0a"s, "a", "\x01", "\x1b[31m", "\x7f", "\x1f"},
        {"\U0001f600", "\U0001f601", "\U0001f468\u200d\U0001f469\u200d\U0001f467",
         "\U0001f468\U0001f469\U0001f467", "\U0001f1e9\U0001f1ea", "\U0010ffff", "\U00010348",
         "\u65e5\u672c", "\u0645\u0631\u062d\u0628\u0627", "\u202eabc", "abc\u202c"},
        {"a", "aa", "aaa", "aaaa", "b", "ab", "ba", "aab", "a-", "-a", "a_", "a."},
        // Ids that are one to a weak hash: to a sum or xor of bytes, to Adler-32, to 31 h + c, to
        // 33 h + c, to CRC-32, and to the 32 bits of FNV-1a.
        {"abcd", "dcba", "bdac", "aca", "bab", "Aa", "BB", "AaBB", "BBAa", "ab", "bA", "plumless",
         "buckeroo", "costarring", "liquid", "declinate", "macallums"},
        long_ids(),
    };
}

bool has_astral_and_high(const Family& ids) {
    const auto any = [&](unsigned char lead_min, unsigned char lead_max) {
        return std::ranges::any_of(ids, [&](const std::string& id) {
            return std::ranges::any_of(id, [&](char c) {
                const auto byte = static_cast<unsigned char>(c);
                return byte >= lead_min && byte <= lead_max;
            });
        });
    };
    return any(0xF0, 0xF7) && any(0xEE, 0xEF);
}

// The family of this style, then all ids of the others that may stand beside it.
Family candidates(std::uint32_t style, std::size_t& family_size) {
    const auto& families = strange_id_families();
    Family ids = families[style % families.size()];
    family_size = ids.size();
    std::set<std::string> known(ids.begin(), ids.end());
    for (const Family& family : families) {
        Family both = ids;
        both.insert(both.end(), family.begin(), family.end());
        if (has_astral_and_high(both)) continue;
        for (const std::string& id : family) {
            if (known.insert(id).second) ids.push_back(id);
        }
    }
    for (int n = 0; ids.size() < 2 * kStrangeIdsMax; ++n) ids.push_back(fmt::format("id {}", n));
    return ids;
}

}  // namespace

std::vector<std::int64_t> strange_amounts(std::size_t count, std::uint32_t style) {
    const std::size_t choice = style % (kLimits.size() + 1);
    std::set<std::int64_t> amounts;
    for (std::size_t n = 0; amounts.size() < count; ++n) {
        for (std::size_t i = 0; i < kLimits.size() && amounts.size() < count; ++i) {
            const bool is_chosen = choice == 0 || choice == i + 1;
            const std::int64_t offset = nth_offset(n);
            if (!is_chosen || !is_in_range(kLimits[i], offset)) continue;
            amounts.insert(kLimits[i] + offset);
        }
    }
    return {amounts.begin(), amounts.end()};
}

const std::vector<std::vector<std::string>>& strange_id_families() {
    static const std::vector<Family> families = make_families();
    return families;
}

std::vector<std::string> strange_ids(const std::vector<std::uint32_t>& choices,
                                     std::uint32_t style) {
    std::size_t family_size = 0;
    const Family ids = candidates(style, family_size);
    std::set<std::size_t> places;
    for (const std::uint32_t choice : choices) {
        const bool is_in_family = choice % 4 != 3;
        std::size_t place = choice / 4 % (is_in_family ? family_size : ids.size());
        while (!places.insert(place).second) place = (place + 1) % ids.size();
    }
    Family chosen;
    for (const std::size_t place : places) chosen.push_back(ids[place]);
    std::ranges::sort(chosen);
    return chosen;
}

}  // namespace onsite::reconciliation

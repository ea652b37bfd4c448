// The step from three fields to a row for the amounts and currencies that nearly all rows have, in
// the header and always inlined, because it is taken for every row of a feed.
#pragma once

#include <bit>
#include <cstring>

#include "solutions/1-reconciliation/production/input/money.hpp"
#include "solutions/1-reconciliation/production/input/row_parser.hpp"

namespace onsite::reconcile {

inline constexpr std::uint64_t kEightOnes = 0x0101010101010101u;

// How many of the eight bytes are digits, up to the first that is none.
inline std::size_t digits_at(const char* bytes) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, 8);
    // A digit keeps its high half 3 when 6 is added; the bytes behind the first other one may be
    // spoilt by a carry, but they do not count.
    const std::uint64_t others =
        ((word & (kEightOnes * 0xF0)) ^ (kEightOnes * 0x30)) |
        (((word + kEightOnes * 6) & (kEightOnes * 0xF0)) ^ (kEightOnes * 0x30));
    return static_cast<std::size_t>(std::countr_zero(others)) / 8;
}

// Up to eight digits at once: the eight bytes before `end`, those in front of the number replaced
// by zeros. Pairs of digits become numbers below 100, pairs of those below 10,000, and so on.
// REQUIRES: 1 <= count <= 8.
inline bool parse_eight_digits(const char* end, std::size_t count, std::int64_t& value) {
    static_assert(std::endian::native == std::endian::little);
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, end - 8, 8);
    const std::uint64_t in_front = (std::uint64_t{1} << (64 - 8 * count)) - 1;
    bytes = (bytes & ~in_front) | ((kEightOnes * '0') & in_front);
    // Digits become 0 to 9 and everything else something higher, which has its highest bit or gets
    // it here. A carry spoils the next byte only when this one is wrong already.
    const std::uint64_t digits = bytes ^ (kEightOnes * '0');
    if (((digits | (digits + kEightOnes * (0x80 - 10))) & (kEightOnes * 0x80)) != 0) return false;
    const std::uint64_t pairs = digits * 10 + (digits >> 8);
    constexpr std::uint64_t kPairMask = 0x000000FF000000FFu;
    const std::uint64_t low = (pairs & kPairMask) * (100 + (std::uint64_t{1'000'000} << 32));
    const std::uint64_t high = ((pairs >> 16) & kPairMask) * (1 + (std::uint64_t{10'000} << 32));
    value = static_cast<std::int64_t>((low + high) >> 32);
    return true;
}

inline bool parse_short_minor(std::string_view text, std::int64_t& value) {
    const bool is_negative = !text.empty() && text.front() == '-';
    const std::size_t count = text.size() - is_negative;
    if (count == 0 || count > 8) return false;
    if (!parse_eight_digits(text.data() + text.size(), count, value)) return false;
    if (is_negative) value = -value;
    return true;
}

// All three letters at once, as parse_eight_digits() has it. REQUIRES: a fourth readable byte.
inline bool parse_capitals(std::string_view text, CurrencyCode& code) {
    if (text.size() != 3) return false;
    constexpr std::uint32_t kThreeOnes = 0x010101;
    std::uint32_t letters = 0;
    std::memcpy(&letters, text.data(), sizeof letters);
    letters = (letters & 0xFFFFFF) ^ (kThreeOnes * 0x40);  // 'A' becomes 1.
    const std::uint32_t from_a = letters - kThreeOnes;
    code = static_cast<CurrencyCode>(((from_a & 0xFF) * 26 + (from_a >> 8 & 0xFF)) * 26 +
                                     (from_a >> 16));
    // What borrows from the next letter was 0 and has now its highest bit, as all above 'Z' get.
    return ((letters | from_a | (letters + kThreeOnes * (0x80 - 27))) & kThreeOnes * 0x80) == 0;
}

inline Row row_of(std::string_view id, const Money& money, RowStart start) {
    return {.id_bytes = id.data(),
            .id_size = static_cast<std::uint32_t>(id.size()),
            .currency = money.currency,
            .amount_minor = money.amount_minor,
            .byte = start.byte,
            .line = start.line};
}

// False for what the general way has to look at. REQUIRES: kTextMargin readable bytes before
// fields.amount and behind fields.currency.
[[gnu::always_inline]] inline bool read_plain_money(const Fields& fields, AmountForm form,
                                                    Money& money) {
    return form == AmountForm::minor && fields.id.size() <= kIdBytesMax &&
           parse_short_minor(fields.amount, money.amount_minor) &&
           parse_capitals(fields.currency, money.currency);
}

// As add_any_row(). REQUIRES: what read_plain_money() does.
inline void add_plain_row(const Fields& fields, RowStart start, AmountForm form, Batch& batch) {
    Money money;
    if (read_plain_money(fields, form, money)) {
        // Made where it stands: one that is made elsewhere is stored in eights and copied in
        // sixteens, which the processor can only do one after the other.
        batch.rows.emplace_back() = row_of(fields.id, money, start);
    } else {
        add_any_row(fields, start, form, batch);
    }
}

}  // namespace onsite::reconcile

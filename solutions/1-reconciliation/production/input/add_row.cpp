// The step from three fields to a row, with a quick way for the amounts that nearly all rows have.
#include <bit>
#include <cstring>

#include "solutions/1-reconciliation/production/input/money.hpp"
#include "solutions/1-reconciliation/production/input/row_parser.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::uint64_t kEight = 0x0101010101010101u;

// Up to eight digits at once: the eight bytes before `end`, those in front of the number replaced
// by zeros. Pairs of digits become numbers below 100, pairs of those below 10,000, and so on.
bool parse_eight_digits(const char* end, std::size_t count, std::int64_t& value) {
    static_assert(std::endian::native == std::endian::little);
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, end - 8, 8);
    const std::uint64_t in_front = (std::uint64_t{1} << (64 - 8 * count)) - 1;
    if (count < 8) bytes = (bytes & ~in_front) | ((kEight * '0') & in_front);
    const std::uint64_t digits = bytes - kEight * '0';
    // A digit keeps its high half when 6 is added; anything else has or gets another one.
    if (((bytes & (kEight * 0xF0)) | (((bytes + kEight * 6) & (kEight * 0xF0)) >> 4)) !=
        kEight * 0x33) {
        return false;
    }
    const std::uint64_t pairs = digits * 10 + (digits >> 8);
    constexpr std::uint64_t kPairMask = 0x000000FF000000FFu;
    const std::uint64_t low = (pairs & kPairMask) * (100 + (std::uint64_t{1'000'000} << 32));
    const std::uint64_t high = ((pairs >> 16) & kPairMask) * (1 + (std::uint64_t{10'000} << 32));
    value = static_cast<std::int64_t>((low + high) >> 32);
    return true;
}

bool parse_short_minor(std::string_view text, std::int64_t& value) {
    const bool is_negative = !text.empty() && text.front() == '-';
    const std::size_t count = text.size() - is_negative;
    if (count == 0 || count > 8) return false;
    if (!parse_eight_digits(text.data() + text.size(), count, value)) return false;
    if (is_negative) value = -value;
    return true;
}

bool parse_capitals(std::string_view text, CurrencyCode& code) {
    if (text.size() != 3) return false;
    const unsigned a = static_cast<unsigned char>(text[0]) - unsigned{'A'};
    const unsigned b = static_cast<unsigned char>(text[1]) - unsigned{'A'};
    const unsigned c = static_cast<unsigned char>(text[2]) - unsigned{'A'};
    code = static_cast<CurrencyCode>((a * 26 + b) * 26 + c);
    return a < 26 && b < 26 && c < 26;
}

void reject(Batch& batch, RejectReason reason, RowStart start) {
    batch.bad_rows.push_back({.reason = reason, .byte = start.byte, .line = start.line});
}

}  // namespace

void add_row(const Fields& fields, RowStart start, AmountForm form, bool may_look_back,
             Batch& batch) {
    if (fields.id.size() > kIdBytesMax) return reject(batch, RejectReason::id_too_long, start);
    Money money;
    const bool is_plain = may_look_back && form == AmountForm::minor &&
                          parse_short_minor(fields.amount, money.amount_minor) &&
                          parse_capitals(fields.currency, money.currency);
    if (!is_plain) {
        const auto parsed = parse_money(fields.amount, fields.currency, form);
        if (!parsed) return reject(batch, parsed.error(), start);
        money = *parsed;
    }
    // Filled where it stands: a row that is made elsewhere is stored in eights and copied in
    // sixteens, which the processor can only do one after the other.
    Row& row = batch.rows.emplace_back();
    row.id_bytes = fields.id.data();
    row.id_size = static_cast<std::uint32_t>(fields.id.size());
    row.currency = money.currency;
    row.amount_minor = money.amount_minor;
    row.byte = start.byte;
    row.line = start.line;
}

std::size_t end_of_line(std::string_view text, std::size_t from) {
    const std::size_t at = text.find('\n', from);
    return at == std::string_view::npos ? at : at + 1;
}

}  // namespace onsite::reconcile

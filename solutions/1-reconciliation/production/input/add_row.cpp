// The step from three fields to a row; plain_row.hpp has the quick way.
#include "base/ascii.hpp"
#include "solutions/1-reconciliation/production/input/money.hpp"
#include "solutions/1-reconciliation/production/input/plain_row.hpp"
#include "solutions/1-reconciliation/production/input/row_parser.hpp"

namespace onsite::reconcile {
namespace {

void reject(Batch& batch, RejectReason reason, RowStart start) {
    batch.bad_rows.push_back({.reason = reason, .byte = start.byte, .line = start.line});
}

}  // namespace

void add_any_row(const Fields& fields, RowStart start, AmountForm form, Batch& batch) {
    if (fields.id.size() > kIdBytesMax) return reject(batch, RejectReason::id_too_long, start);
    const auto money = parse_money(fields.amount, fields.currency, form);
    if (!money) return reject(batch, money.error(), start);
    batch.rows.push_back(row_of(fields.id, *money, start));
}

std::optional<std::size_t> start_of_rows(const Text& text) {
    if (text.bytes.size() < kByteOrderMark.size() && !text.is_last) return std::nullopt;
    return text.bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
}

std::size_t end_of_line(std::string_view text, std::size_t from) {
    const std::size_t at = text.find('\n', from);
    return at == std::string_view::npos ? at : at + 1;
}

}  // namespace onsite::reconcile

// The step from three fields to a row; plain_row.hpp has the quick way.
#include "solutions/1-reconciliation/production/input/money.hpp"
#include "solutions/1-reconciliation/production/input/plain_row.hpp"
#include "solutions/1-reconciliation/production/input/row_parser.hpp"

namespace onsite::reconcile {
namespace {

void reject(Batch& batch, RejectReason reason, RowStart start) {
    batch.bad_rows.push_back({.reason = reason, .byte = start.byte, .line = start.line});
}

}  // namespace

bool read_any_money(const Fields& fields, RowStart start, AmountForm form, Money& money,
                    Batch& batch) {
    if (fields.id.size() > kIdBytesMax) {
        reject(batch, RejectReason::id_too_long, start);
        return false;
    }
    const auto read = parse_money(fields.amount, fields.currency, form);
    if (read) {
        money = *read;
    } else {
        reject(batch, read.error(), start);
    }
    return read.has_value();
}

void add_any_row(const Fields& fields, RowStart start, AmountForm form, Batch& batch) {
    Money money;
    if (!read_any_money(fields, start, form, money, batch)) return;
    batch.rows.push_back(row_of(fields.id, money, start));
}

std::size_t end_of_line(std::string_view text, std::size_t from) {
    const std::size_t at = text.find('\n', from);
    return at == std::string_view::npos ? at : at + 1;
}

}  // namespace onsite::reconcile

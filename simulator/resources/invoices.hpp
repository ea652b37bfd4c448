// Source: docs.stripe.com/api/invoices.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kInvoiceType;
extern const ResourceType kInvoiceLineType;  // A part of an invoice: it renders nothing by its id.
std::span<const Route> invoice_routes();
// finalize, pay, send, void, mark_uncollectible, lines, create_preview.
std::span<const Route> invoice_action_routes();

// add_lines, update_lines, remove_lines, and the update of one line.
std::span<const Route> invoice_line_routes();

// An invoice that need not be stored; without an id it has none.
void write_invoice(JsonWriter& json, const View& view, const Invoice& invoice);
// `view`: that of the line.
void write_invoice_line(JsonWriter& json, const View& view, const Invoice& invoice,
                        const InvoiceLine& line, std::size_t number);

}  // namespace onsite::simulator

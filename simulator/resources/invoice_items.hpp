// Source: docs.stripe.com/api/invoiceitems.
#pragma once

#include <span>
#include <string>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kInvoiceItemType;
std::span<const Route> invoice_item_routes();

// Gives it an id and its customer's time and keeps it, with its event. Returns the id.
std::string add_invoice_item(World& world, InvoiceItem item);

}  // namespace onsite::simulator

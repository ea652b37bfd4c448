// Source: docs.stripe.com/api/invoice-payment.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kInvoicePaymentType;
std::span<const Route> invoice_payment_routes();

}  // namespace onsite::simulator

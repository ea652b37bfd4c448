// Previews of invoices. Source: docs.stripe.com/api/invoices/create_preview.
#pragma once

#include "simulator/core/call.hpp"

namespace onsite::simulator {

Answer preview_invoice(Call& call);
// What clients of older versions than kBasil call for the same.
Answer upcoming_invoice(Call& call);

}  // namespace onsite::simulator

// Previews of invoices. Source: docs.stripe.com/api/invoices/create_preview.
#pragma once

#include "simulator/core/call.hpp"

namespace onsite::simulator {

Answer preview_invoice(Call& call);

}  // namespace onsite::simulator

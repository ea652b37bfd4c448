// The invoice that a path names, for the files that have endpoints of invoices.
#pragma once

#include <expected>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

// Errors: 404 when there is none, or it was deleted.
std::expected<Invoice*, ApiError> invoice_of(const Call& call);

}  // namespace onsite::simulator

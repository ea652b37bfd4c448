// Disputes: a bank takes a payment back, and the merchant answers.
// Source: docs.stripe.com/disputes/how-disputes-work.
#pragma once

#include <string_view>

#include "simulator/core/world.hpp"
#include "simulator/objects/charge.hpp"
#include "simulator/objects/dispute.hpp"

namespace onsite::simulator {

// An inquiry asks first and takes no money. REQUIRES: captured, not disputed yet.
void open_dispute(World& world, Charge& charge, bool is_inquiry);

// Whether banks asked about the charge and none took its money back. Complexity: O(disputes).
bool is_only_inquired(const World& world, const Charge& charge);

// Ends an open inquiry about the charge, if there is one. Complexity: O(disputes).
void close_inquiry(World& world, const Charge& charge);

// Ends it; a dispute that is won brings the money back, an inquiry never took any.
void close_dispute(World& world, Dispute& dispute, bool is_won);

}  // namespace onsite::simulator

// Charges as payment intents, refunds and disputes change them: each function makes one change,
// books it and tells its events. What may be changed is decided before, by its callers.
#pragma once

#include <cstdint>
#include <string_view>

#include "simulator/core/world.hpp"
#include "simulator/objects/charge.hpp"
#include "simulator/payments/decline.hpp"

namespace onsite::simulator {

// When the money of a capture is booked: with it, or after its events (capture_method).
enum class Settlement { at_once, afterwards };

// Keeps the charge under a new id; no event. REQUIRES: id is empty.
Charge& add_charge(World& world, Charge charge);
// A charge that the bank declined, and its event.
Charge& add_failed_charge(World& world, Charge charge, const Decline& decline);

// Captures `amount` and releases the rest; no event. REQUIRES: 0 < amount <= charge.amount, not
// captured yet.
void capture(World& world, Charge& charge, std::int64_t amount, Settlement settlement);
// What follows the events of a capture: charge.updated when the money is booked only now, and the
// dispute that a test card stands for.
void finish_capture(World& world, Charge& charge);
// Gives up an authorization. `event`: "charge.refunded" or "charge.expired".
void release(World& world, Charge& charge, std::string_view event);

}  // namespace onsite::simulator

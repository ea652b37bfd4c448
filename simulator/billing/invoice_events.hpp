// Steps that the files of billing/ share; endpoints call invoicing.hpp.
#pragma once

#include <string_view>

#include "simulator/core/world.hpp"

namespace onsite::simulator {

// The event with the invoice as it is now.
void tell(World& world, const Invoice& invoice, std::string_view event);

// It is paid, by whatever means; tells so, and its subscription.
void mark_paid(World& world, Invoice& invoice);

}  // namespace onsite::simulator

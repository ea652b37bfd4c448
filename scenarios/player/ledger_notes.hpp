// The provider's money in the trace: what checkers compare a shop's belief with.
#pragma once

#include "simulator/core/simulator.hpp"

namespace onsite::scenarios {

// From now on each charge is a line `charge` and each refund a line `refund`, before the event that
// tells of it. REQUIRES: whoever else listens to the simulator's events listens already.
void note_money(simulator::Simulator& simulator);

// The balances of each currency, as lines `balance`.
void note_balances(simulator::Simulator& simulator);

}  // namespace onsite::scenarios

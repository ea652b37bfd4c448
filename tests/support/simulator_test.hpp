// What most tests of the fake Stripe begin with: a simulator on a working day, and a client of it.
#pragma once

#include "tests/support/stripe_client.hpp"

namespace onsite::simulator::testing {

struct SimulatorTest : ::testing::Test {
    Simulator simulator{{.seed = 7, .start_us = 1'767'603'600 * kSecond}};  // 5 January 2026, 9:00.
    StripeClient client{simulator};
};

}  // namespace onsite::simulator::testing

// What tests of subscriptions do again and again.
#pragma once

#include <string>
#include <string_view>

#include "tests/unit/simulator/billing_steps.hpp"

namespace onsite::simulator::testing {

struct SubscriptionSteps : BillingTest {
    std::string path(const Reply& subscription, std::string_view action = "") {
        return "/v1/subscriptions/" + subscription.text("/id") + std::string(action);
    }
    std::string status(const Reply& subscription) {
        return client.get(path(subscription)).text("/status");
    }
    nlohmann::json latest_invoice(const Reply& subscription) {
        return client.get(path(subscription), {{"expand[]", "latest_invoice"}})
            .body["latest_invoice"];
    }
};

}  // namespace onsite::simulator::testing

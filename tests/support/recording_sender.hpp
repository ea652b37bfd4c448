// A webhook sender that only remembers what it was to send.
#pragma once

#include <vector>

#include <nlohmann/json.hpp>

#include "simulator/webhooks/deliveries.hpp"

namespace onsite::simulator::testing {

struct RecordingSender : WebhookSender {
    std::vector<WebhookAttempt> sent = {};

    void send(const WebhookAttempt& attempt) override { sent.push_back(attempt); }
    // The type of each event that was sent, in order.
    std::vector<std::string> types() const {
        std::vector<std::string> all;
        for (const auto& attempt : sent) {
            all.push_back(nlohmann::json::parse(*attempt.payload).at("type"));
        }
        return all;
    }
};

}  // namespace onsite::simulator::testing

// Where events are told to. Source: docs.stripe.com/api/webhook_endpoints.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "simulator/wire/param_reader.hpp"

namespace onsite::simulator {

// What an endpoint's deliveries are signed with. After a roll the old one signs as well until its
// time is over.
struct WebhookSecret {
    std::string text;           // "whsec_..."
    std::int64_t until_us = 0;  // In virtual time; 0 for ever.
};

struct WebhookEndpoint {
    std::string id;  // "we_"
    std::int64_t created = 0;
    std::string url = {};
    std::vector<std::string> enabled_events = {};  // "*" for all.
    std::string description = {};
    std::string api_version = {};
    Metadata metadata = {};
    std::vector<WebhookSecret> secrets = {};  // Newest first.
    bool is_disabled = false;
    bool is_deleted = false;
};

}  // namespace onsite::simulator

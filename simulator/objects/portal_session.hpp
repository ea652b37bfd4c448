// Source: docs.stripe.com/api/customer_portal/sessions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace onsite::simulator {

// What the page is for; without one the customer may do everything that it offers.
enum class PortalFlow {
    everything,
    payment_method_update,
    subscription_cancel,
    subscription_update,
    subscription_update_confirm,
};

// What a subscription's item is to become.
struct PortalItem {
    std::string id = {};  // "si_"
    std::string price = {};
    std::optional<std::int64_t> quantity = {};
};

struct PortalSession {
    std::string id;  // "bps_"
    std::int64_t created = 0;
    std::string customer = {};
    std::string locale = {};
    std::string return_url = {};
    PortalFlow flow = PortalFlow::everything;
    std::string subscription = {};  // Of the flow.
    std::vector<PortalItem> items = {};
    std::string_view after_flow = "portal_homepage";
    std::string after_flow_url = {};
    std::string after_flow_message = {};
};

}  // namespace onsite::simulator

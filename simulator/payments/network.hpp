// The card network: whether a bank pays. It knows nothing but the card and how it is used.
#pragma once

#include <string_view>

#include "simulator/core/world.hpp"
#include "simulator/objects/payment_method.hpp"

namespace onsite::simulator {

struct NetworkRequest {
    bool is_off_session = false;       // The card's owner is away.
    bool is_authenticated = false;     // They just proved who they are.
    bool asks_authentication = false;  // The merchant wants them to.
    bool is_setup = false;             // No money moves.
};

enum class NetworkReply { approved, declined, needs_authentication };

struct NetworkAnswer {
    NetworkReply reply = NetworkReply::approved;
    std::string_view decline_code = {};
};

// The card's behaviour, unless a fault decides otherwise (World::forced_decline).
NetworkAnswer ask_network(const World& world, const PaymentMethod& method,
                          const NetworkRequest& request);

}  // namespace onsite::simulator

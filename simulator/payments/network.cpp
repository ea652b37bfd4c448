#include "simulator/payments/network.hpp"

#include "simulator/payments/test_cards.hpp"

namespace onsite::simulator {
namespace {

bool needs_authentication(const PaymentMethod& method, const NetworkRequest& request) {
    switch (method.card.test->authentication) {
        case Authentication::unsupported:
            return false;
        case Authentication::optional:
            return request.asks_authentication;
        case Authentication::always:
            return true;
        case Authentication::unless_set_up:
            return !request.is_off_session || !method.is_set_up;
        case Authentication::set_up_before:
            return !request.is_off_session && !request.is_setup;
    }
    return false;
}

}  // namespace

NetworkAnswer ask_network(const World& world, const PaymentMethod& method,
                          const NetworkRequest& request) {
    if (!world.forced_decline.empty()) return {NetworkReply::declined, world.forced_decline};
    if (!request.is_authenticated && needs_authentication(method, request)) {
        return {NetworkReply::needs_authentication};
    }
    const TestCard& card = *method.card.test;
    const bool is_declined = !card.decline_code.empty() && !(request.is_setup && card.attaches);
    if (is_declined) return {NetworkReply::declined, card.decline_code};
    return {};
}

}  // namespace onsite::simulator

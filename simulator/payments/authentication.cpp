#include "simulator/payments/authentication.hpp"

#include <fmt/format.h>

#include "simulator/payments/payment_flow.hpp"
#include "simulator/payments/setup_flow.hpp"

namespace onsite::simulator {
namespace {

template <typename Intent>
std::expected<void, ApiError> finish(World& world, Intent& intent, bool succeeds) {
    const Step step = finish_action(world, intent, succeeds);
    if (step || step.error().type == ErrorType::card_error) return {};
    return std::unexpected(step.error());
}

template <typename Intent>
std::string place_of(const Intent& intent, std::string_view name) {
    const std::string& url = intent.attempt.return_url;
    if (url.empty()) return {};
    return fmt::format("{}{}{}={}&{}_client_secret={}", url, url.find('?') == url.npos ? '?' : '&',
                       name, intent.id, name, intent.client_secret);
}

}  // namespace

std::expected<void, ApiError> complete_authentication(World& world, std::string_view id,
                                                      bool succeeds) {
    if (PaymentIntent* intent = world.tables.payment_intents.find(id)) {
        return finish(world, *intent, succeeds);
    }
    if (SetupIntent* intent = world.tables.setup_intents.find(id)) {
        return finish(world, *intent, succeeds);
    }
    return std::unexpected(no_such_in_path("payment_intent", id));
}

std::string authentication_url(std::string_view base_url, std::string_view id) {
    return fmt::format("{}/_onsite/3ds/{}", base_url, id);
}

std::string return_url_of(const World& world, std::string_view id) {
    if (const PaymentIntent* intent = world.tables.payment_intents.find(id)) {
        return place_of(*intent, "payment_intent");
    }
    const SetupIntent* intent = world.tables.setup_intents.find(id);
    return intent == nullptr ? std::string() : place_of(*intent, "setup_intent");
}

}  // namespace onsite::simulator

// The list of everything that is simulated: a new kind of object is two lines here.
#include <array>

#include "simulator/resources/customers.hpp"
#include "simulator/resources/events.hpp"
#include "simulator/resources/webhook_endpoints.hpp"

namespace onsite::simulator {

std::span<const ResourceType* const> resource_types() {
    static constexpr std::array kTypes = {&kCustomerType, &kEventType, &kWebhookEndpointType};
    return kTypes;
}

std::span<const std::span<const Route>> route_tables() {
    static const std::array kTables = {customer_routes(), event_routes(),
                                       webhook_endpoint_routes()};
    return kTables;
}

}  // namespace onsite::simulator

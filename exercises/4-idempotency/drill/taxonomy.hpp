// The closed list of root causes that a diagnosis chooses from, and the parts of the system that
// they are in. Most are named as the defective shops of scenarios/shops are, others explain what
// only looks bad. More causes are listed than drills have, so that leaving out does not help.
//
// Source: the 32 root causes with their threads in scenarios/catalog.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace onsite::drill {

enum class Component {
    checkout,         // Clicks, orders, prices, cancellations.
    payment_client,   // Keys, bodies, retries.
    webhook_handler,  // What is done with events.
    refunds,
    network,
    provider,
    shoppers,
};
inline constexpr std::array kComponents = {
    Component::checkout, Component::payment_client, Component::webhook_handler, Component::refunds,
    Component::network,  Component::provider,       Component::shoppers};
std::string_view to_string(Component component);
// nullptr when there is none of that name.
const Component* find_component(std::string_view name);

struct Cause {
    std::string_view id;
    std::string_view group;  // A wrong cause of the right group has a part of the points.
    Component component;
    std::string_view story;    // One sentence.
    bool is_harmless = false;  // Nothing is broken; this is why it looks bad.
};

std::span<const Cause> causes();
// nullptr when there is none of that id.
const Cause* find_cause(std::string_view id);

// The list as a person reads it, by group.
std::string taxonomy_text();

}  // namespace onsite::drill

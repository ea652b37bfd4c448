// How incidents are made: a defect of the shop, or none, and the shoppers' load that shows it.
//
// A recipe and a seed give one scenario, the same on every machine. Ids say nothing of the cause.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "scenarios/format/scenario.hpp"
#include "scenarios/shops/shops.hpp"

namespace onsite::drill {

class Traffic;
struct Order;

// What ordinary shoppers do besides paying. A recipe leaves out what its defect cannot stand, so
// that the share of orders with a problem stays near what the dashboard says.
enum Habit : unsigned {
    kLateChange = 1,  // Fills in an e-mail address when all is over.
    kDoubleClick = 2,
    kSecondCard = 4,  // The first one is declined.
    kLostAnswer = 8,
    kLateCancel = 16,  // When it is too late.
    kOneRefund = 32,
    kEverything = 63,
};

struct Recipe {
    std::string_view id;     // "incident-07".
    std::string_view cause;  // Of the taxonomy.
    scenarios::Flow flow = scenarios::Flow::one_call;
    void (*stage)(Traffic& traffic, const Order& order) = nullptr;  // What meets the defect.
    std::int64_t staged_percent = 5;                                // Of the orders.
    std::int64_t slow_percent = 0;  // Of the orders: the provider takes three seconds.
    unsigned habits = kEverything;
    std::int64_t webhook_us = 60'000;   // How long one travels.
    std::int64_t late_webhooks_us = 0;  // How late payment_intent.succeeded comes.

    bool is_control() const;  // The shop has no defect.
    const scenarios::ShopKind& shop() const;
};

std::span<const Recipe> recipes();
// nullptr when there is none of that id.
const Recipe* find_recipe(std::string_view id);
// One of four is a control.
const Recipe& random_recipe(std::uint64_t seed);

inline constexpr std::int64_t kOrders = 260;
inline constexpr std::int64_t kLoadUs = 45LL * 60 * 1'000'000;  // When the last order comes.

// The whole incident as a scenario: hundreds of orders, and what goes wrong.
scenarios::Scenario make_scenario(const Recipe& recipe, std::uint64_t seed);

}  // namespace onsite::drill

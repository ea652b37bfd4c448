// Shoppers' load, made from a seed: who comes when, buys what, and what goes wrong on the way.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/rng.hpp"
#include "exercises/4-idempotency/drill/recipe.hpp"

namespace onsite::drill {

struct Order {
    std::string name = {};     // "order-17".
    std::int64_t nth = 0;      // By arrival, from 1.
    std::size_t step = 0;      // Where its click is among the scenario's steps.
    std::string payment = {};  // The operation that confirms: "order-17.pay".
};

// Thread safety: none. REQUIRES: the scenario outlives it.
class Traffic {
public:
    Traffic(scenarios::Scenario& scenario, const Recipe& recipe, Rng rng);
    Traffic(const Traffic&) = delete;

    void make();

    // ---- What recipes are made of ----
    // A moment between the two after the click.
    std::int64_t later(const Order& order, std::int64_t from_us, std::int64_t to_us);
    scenarios::Step& click(const Order& order) { return scenario_.steps[order.step]; }
    void click_again(const Order& order, std::int64_t at_us);
    void change(const Order& order, std::int64_t at_us);
    void cancel(const Order& order, std::int64_t at_us);
    void refund(const Order& order, std::int64_t at_us, std::int64_t amount, std::string_view name);
    // The first card is declined; a good one follows within a minute.
    void decline(const Order& order);
    void lose_answer(const Order& order);
    // The first attempt runs until its retry has met it.
    void slow_down(const Order& order);
    void fault(simulator::Fault fault) { scenario_.faults.push_back(std::move(fault)); }
    void webhook_fault(simulator::WebhookFault fault) {
        scenario_.webhook_faults.push_back(std::move(fault));
    }
    void crash(scenarios::Crash crash) { scenario_.crashes.push_back(std::move(crash)); }
    const Order& earlier(const Order& order);  // Any order before this one, the first for itself.

private:
    void arrive();
    void live(const Order& order);

    scenarios::Scenario& scenario_;
    const Recipe& recipe_;
    Rng rng_;
    std::vector<Order> orders_ = {};
};

}  // namespace onsite::drill

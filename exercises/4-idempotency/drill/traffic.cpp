#include "exercises/4-idempotency/drill/traffic.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/sort_stably.hpp"
#include "simulator/core/timeline.hpp"

namespace onsite::drill {
namespace {

using scenarios::Action;
using scenarios::Flow;
using scenarios::Step;
using simulator::CutPoint;
using simulator::Fault;
using simulator::FaultKind;
using simulator::kMinute;
using simulator::kSecond;

constexpr std::array<std::int64_t, 6> kPrices = {999, 1999, 2499, 4900, 7950, 12900};

bool confirms_apart(Flow flow) {
    return flow == Flow::two_calls || flow == Flow::confirm_on_webhook;
}

}  // namespace

Traffic::Traffic(scenarios::Scenario& scenario, const Recipe& recipe, Rng rng)
    : scenario_(scenario), recipe_(recipe), rng_(rng) {}

// Everybody's first click, in the order of time.
void Traffic::arrive() {
    Rng chance = rng_.fork("arrivals");
    std::vector<std::int64_t> moments;
    for (std::int64_t i = 0; i < kOrders; ++i) {
        moments.push_back(static_cast<std::int64_t>(chance.below(kLoadUs / 1000)) * 1000);
    }
    std::ranges::sort(moments);
    const std::string_view last = confirms_apart(recipe_.flow) ? "confirm" : "pay";
    for (std::int64_t i = 1; i <= kOrders; ++i) {
        const std::string name = fmt::format("order-{}", i);
        const std::int64_t items = 1 + static_cast<std::int64_t>(chance.below(3));
        Step step{.at_us = moments[static_cast<std::size_t>(i - 1)],
                  .order = name,
                  .amount = items * kPrices[chance.below(kPrices.size())],
                  .currency = chance.below(5) == 0 ? "eur" : "usd",
                  .card = chance.below(3) == 0 ? "pm_card_mastercard" : "pm_card_visa",
                  .customer = fmt::format("customer-{}", i)};
        if (chance.below(5) != 0) step.email = fmt::format("shopper{}@example.com", i);
        orders_.push_back({.name = name,
                           .nth = i,
                           .step = scenario_.steps.size(),
                           .payment = fmt::format("{}.{}", name, last)});
        scenario_.steps.push_back(std::move(step));
    }
}

void Traffic::make() {
    arrive();
    // Exact shares of the orders, in a random order: small drills would vary too much otherwise.
    std::vector<std::size_t> mixed(orders_.size());
    for (std::size_t i = 0; i < mixed.size(); ++i) mixed[i] = i;
    Rng chance = rng_.fork("mixed");
    for (std::size_t i = mixed.size() - 1; i > 0; --i) {
        std::swap(mixed[i], mixed[chance.below(i + 1)]);
    }
    const auto staged = static_cast<std::size_t>(kOrders * recipe_.staged_percent / 100);
    const auto slow = static_cast<std::size_t>(kOrders * recipe_.slow_percent / 100);
    for (std::size_t i = 0; i < mixed.size(); ++i) {
        const Order& order = orders_[mixed[i]];
        if (i < staged && recipe_.stage != nullptr) {
            recipe_.stage(*this, order);
        } else if (i >= staged && i < staged + slow) {
            slow_down(order);
        } else if (i >= staged) {
            live(order);
        }
    }
    sort_stably(scenario_.steps, &Step::at_us);
}

// What one ordinary shopper in ten does besides paying.
void Traffic::live(const Order& order) {
    struct HabitShare {
        Habit habit;
        std::uint64_t permille;
    };
    constexpr std::array kShares = {HabitShare{kLateChange, 20}, HabitShare{kDoubleClick, 20},
                                    HabitShare{kSecondCard, 20}, HabitShare{kLostAnswer, 10},
                                    HabitShare{kLateCancel, 10}, HabitShare{kOneRefund, 20}};
    std::uint64_t drawn = rng_.fork("habit").fork(order.name).below(1000);
    for (const HabitShare& share : kShares) {
        if (drawn >= share.permille) {
            drawn -= share.permille;
            continue;
        }
        if ((recipe_.habits & share.habit) == 0) return;
        switch (share.habit) {
            case kLateChange:
                return change(order, later(order, 20 * kSecond, kMinute));
            case kDoubleClick:
                return click_again(order, later(order, 30'000, 900'000));
            case kSecondCard:
                return decline(order);
            case kLostAnswer:
                return lose_answer(order);
            case kLateCancel:
                return cancel(order, later(order, 20 * kSecond, kMinute));
            case kOneRefund:
                return refund(order, later(order, 4 * kMinute, 12 * kMinute),
                              click(order).amount / 2, "r1");
            case kEverything:
                return;
        }
    }
}

std::int64_t Traffic::later(const Order& order, std::int64_t from_us, std::int64_t to_us) {
    Rng chance = rng_.fork("later").fork(fmt::format("{}/{}", order.name, from_us));
    const auto steps = static_cast<std::uint64_t>((to_us - from_us) / 1000);
    return click(order).at_us + from_us + static_cast<std::int64_t>(chance.below(steps)) * 1000;
}

void Traffic::click_again(const Order& order, std::int64_t at_us) {
    Step again = click(order);
    again.at_us = at_us;
    scenario_.steps.push_back(std::move(again));
}

void Traffic::change(const Order& order, std::int64_t at_us) {
    scenario_.steps.push_back({.at_us = at_us,
                               .order = order.name,
                               .action = Action::change,
                               .email = fmt::format("{}@mail.example.com", order.name)});
}

void Traffic::cancel(const Order& order, std::int64_t at_us) {
    scenario_.steps.push_back({.at_us = at_us, .order = order.name, .action = Action::cancel});
}

void Traffic::refund(const Order& order, std::int64_t at_us, std::int64_t amount,
                     std::string_view name) {
    scenario_.steps.push_back({.at_us = at_us,
                               .order = order.name,
                               .action = Action::refund,
                               .amount = amount,
                               .refund = fmt::format("{}-{}", order.name, name)});
}

void Traffic::decline(const Order& order) {
    const std::string good = click(order).card;
    click_again(order, later(order, 15 * kSecond, kMinute));
    scenario_.steps.back().card = good;
    click(order).card = "pm_card_visa_chargeDeclined";
}

void Traffic::lose_answer(const Order& order) { fault({.operation = order.payment}); }

// An attempt has two seconds, the retry arrives half a second later and the next one a second after
// that.
void Traffic::slow_down(const Order& order) {
    Rng chance = rng_.fork("slow").fork(order.name);
    fault({.operation = order.payment,
           .at = CutPoint::before_commit,
           .kind = FaultKind::delay,
           .delay_us = 2'650'000 + static_cast<std::int64_t>(chance.below(700)) * 1000});
}

const Order& Traffic::earlier(const Order& order) {
    const auto before = static_cast<std::uint64_t>(std::max<std::int64_t>(order.nth - 1, 1));
    return orders_[rng_.fork("earlier").fork(order.name).below(before)];
}

}  // namespace onsite::drill

// What tests of subscription schedules do again and again.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "simulator/billing/calendar.hpp"
#include "tests/unit/simulator/subscription_steps.hpp"

namespace onsite::simulator::testing {

struct ScheduleSteps : SubscriptionSteps {
    using Fields = std::vector<std::pair<std::string, std::string>>;

    std::string who = customer();
    std::string gold = price(3'000);
    std::string bronze = price(1'000);

    std::string at(const Reply& schedule, std::string_view action = "") {
        return "/v1/subscription_schedules/" + schedule.text("/id") + std::string(action);
    }
    Reply create(const Fields& fields) { return send("/v1/subscription_schedules", fields); }
    Reply adopt(const Reply& subscription, Fields more = {}) {
        more.emplace_back("from_subscription", subscription.text("/id"));
        return create(more);
    }
    // The running phase as it is, and then the cheaper price.
    Reply downgrade(const Reply& schedule, Fields more = {}) {
        const Reply there = client.get(at(schedule));
        const std::string end = there.body["current_phase"]["end_date"].dump();
        more.emplace_back("phases[0][items][0][price]", gold);
        more.emplace_back("phases[0][start_date]",
                          there.body["current_phase"]["start_date"].dump());
        more.emplace_back("phases[0][end_date]", end);
        more.emplace_back("phases[1][items][0][price]", bronze);
        more.emplace_back("phases[1][start_date]", end);
        more.emplace_back("phases[1][proration_behavior]", "none");
        return send(at(schedule), more);
    }
    std::string price_id_of(const std::string& subscription) {
        return get_subscription(subscription).text("/items/data/0/price/id");
    }
    std::string price_of(const Reply& subscription) {
        return price_id_of(subscription.text("/id"));
    }
    // To so many months after the start, and the hour that invoices wait.
    void to(std::int64_t months) {
        pass(add_months(kStart, months) + 2 * 3'600 - simulator.timeline().now_s());
    }
    // What was told of subscriptions and schedules.
    std::vector<std::string> told() {
        std::vector<std::string> types = events();
        std::erase_if(types, [](const auto& type) {
            return !type.starts_with("subscription_schedule") &&
                   !type.starts_with("customer.subscription");
        });
        return types;
    }

private:
    Reply send(const std::string& path, const Fields& fields) {
        return client.post(path, params_of(fields));
    }
};

}  // namespace onsite::simulator::testing

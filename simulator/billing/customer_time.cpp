#include "simulator/billing/customer_time.hpp"

#include <fmt/format.h>

#include "simulator/resources/customers.hpp"
#include "simulator/resources/fields.hpp"

namespace onsite::simulator {

const Timeline& timeline_of(const World& world, const Customer& customer) {
    if (customer.test_clock.empty()) return world.timeline;
    const TestClock* clock = world.tables.test_clocks.find(customer.test_clock);
    return clock == nullptr ? world.timeline : *clock->timeline;
}

Timeline& timeline_of(World& world, const Customer& customer) {
    return const_cast<Timeline&>(timeline_of(std::as_const(world), customer));
}

Timeline& timeline_of(World& world, std::string_view customer) {
    const Customer* found = world.tables.customers.find(customer);
    return found == nullptr ? world.timeline : timeline_of(world, *found);
}

std::string change_balance(World& world, Customer& customer, BalanceChange change) {
    const Body before = rendered(world, kCustomerType, customer.id);
    customer.balance += change.amount;
    change.id = world.ids.next("cbtxn_");
    change.created = timeline_of(world, customer).now_s();
    change.customer = customer.id;
    change.ending_balance = customer.balance;
    const std::string id = world.tables.balance_changes.add(std::move(change)).id;
    emit_changed(world, kCustomerType, customer.id, "customer.updated", before);
    return id;
}

void set_delinquent(World& world, std::string_view id, bool is_delinquent) {
    Customer* customer = world.tables.customers.find(id);
    if (customer == nullptr || customer->is_delinquent == is_delinquent) return;
    const Body before = rendered(world, kCustomerType, customer->id);
    customer->is_delinquent = is_delinquent;
    emit_changed(world, kCustomerType, customer->id, "customer.updated", before);
}

std::expected<void, ApiError> check_currency(const Customer& customer, std::string_view currency,
                                             std::string_view param) {
    if (customer.currency.empty() || customer.currency == currency) return {};
    return std::unexpected(invalid_parameter(
        param, fmt::format("You cannot combine currencies on a single customer. This customer has "
                           "had a subscription, coupon, or invoice item with currency {}",
                           customer.currency)));
}

}  // namespace onsite::simulator

// The list of everything that is simulated: a new kind of object is two lines here.
#include <array>

#include "simulator/resources/balance_transactions.hpp"
#include "simulator/resources/charges.hpp"
#include "simulator/resources/customers.hpp"
#include "simulator/resources/disputes.hpp"
#include "simulator/resources/events.hpp"
#include "simulator/resources/payment_intents.hpp"
#include "simulator/resources/payment_methods.hpp"
#include "simulator/resources/payouts.hpp"
#include "simulator/resources/refunds.hpp"
#include "simulator/resources/setup_intents.hpp"
#include "simulator/resources/tokens.hpp"

namespace onsite::simulator {

std::span<const ResourceType* const> resource_types() {
    static constexpr std::array kTypes = {
        &kCustomerType,      &kEventType,   &kBalanceTransactionType,
        &kChargeType,        &kDisputeType, &kPaymentIntentType,
        &kPaymentMethodType, &kPayoutType,  &kRefundType,
        &kSetupIntentType,   &kTokenType,
    };
    return kTypes;
}

std::span<const std::span<const Route>> route_tables() {
    static const std::array kTables = {
        customer_routes(), event_routes(),          balance_routes(),        charge_routes(),
        dispute_routes(),  payment_intent_routes(), payment_method_routes(), payout_routes(),
        refund_routes(),   setup_intent_routes(),   token_routes(),
    };
    return kTables;
}

}  // namespace onsite::simulator

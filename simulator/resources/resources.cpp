// The list of everything that is simulated: a new kind of object is two lines here.
#include <array>

#include "simulator/resources/account.hpp"
#include "simulator/resources/balance_transactions.hpp"
#include "simulator/resources/charges.hpp"
#include "simulator/resources/checkout_sessions.hpp"
#include "simulator/resources/coupons.hpp"
#include "simulator/resources/credit_notes.hpp"
#include "simulator/resources/customer_balance.hpp"
#include "simulator/resources/customers.hpp"
#include "simulator/resources/discounts.hpp"
#include "simulator/resources/disputes.hpp"
#include "simulator/resources/events.hpp"
#include "simulator/resources/invoice_items.hpp"
#include "simulator/resources/invoice_payments.hpp"
#include "simulator/resources/invoices.hpp"
#include "simulator/resources/payment_intents.hpp"
#include "simulator/resources/payment_methods.hpp"
#include "simulator/resources/payouts.hpp"
#include "simulator/resources/plans.hpp"
#include "simulator/resources/portal_sessions.hpp"
#include "simulator/resources/prices.hpp"
#include "simulator/resources/products.hpp"
#include "simulator/resources/promotion_codes.hpp"
#include "simulator/resources/refunds.hpp"
#include "simulator/resources/searches.hpp"
#include "simulator/resources/setup_intents.hpp"
#include "simulator/resources/subscription_items.hpp"
#include "simulator/resources/subscription_schedules.hpp"
#include "simulator/resources/subscriptions.hpp"
#include "simulator/resources/tax_ids.hpp"
#include "simulator/resources/tax_rates.hpp"
#include "simulator/resources/test_clocks.hpp"
#include "simulator/resources/tokens.hpp"
#include "simulator/resources/webhook_endpoints.hpp"

namespace onsite::simulator {

std::span<const ResourceType* const> resource_types() {
    // The ids of schedules begin as those of subscriptions do: the longer prefix goes first.
    static constexpr std::array kTypes = {
        &kAccountType,
        &kBalanceChangeType,
        &kBalanceTransactionType,
        &kChargeType,
        &kCheckoutLineType,
        &kCheckoutSessionType,
        &kCouponType,
        &kCreditNoteType,
        &kCustomerType,
        &kDiscountType,
        &kDisputeType,
        &kEventType,
        &kInvoiceItemType,
        &kInvoiceLineType,
        &kInvoicePaymentType,
        &kInvoiceType,
        &kPaymentIntentType,
        &kPaymentMethodType,
        &kPayoutType,
        &kPlanType,
        &kPortalSessionType,
        &kPriceType,
        &kProductType,
        &kPromotionCodeType,
        &kRefundType,
        &kSetupIntentType,
        &kSubscriptionItemType,
        &kSubscriptionScheduleType,
        &kSubscriptionType,
        &kTaxIdType,
        &kTaxRateType,
        &kTestClockType,
        &kTokenType,
        &kWebhookEndpointType,
    };
    return kTypes;
}

std::span<const std::span<const Route>> route_tables() {
    static const std::array kTables = {
        account_routes(),
        balance_routes(),
        charge_routes(),
        checkout_session_routes(),
        coupon_routes(),
        credit_note_routes(),
        customer_balance_routes(),
        customer_routes(),
        discount_routes(),
        dispute_routes(),
        event_routes(),
        invoice_action_routes(),
        invoice_item_routes(),
        invoice_line_routes(),
        invoice_payment_routes(),
        invoice_routes(),
        payment_intent_routes(),
        payment_method_routes(),
        payout_routes(),
        plan_routes(),
        portal_session_routes(),
        price_routes(),
        product_routes(),
        promotion_code_routes(),
        refund_routes(),
        search_routes(),
        setup_intent_routes(),
        subscription_item_routes(),
        subscription_list_routes(),
        subscription_routes(),
        subscription_schedule_routes(),
        tax_id_routes(),
        tax_rate_routes(),
        test_clock_routes(),
        token_routes(),
        webhook_endpoint_routes(),
    };
    return kTables;
}

}  // namespace onsite::simulator

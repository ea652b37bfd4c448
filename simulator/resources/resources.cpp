// The list of everything that is simulated: a new kind of object is two lines here.
#include <array>

#include "simulator/resources/coupons.hpp"
#include "simulator/resources/credit_notes.hpp"
#include "simulator/resources/customer_balance.hpp"
#include "simulator/resources/customers.hpp"
#include "simulator/resources/discounts.hpp"
#include "simulator/resources/events.hpp"
#include "simulator/resources/invoice_items.hpp"
#include "simulator/resources/invoice_payments.hpp"
#include "simulator/resources/invoices.hpp"
#include "simulator/resources/prices.hpp"
#include "simulator/resources/products.hpp"
#include "simulator/resources/promotion_codes.hpp"
#include "simulator/resources/subscription_items.hpp"
#include "simulator/resources/subscriptions.hpp"
#include "simulator/resources/tax_rates.hpp"
#include "simulator/resources/test_clocks.hpp"

namespace onsite::simulator {

std::span<const ResourceType* const> resource_types() {
    static constexpr std::array kTypes = {
        &kCustomerType,          //
        &kEventType,             //
        &kProductType,           //
        &kPriceType,             //
        &kCouponType,            //
        &kPromotionCodeType,     //
        &kTaxRateType,           //
        &kDiscountType,          //
        &kInvoiceItemType,       //
        &kInvoiceType,           //
        &kInvoicePaymentType,    //
        &kBalanceChangeType,     //
        &kCreditNoteType,        //
        &kSubscriptionType,      //
        &kSubscriptionItemType,  //
        &kTestClockType,         //
    };
    return kTypes;
}

std::span<const std::span<const Route>> route_tables() {
    static const std::array kTables = {
        customer_routes(),           //
        event_routes(),              //
        product_routes(),            //
        price_routes(),              //
        coupon_routes(),             //
        promotion_code_routes(),     //
        tax_rate_routes(),           //
        invoice_item_routes(),       //
        invoice_routes(),            //
        invoice_action_routes(),     //
        invoice_payment_routes(),    //
        customer_balance_routes(),   //
        credit_note_routes(),        //
        subscription_routes(),       //
        subscription_item_routes(),  //
        test_clock_routes(),         //
    };
    return kTables;
}

}  // namespace onsite::simulator

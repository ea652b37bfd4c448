// The list of everything that is simulated: a new kind of object is two lines here.
#include <array>

#include "simulator/resources/coupons.hpp"
#include "simulator/resources/customers.hpp"
#include "simulator/resources/events.hpp"
#include "simulator/resources/prices.hpp"
#include "simulator/resources/products.hpp"
#include "simulator/resources/promotion_codes.hpp"
#include "simulator/resources/tax_rates.hpp"

namespace onsite::simulator {

std::span<const ResourceType* const> resource_types() {
    static constexpr std::array kTypes = {
        &kCustomerType,       //
        &kEventType,          //
        &kProductType,        //
        &kPriceType,          //
        &kCouponType,         //
        &kPromotionCodeType,  //
        &kTaxRateType,        //
    };
    return kTypes;
}

std::span<const std::span<const Route>> route_tables() {
    static const std::array kTables = {
        customer_routes(),        //
        event_routes(),           //
        product_routes(),         //
        price_routes(),           //
        coupon_routes(),          //
        promotion_code_routes(),  //
        tax_rate_routes(),        //
    };
    return kTables;
}

}  // namespace onsite::simulator

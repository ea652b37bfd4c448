// Everything that one account has, a table for each kind of object.
#pragma once

#include <cstddef>

#include "simulator/core/table.hpp"
#include "simulator/objects/customer.hpp"
#include "simulator/objects/discount.hpp"
#include "simulator/objects/event.hpp"
#include "simulator/objects/product.hpp"

namespace onsite::simulator {

struct Tables {
    explicit Tables(std::size_t rows_max)
        : customers(rows_max),
          events(rows_max),
          products(rows_max),
          prices(rows_max),
          coupons(rows_max),
          promotion_codes(rows_max),
          discounts(rows_max),
          tax_rates(rows_max) {}

    Table<Customer> customers;
    Table<Event> events;
    Table<Product> products;
    Table<Price> prices;
    Table<Coupon> coupons;
    Table<PromotionCode> promotion_codes;
    Table<Discount> discounts;
    Table<TaxRate> tax_rates;
};

}  // namespace onsite::simulator

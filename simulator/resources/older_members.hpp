// Members that objects have only in answers to clients of an older version (core/api_version.hpp).
// Each writes them, with what they had said, or nothing for a client to whom they are gone.
// Source: docs.stripe.com/changelog/basil, docs.stripe.com/changelog/clover.
#pragma once

#include <string_view>

#include "simulator/core/resource.hpp"
#include "simulator/objects/discount.hpp"
#include "simulator/objects/invoice.hpp"
#include "simulator/objects/subscription.hpp"

namespace onsite::simulator {

// Before kBasil.
void write_older_members(JsonWriter& json, const View& view, const Invoice& invoice);
void write_older_members(JsonWriter& json, const View& view, const InvoiceLine& line);
void write_older_members(JsonWriter& json, const View& view, const InvoiceItem& item);
void write_older_members(JsonWriter& json, const View& view, const Subscription& subscription);
// "invoice" of a payment intent, and of its charges.
void write_older_invoice(JsonWriter& json, const View& view, std::string_view payment_intent);

// Before kClover: "coupon", in full.
void write_older_coupon(JsonWriter& json, const View& view, const Coupon& coupon);

}  // namespace onsite::simulator

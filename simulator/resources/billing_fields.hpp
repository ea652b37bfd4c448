// Fields that invoices, their items and credit notes share.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "simulator/core/call.hpp"
#include "simulator/objects/invoice.hpp"

namespace onsite::simulator {

void write_period(JsonWriter& json, const BillingPeriod& period);
void write_pricing(JsonWriter& json, const Charged& charged);
// The tax rates in full, as Stripe shows them.
void write_tax_rates(JsonWriter& json, const View& view, std::string_view name,
                     const std::vector<std::string>& ids);
void write_discount_amounts(JsonWriter& json, const View& view, std::string_view name,
                            const std::vector<DiscountAmount>& amounts);
void write_taxes(JsonWriter& json, std::string_view name, const std::vector<TaxAmount>& taxes);
// {"enabled": false, ...}: Stripe Tax is not simulated.
void write_automatic_tax(JsonWriter& json, bool is_of_invoice);

// Reads an array of tax rates. Errors: 400 when one is unknown.
std::vector<std::string> read_tax_rates(ParamReader& params, const World& world,
                                        std::string_view name);
// default_payment_method of what the customer is billed for; the empty text unsets.
// Errors: 400 when it is not attached to the customer. A customer that does not exist is not told
// of here.
void read_default_method(ParamReader& params, const World& world, std::string_view customer,
                         std::string& method);
// In the order of Collection.
inline constexpr std::array<std::string_view, 2> kCollections = {"charge_automatically",
                                                                 "send_invoice"};
inline constexpr std::int64_t kDueDaysMax = 3'650;
// Charging or sending, with days_until_due; due dates need send_invoice.
void read_collection(ParamReader& params, Collection& collection,
                     std::optional<std::int64_t>& days_until_due);

// custom_fields of an invoice. What is not sent stays; an empty text removes all.
void read_custom_fields(ParamReader& params, std::vector<CustomField>& fields);
void write_custom_fields(JsonWriter& json, const std::vector<CustomField>& fields);

}  // namespace onsite::simulator

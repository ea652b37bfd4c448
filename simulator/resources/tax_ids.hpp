// Source: docs.stripe.com/api/tax_ids, docs.stripe.com/billing/customer/tax-ids.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/core/call.hpp"
#include "simulator/objects/tax_id.hpp"

namespace onsite::simulator {

// docs.stripe.com/billing/customer/tax-ids: what the tax office of the tests says to which number.
inline constexpr std::string_view kVerifiedTaxNumber = "000000000";
inline constexpr std::string_view kUnverifiedTaxNumber = "111111111";
// One of these two, or the one that it never answers to.
bool is_test_tax_number(std::string_view value);

// type and value of a new one. Errors: unknown types; a eu_vat of no country of the union.
TaxId read_tax_id(ParamReader& params);
// Gives it its id and keeps it; one of a customer is told, and the tax office is asked about it.
// REQUIRES: read_tax_id() found nothing.
std::string add_tax_id(World& world, TaxId tax_id);
// [{"type", "value"}, ...] as a member.
void write_tax_ids(JsonWriter& json, std::string_view name, std::span<const TaxId> tax_ids);
// Ids of the account itself. Errors: 400 when one is unknown.
std::vector<std::string> read_account_tax_ids(ParamReader& params, const World& world);

extern const ResourceType kTaxIdType;
std::span<const Route> tax_id_routes();

}  // namespace onsite::simulator

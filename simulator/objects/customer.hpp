// Source: docs.stripe.com/api/customers.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/core/id.hpp"
#include "simulator/objects/address.hpp"
#include "simulator/wire/param_reader.hpp"

namespace onsite::simulator {

// Shown on an invoice: the number of an order, say.
struct CustomField {
    std::string name;
    std::string value;
};

struct Customer {
    Id id;  // "cus_"
    std::int64_t created = 0;
    bool is_deleted = false;
    std::string name = {};
    std::string email = {};
    std::string phone = {};
    std::string description = {};
    Shared<Address> address = {};
    Shared<Shipping> shipping = {};
    Metadata metadata = {};
    std::int64_t balance = 0;  // Minor units; negative is credit.
    std::string currency = {};
    std::string tax_exempt = "none";
    std::string invoice_prefix = {};
    std::int64_t next_invoice_sequence = 1;
    std::string default_payment_method = {};  // Of invoice_settings.
    std::string default_source = {};
    std::string invoice_footer = {};
    Shared<std::vector<CustomField>> invoice_custom_fields = {};
    std::string discount = {};  // "di_"
    bool is_delinquent = false;
    std::string test_clock = {};
    std::vector<std::string> preferred_locales = {};
};
// core/table.hpp
inline std::array<std::string_view, 1> owners_of(const Customer& row) { return {row.test_clock}; }

}  // namespace onsite::simulator

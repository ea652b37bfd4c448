// Addresses and whom they belong to, as several objects have them.
#pragma once

#include <string>

#include "simulator/core/shared.hpp"
#include "simulator/wire/json_writer.hpp"
#include "simulator/wire/param_reader.hpp"

namespace onsite::simulator {

struct Address {
    std::string city = {};
    std::string country = {};
    std::string line1 = {};
    std::string line2 = {};
    std::string postal_code = {};
    std::string state = {};
};

struct Shipping {
    Address address = {};
    std::string name = {};
    std::string phone = {};
    std::string carrier = {};
    std::string tracking_number = {};
};

// Applies `params` of that name to what is there; an empty text unsets it.
void update_address(ParamReader& params, std::string_view name, Address& address);
void update_address(ParamReader& params, std::string_view name, Shared<Address>& address);
void update_shipping(ParamReader& params, Shared<Shipping>& shipping);

// Members of that name; null when unset.
void write_address(JsonWriter& json, std::string_view name, const Shared<Address>& address);
void write_shipping(JsonWriter& json, const Shared<Shipping>& shipping);
void write_metadata(JsonWriter& json, const Metadata& metadata);
// Each field with its nulls, for billing_details, which never are null as a whole.
void write_address_fields(JsonWriter& json, std::string_view name, const Address& address);

}  // namespace onsite::simulator

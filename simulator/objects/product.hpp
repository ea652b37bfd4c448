// Products and their prices. Source: docs.stripe.com/api/products, docs.stripe.com/api/prices.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "simulator/wire/param_reader.hpp"

namespace onsite::simulator {

struct Product {
    std::string id;  // "prod_", or what the client chose.
    std::int64_t created = 0;
    std::int64_t updated = 0;
    bool is_deleted = false;
    bool is_active = true;
    std::string name = {};
    std::string description = {};
    std::string default_price = {};
    std::string statement_descriptor = {};
    std::string tax_code = {};
    std::string unit_label = {};
    std::string url = {};
    std::string type = "service";
    std::vector<std::string> images = {};
    std::vector<std::string> marketing_features = {};
    std::optional<bool> is_shippable = {};
    Metadata metadata = {};
};

enum class Interval { day, week, month, year };

// Every `count` intervals. Nothing recurs when count is 0.
struct Recurrence {
    Interval interval = Interval::month;
    std::int64_t count = 0;

    bool operator==(const Recurrence&) const = default;
};

struct Price {
    std::string id;  // "price_"
    std::int64_t created = 0;
    bool is_active = true;
    std::string product = {};
    std::string currency = {};
    std::string nickname = {};
    std::string lookup_key = {};
    std::string tax_behavior = "unspecified";
    std::int64_t unit_price = 0;  // In hundred-millionths of the minor unit: kUnitScale.
    Recurrence recurring = {};
    std::int64_t trial_period_days = 0;  // Shown; subscriptions take theirs from the call.
    Metadata metadata = {};
};

}  // namespace onsite::simulator

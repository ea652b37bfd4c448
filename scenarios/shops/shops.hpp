// The shops that scenarios are played with: one that does everything right, and those that have one
// named defect each.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "scenarios/shops/policy.hpp"

namespace onsite::scenarios {

struct ShopKind {
    std::string_view name;
    std::string_view story;  // What it does wrong, in one sentence.
    ShopPolicy policy = {};
};

inline constexpr std::string_view kReference = "reference";

// The reference first.
std::span<const ShopKind> shops();
// nullptr when there is none of that name.
const ShopKind* find_shop(std::string_view name);
// "reference, retry-with-another-body, ...", for an error that says what there is.
std::string shop_names();

}  // namespace onsite::scenarios

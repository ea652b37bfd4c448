// Numbers as people read them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "solutions/1-reconciliation/production/summary.hpp"

namespace onsite::reconcile {

std::string with_thousands(Int128 number);  // "-1,234,567"

// "-12,345.60" for -1234560 in USD, "1,050" in JPY: as many decimals as ISO 4217 gives it.
// REQUIRES: three letters A to Z.
std::string money_text(Int128 amount_minor, std::string_view currency);

std::string count_of(std::uint64_t count, std::string_view noun);  // "1 row", "1,200 rows"

}  // namespace onsite::reconcile

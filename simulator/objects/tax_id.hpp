// Source: docs.stripe.com/api/tax_ids.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace onsite::simulator {

enum class TaxIdStatus { pending, verified, unverified, unavailable };

struct TaxId {
    std::string id;  // "txi_"
    std::int64_t created = 0;
    bool is_deleted = false;
    std::string customer = {};  // Empty: one of the account itself.
    std::string type = {};      // "eu_vat"
    std::string value = {};
    TaxIdStatus status = TaxIdStatus::unavailable;
};
// core/table.hpp
inline std::array<std::string_view, 1> owners_of(const TaxId& row) { return {row.customer}; }

}  // namespace onsite::simulator

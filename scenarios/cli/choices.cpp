#include "scenarios/cli/choices.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/installation.hpp"

namespace onsite::scenarios {

std::filesystem::path catalog_folder() {
    return find_installation().root / "scenarios" / "catalog";
}

Result<const ShopKind*> choose_shop(std::string name, const Scenario& scenario) {
    if (name.empty()) {
        name = std::string(kReference);
        for (const auto& [shop, broken] : scenario.expect) {
            if (broken.empty()) continue;
            name = shop;
            break;
        }
    }
    if (const ShopKind* shop = find_shop(name)) return shop;
    return usage_error(
        fmt::format("expected one of these shops: {}; found \"{}\"", shop_names(), name));
}

int exit_status_of(const Result<int>& result, const Console& console) {
    if (result) return console.end_with(*result);
    console.complain(result.error().message);
    return onsite::exit_status_of(result.error().kind);
}

}  // namespace onsite::scenarios

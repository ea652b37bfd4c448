// Makes a failing scenario small: what is left is what the failure needs.
#pragma once

#include <cstdint>

#include "base/error.hpp"
#include "scenarios/checkers/checker.hpp"
#include "scenarios/shops/shops.hpp"

namespace onsite::scenarios {

struct Shrunk {
    Scenario scenario = {};    // Expects of the shop what it breaks now, and nothing of others.
    Violation violation = {};  // The promise that is broken, in the shrunk scenario.
    std::int64_t runs = 0;     // That were played for it.
};

// Removes faults, webhook faults, crashes and steps as long as the shop breaks the same promise on
// the same operation: another failure that comes to light on the way is not taken for this one.
// Nothing that is left can be removed alone. It begins with the failing order alone, which is all
// that most failures need. Faults are addressed by operation and attempt, so taking one away moves
// no other. Then it gives what is left simpler values (search/simpler.hpp).
// `checker` empty: the first promise that is broken.
// Errors: usage, when the shop does not break that promise.
Result<Shrunk> shrink(const Scenario& scenario, const ShopKind& shop, std::string_view checker);

// The same for one violation that the shop is known to commit.
// Errors: usage, when it does not.
Result<Shrunk> shrink(const Scenario& scenario, const ShopKind& shop, const Violation& wanted);

}  // namespace onsite::scenarios

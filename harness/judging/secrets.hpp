// Chance that a candidate cannot know.
#pragma once

#include "base/rng.hpp"

namespace onsite {

// Seeded by the machine. For the ids of requests, which must not follow from a seed that is
// printed; nothing that decides a verdict may come from it.
Rng unpredictable_rng();

}  // namespace onsite

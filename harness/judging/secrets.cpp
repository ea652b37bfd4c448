#include "harness/judging/secrets.hpp"

#include <cstdint>
#include <random>

namespace onsite {

Rng unpredictable_rng() {
    std::random_device device;
    return Rng((std::uint64_t{device()} << 32) | device());
}

}  // namespace onsite

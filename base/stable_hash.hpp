// A 64-bit hash of bytes that is the same on every machine and in every build.
#pragma once

#include <cstdint>
#include <string_view>

namespace onsite {

// Adds bytes to a hash: of two texts, one after the other, another one than of their sum. No
// defence against somebody who looks for collisions. Complexity: O(bytes), some 10 bytes a cycle.
std::uint64_t add_to_hash(std::uint64_t hash, std::string_view bytes);

}  // namespace onsite

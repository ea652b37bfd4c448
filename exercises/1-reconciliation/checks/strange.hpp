// Amounts and ids on which careless code goes wrong.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace onsite::reconciliation {

// `count` different amounts in rising order: neighbours of the limits of number types. `style`
// says near which limit; 0 is all of them.
std::vector<std::int64_t> strange_amounts(std::size_t count, std::uint32_t style);

// Groups of ids that careless code confuses: with other case, spaces, quotes, Unicode forms, names
// that a language knows, and lengths up to 10,000 bytes. No group has characters above U+FFFF
// beside some from U+E000 to U+FFFF: those two are sorted differently as UTF-8 and as UTF-16, and a
// check relies on one order.
const std::vector<std::vector<std::string>>& strange_id_families();

// One id for each choice, all different, in byte order. Most choices fall into the family that
// `style` names, the others anywhere. REQUIRES: at most kStrangeIdsMax choices.
std::vector<std::string> strange_ids(const std::vector<std::uint32_t>& choices,
                                     std::uint32_t style);
inline constexpr std::size_t kStrangeIdsMax = 128;

}  // namespace onsite::reconciliation

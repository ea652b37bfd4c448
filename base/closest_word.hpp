// What somebody meant who typed a word that is not known.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace onsite {

// The known word that the typed one was meant to be, or nothing where none is close: a third of the
// letters of the shorter one may be wrong (one is missing, too many, another, or two changed
// places), or both begin with the same letters, at least half of the longer one.
std::string closest_word(std::string_view typed, std::span<const std::string> known);

}  // namespace onsite

// Finds the bytes that give a text its structure: everything else is content and can be skipped.
//
// 16 to 64 bytes are compared at once, with the widest instructions that the machine has (Highway
// picks them while the program runs); without any the same is done byte by byte.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace onsite::reconcile {

// The offsets in `text` of the bytes equal to one of the three, in rising order. They stand in
// `room`, which only ever grows: clearing it for each text would cost more than the search.
// REQUIRES: text.size() < 2^32, and 64 more bytes that may be read follow the text.
std::span<const std::uint32_t> find_structure(std::string_view text, char first, char second,
                                              char third, std::vector<std::uint32_t>& room);

}  // namespace onsite::reconcile

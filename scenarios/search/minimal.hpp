// A list made as short as it can be while something stays true of it.
//
// Delta debugging (Zeller, Hildebrandt: "Simplifying and Isolating Failure-Inducing Input", IEEE
// TSE 2002), without its test of the parts alone: removing the rest is the same question.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace onsite::scenarios {

// What is left keeps its order, and no single item of it can be removed any more.
// REQUIRES: `holds` is true of `items`, and always gives the same answer.
// Complexity: O(n * n) calls of `holds`; O(m log n) when m items of n are needed and they are few.
template <typename Item, typename Holds>
std::vector<Item> minimal(std::vector<Item> items, const Holds& holds) {
    for (std::size_t size = (items.size() + 1) / 2; size > 0 && !items.empty();) {
        bool is_shorter = false;
        for (std::size_t from = 0; from < items.size();) {
            const std::size_t to = std::min(from + size, items.size());
            std::vector<Item> rest(items.begin(),
                                   items.begin() + static_cast<std::ptrdiff_t>(from));
            rest.insert(rest.end(), items.begin() + static_cast<std::ptrdiff_t>(to), items.end());
            if (holds(rest)) {
                items = std::move(rest);
                is_shorter = true;
            } else {
                from = to;
            }
        }
        // Removing one may let another go that was needed beside it.
        if (size > 1) {
            size /= 2;
        } else if (!is_shorter) {
            break;
        }
    }
    return items;
}

}  // namespace onsite::scenarios

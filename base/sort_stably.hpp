// Sorting that keeps the order of equals.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <type_traits>
#include <utility>
#include <vector>

namespace onsite {

// Sorts by key(value), values with equal keys as they were. std::stable_sort does the same, with a
// buffer of libstdc++ 12 that clang 19 calls deprecated. Complexity: O(n log n).
template <typename T, typename Key>
void sort_stably(std::vector<T>& values, Key key) {
    using Keyed = std::pair<std::decay_t<std::invoke_result_t<Key&, const T&>>, std::size_t>;
    std::vector<Keyed> order;
    order.reserve(values.size());
    for (const T& value : values) order.emplace_back(std::invoke(key, value), order.size());
    std::ranges::sort(order);
    std::vector<T> sorted;
    sorted.reserve(values.size());
    for (const auto& [_, place] : order) sorted.push_back(std::move(values[place]));
    values = std::move(sorted);
}

}  // namespace onsite

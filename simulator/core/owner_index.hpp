// Which rows name an object: the payment intents of a customer, the charges of a payment intent.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "simulator/core/id.hpp"

namespace onsite::simulator {

// Thread safety: none.
class OwnerIndex {
public:
    // Complexity: O(1) amortised for a row that is younger than the owner's others.
    void add(std::string_view owner, std::uint64_t number) {
        auto found = owners_.find(owner);
        if (found == owners_.end()) found = owners_.emplace(owner, Owned{}).first;
        Owned& owned = found->second;
        owned.numbers.insert(std::upper_bound(owned.first(), owned.numbers.end(), number), number);
    }

    // REQUIRES: it was added. Complexity: O(1) amortised for the owner's oldest row.
    void remove(std::string_view owner, std::uint64_t number) {
        const auto found = owners_.find(owner);
        Owned& owned = found->second;
        if (owned.live().front() != number) {
            owned.numbers.erase(std::lower_bound(owned.first(), owned.numbers.end(), number));
        } else if (++owned.dropped * 2 >= owned.numbers.size()) {
            owned.numbers.erase(owned.numbers.begin(), owned.first());
            owned.dropped = 0;
        }
        if (owned.numbers.empty()) owners_.erase(found);
    }

    // In ascending order. Good until the next change.
    std::span<const std::uint64_t> of(std::string_view owner) const {
        const auto found = owners_.find(owner);
        return found == owners_.end() ? std::span<const std::uint64_t>() : found->second.live();
    }

private:
    struct Owned {
        std::vector<std::uint64_t> numbers;
        std::size_t dropped = 0;  // From the front, and not yet moved over.

        // Of those that are live, which alone are in order.
        std::vector<std::uint64_t>::iterator first() {
            return numbers.begin() + static_cast<std::ptrdiff_t>(dropped);
        }
        std::span<const std::uint64_t> live() const { return std::span(numbers).subspan(dropped); }
    };
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };

    std::unordered_map<Id, Owned, Hash, std::equal_to<>> owners_;
};

}  // namespace onsite::simulator

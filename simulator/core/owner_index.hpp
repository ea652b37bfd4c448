// Which rows name an object: the payment intents of a customer, the charges of a payment intent.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "simulator/core/id.hpp"
#include "simulator/core/place_index.hpp"

namespace onsite::simulator {

// Thread safety: none.
class OwnerIndex {
public:
    // Complexity: O(1) amortised for a row that is younger than the owner's others.
    void add(std::string_view owner, std::uint64_t number) {
        const std::uint64_t hash = PlaceIndex::hash_of(owner);
        const auto found = place_of(owner, hash);
        Owned& owned = owners_[found ? *found : add_owner(owner, hash)];
        owned.numbers.insert(std::upper_bound(owned.first(), owned.numbers.end(), number), number);
    }

    // REQUIRES: it was added. Complexity: O(1) amortised for the owner's oldest row.
    void remove(std::string_view owner, std::uint64_t number) {
        const std::uint64_t hash = PlaceIndex::hash_of(owner);
        const std::uint64_t place = *place_of(owner, hash);
        Owned& owned = owners_[place];
        if (owned.live().front() != number) {
            owned.numbers.erase(std::lower_bound(owned.first(), owned.numbers.end(), number));
        } else if (++owned.dropped * 2 >= owned.numbers.size()) {
            owned.numbers.erase(owned.numbers.begin(), owned.first());
            owned.dropped = 0;
        }
        if (!owned.numbers.empty()) return;
        places_.remove(hash, place);
        free_.push_back(place);
    }

    // In ascending order. Good until the next change.
    std::span<const std::uint64_t> of(std::string_view owner) const {
        const auto found = place_of(owner, PlaceIndex::hash_of(owner));
        return found ? owners_[*found].live() : std::span<const std::uint64_t>();
    }

private:
    struct Owned {
        Id owner;
        std::vector<std::uint64_t> numbers = {};
        std::size_t dropped = 0;  // From the front, and not yet moved over.

        // Of those that are live, which alone are in order.
        std::vector<std::uint64_t>::iterator first() {
            return numbers.begin() + static_cast<std::ptrdiff_t>(dropped);
        }
        std::span<const std::uint64_t> live() const { return std::span(numbers).subspan(dropped); }
    };

    std::optional<std::uint64_t> place_of(std::string_view owner, std::uint64_t hash) const {
        return places_.find(hash, 0,
                            [&](std::uint64_t place) { return owners_[place].owner == owner; });
    }
    std::uint64_t add_owner(std::string_view owner, std::uint64_t hash) {
        std::uint64_t place = owners_.size();
        if (free_.empty()) {
            owners_.emplace_back();
        } else {
            place = free_.back();
            free_.pop_back();
        }
        owners_[place].owner = owner;  // Its list is empty, but may have room.
        places_.add(hash, place);
        return place;
    }

    std::vector<Owned> owners_;
    std::vector<std::uint64_t> free_;  // Places among them that are used again.
    PlaceIndex places_;                // Of the others.
};

}  // namespace onsite::simulator

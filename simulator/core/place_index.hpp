// Finds where something is by the hash of its name, without a copy of the name: open addressing.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace onsite::simulator {

// Eight bytes for each entry, twice as many slots as entries at most times, and no allocation for
// an entry. Of a place the last 32 bits are kept, which is enough while all that are in the index
// are within 2^32 of the first.
//
// The slots of a large index are in no cache of the processor, and what was added last is looked
// for most. So a new entry waits beside the slots until its own one is fetched, and is found there;
// an index of a few entries has no slots. Thread safety: none.
class PlaceIndex {
public:
    static std::uint64_t hash_of(std::string_view name) {
        return std::hash<std::string_view>()(name);
    }

    // The place, from `first` on, for which is_it(place) holds. Complexity: O(1) on average.
    template <typename IsIt>
    std::optional<std::uint64_t> find(std::uint64_t hash, std::uint64_t first,
                                      const IsIt& is_it) const {
        const std::uint32_t tag = tag_of(hash);
        std::uint64_t place = 0;
        const auto is_found = [&](const Slot& slot) {
            if (slot.tag != tag) return false;
            place = first + (slot.place - static_cast<std::uint32_t>(first));
            return is_it(place);
        };
        if (std::ranges::any_of(newest_, is_found)) return place;
        if (slots_.empty()) return std::nullopt;
        for (std::size_t at = home_of(tag); slots_[at].tag != kFree; at = next(at)) {
            if (is_found(slots_[at])) return place;
        }
        return std::nullopt;
    }

    void add(std::uint64_t hash, std::uint64_t place) {
        Slot& waiting = newest_[added_++ % newest_.size()];
        if (waiting.tag != kFree) put_into_slots(waiting);
        waiting = {tag_of(hash), static_cast<std::uint32_t>(place)};
        if (!slots_.empty()) __builtin_prefetch(&slots_[home_of(waiting.tag)]);
    }

    // REQUIRES: it was added.
    void remove(std::uint64_t hash, std::uint64_t place) {
        const Slot removed = {tag_of(hash), static_cast<std::uint32_t>(place)};
        const auto waiting = std::ranges::find(newest_, removed);
        if (waiting != newest_.end()) {
            *waiting = {};
            return;
        }
        std::size_t at = home_of(removed.tag);
        while (slots_[at] != removed) at = next(at);
        close_gap(at);
        --count_;
    }

private:
    static constexpr std::uint32_t kFree = 0;
    struct Slot {
        std::uint32_t tag = kFree;
        std::uint32_t place = 0;
        friend bool operator==(const Slot&, const Slot&) = default;
    };

    static std::uint32_t tag_of(std::uint64_t hash) {
        const auto tag = static_cast<std::uint32_t>(hash ^ (hash >> 32));
        return tag == kFree ? 1 : tag;
    }
    std::size_t home_of(std::uint32_t tag) const { return tag & (slots_.size() - 1); }
    std::size_t next(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }

    void put_into_slots(Slot slot) {
        if ((count_ + 1) * 4 > slots_.size() * 3) widen();
        ++count_;
        put(slot);
    }
    void put(Slot slot) {
        std::size_t at = home_of(slot.tag);
        while (slots_[at].tag != kFree) at = next(at);
        slots_[at] = slot;
    }
    void widen() {
        constexpr std::size_t kSlotsAtFirst = 8;
        std::vector<Slot> old(slots_.empty() ? kSlotsAtFirst : 2 * slots_.size());
        std::swap(old, slots_);
        for (const Slot& slot : old) {
            if (slot.tag != kFree) put(slot);
        }
    }
    // Moves entries back over a free slot, as far as they may: no search ends before its entry.
    void close_gap(std::size_t gap) {
        for (std::size_t at = next(gap); slots_[at].tag != kFree; at = next(at)) {
            const std::size_t way = (at - home_of(slots_[at].tag)) & (slots_.size() - 1);
            const std::size_t way_to_gap = (at - gap) & (slots_.size() - 1);
            if (way < way_to_gap) continue;
            slots_[gap] = slots_[at];
            gap = at;
        }
        slots_[gap] = {};
    }

    std::array<Slot, 8> newest_ = {};  // A ring; the oldest makes way for the next.
    std::size_t added_ = 0;
    std::vector<Slot> slots_;  // A power of two, or none.
    std::size_t count_ = 0;    // Of entries in slots.
};

}  // namespace onsite::simulator

// All objects of one kind, in the order in which they were made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "simulator/core/owner_index.hpp"
#include "simulator/core/place_index.hpp"
#include "simulator/core/rows.hpp"

namespace onsite::simulator {

// Rows have an `id`. A pointer to a row is good until the row is removed. When there are more rows
// than `rows_max` the oldest is dropped: a server that runs for weeks does not grow for ever.
//
// A kind of row with a function owners_of(row) is found by the ids that it gives, the empty ones
// left out: rows_of("cus_1"). Who changes one of these fields later does it through replace().
template <typename Row>
class Table {
public:
    explicit Table(std::size_t rows_max) : rows_max_(rows_max) {}

    Row& add(Row&& row) {
        if (rows_.size() == rows_max_) drop_oldest();
        Row& added = rows_.push_back(std::move(row));
        const std::uint64_t number = rows_.first_number() + rows_.size() - 1;
        places_.add(PlaceIndex::hash_of(added.id), number);
        enlist(added, number);
        return added;
    }
    Row& add(const Row& row) { return add(Row(row)); }

    // REQUIRES: `row` is one of this table, and `changed` has its id.
    void replace(Row& row, Row changed) {
        const std::uint64_t number = *number_of(row.id);
        strike(row, number);
        row = std::move(changed);
        enlist(row, number);
    }

    // nullptr when there is none.
    Row* find(std::string_view id) {
        const auto number = number_of(id);
        return number ? &rows_.at(*number) : nullptr;
    }
    const Row* find(std::string_view id) const { return const_cast<Table*>(this)->find(id); }

    std::optional<std::uint64_t> number_of(std::string_view id) const {
        if (rows_.empty()) return std::nullopt;
        return places_.find(PlaceIndex::hash_of(id), rows_.first_number(),
                            [&](std::uint64_t number) { return rows_.at(number).id == id; });
    }

    // Oldest first; rows of deleted objects included.
    Rows<Row>& rows() { return rows_; }
    const Rows<Row>& rows() const { return rows_; }

    // The numbers of the rows that name that object, oldest first. Good until the next change.
    std::span<const std::uint64_t> numbers_of(std::string_view owner) const {
        static_assert(kHasOwners);
        return owners_.of(owner);
    }
    // The rows themselves. Complexity: O(rows of that owner).
    std::vector<Row*> rows_of(std::string_view owner) {
        std::vector<Row*> found;
        for (const std::uint64_t number : numbers_of(owner)) found.push_back(&rows_.at(number));
        return found;
    }
    std::vector<const Row*> rows_of(std::string_view owner) const {
        std::vector<const Row*> found;
        for (const std::uint64_t number : numbers_of(owner)) found.push_back(&rows_.at(number));
        return found;
    }

private:
    static constexpr bool kHasOwners = requires(const Row& row) { owners_of(row); };

    void drop_oldest() {
        strike(rows_.front(), rows_.first_number());
        places_.remove(PlaceIndex::hash_of(rows_.front().id), rows_.first_number());
        rows_.pop_front();
    }
    void enlist(const Row& row, std::uint64_t number) {
        if constexpr (kHasOwners) {
            for (const std::string_view owner : owners_of(row)) {
                if (!owner.empty()) owners_.add(owner, number);
            }
        }
    }
    void strike(const Row& row, std::uint64_t number) {
        if constexpr (kHasOwners) {
            for (const std::string_view owner : owners_of(row)) {
                if (!owner.empty()) owners_.remove(owner, number);
            }
        }
    }

    struct NoOwners {};

    std::size_t rows_max_;
    Rows<Row> rows_;
    PlaceIndex places_;
    [[no_unique_address]] std::conditional_t<kHasOwners, OwnerIndex, NoOwners> owners_;
};

}  // namespace onsite::simulator

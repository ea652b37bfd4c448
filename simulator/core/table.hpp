// All objects of one kind, in the order in which they were made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "simulator/core/place_index.hpp"
#include "simulator/core/rows.hpp"

namespace onsite::simulator {

// Rows have an `id`. A pointer to a row is good until the row is removed. When there are more rows
// than `rows_max` the oldest is dropped: a server that runs for weeks does not grow for ever.
template <typename Row>
class Table {
public:
    explicit Table(std::size_t rows_max) : rows_max_(rows_max) {}

    Row& add(Row&& row) {
        if (rows_.size() == rows_max_) drop_oldest();
        Row& added = rows_.push_back(std::move(row));
        places_.add(PlaceIndex::hash_of(added.id), rows_.first_number() + rows_.size() - 1);
        return added;
    }
    Row& add(const Row& row) { return add(Row(row)); }

    // nullptr when there is none.
    Row* find(std::string_view id) {
        if (rows_.empty()) return nullptr;
        const auto found =
            places_.find(PlaceIndex::hash_of(id), rows_.first_number(),
                         [&](std::uint64_t number) { return rows_.at(number).id == id; });
        return found ? &rows_.at(*found) : nullptr;
    }
    const Row* find(std::string_view id) const { return const_cast<Table*>(this)->find(id); }

    // Oldest first; rows of deleted objects included.
    Rows<Row>& rows() { return rows_; }
    const Rows<Row>& rows() const { return rows_; }

private:
    void drop_oldest() {
        places_.remove(PlaceIndex::hash_of(rows_.front().id), rows_.first_number());
        rows_.pop_front();
    }

    std::size_t rows_max_;
    Rows<Row> rows_;
    PlaceIndex places_;
};

}  // namespace onsite::simulator

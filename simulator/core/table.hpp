// All objects of one kind, in the order in which they were made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace onsite::simulator {

// Rows have an `id`. A pointer to a row is good until the row is removed. When there are more rows
// than `rows_max` the oldest is dropped: a server that runs for weeks does not grow for ever.
template <typename Row>
class Table {
public:
    explicit Table(std::size_t rows_max) : rows_max_(rows_max) {}

    Row& add(Row row) {
        if (rows_.size() == rows_max_) drop_oldest();
        rows_.push_back(std::move(row));
        Row& added = rows_.back();
        places_.emplace(added.id, first_ + rows_.size() - 1);
        return added;
    }

    // nullptr when there is none.
    Row* find(std::string_view id) {
        const auto found = places_.find(id);
        return found == places_.end() ? nullptr : &rows_[found->second - first_];
    }
    const Row* find(std::string_view id) const { return const_cast<Table*>(this)->find(id); }

    // Oldest first; rows of deleted objects included.
    std::deque<Row>& rows() { return rows_; }
    const std::deque<Row>& rows() const { return rows_; }
    std::size_t dropped() const { return first_; }

private:
    void drop_oldest() {
        places_.erase(rows_.front().id);
        rows_.pop_front();
        ++first_;
    }

    std::size_t rows_max_;
    std::deque<Row> rows_;
    std::size_t first_ = 0;  // The number of the row at the front.
    // Finds by a view without making a string of it.
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> places_;
};

}  // namespace onsite::simulator

// A queue of rows that never move in memory: a list of chunks, the emptied one of which is used
// again.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace onsite::simulator {

// Rows have numbers, counted from the first that was ever added. An empty queue takes no memory,
// which a simulator with thirty kinds of objects is full of; one that is filled at one end and
// emptied at the other allocates nothing. Thread safety: none.
template <typename Row>
class Rows {
    template <typename Queue, typename Value>
    class Walker {
    public:
        using value_type = Row;
        using difference_type = std::ptrdiff_t;
        using reference = Value&;
        using pointer = Value*;
        using iterator_category = std::random_access_iterator_tag;

        Walker() = default;
        Walker(Queue& queue, std::uint64_t number) : queue_(&queue), number_(number) {}

        reference operator*() const { return queue_->at(number_); }
        pointer operator->() const { return &queue_->at(number_); }
        reference operator[](difference_type by) const { return *(*this + by); }
        Walker& operator+=(difference_type by) {
            number_ += static_cast<std::uint64_t>(by);
            return *this;
        }
        Walker& operator-=(difference_type by) { return *this += -by; }
        Walker& operator++() { return *this += 1; }
        Walker& operator--() { return *this -= 1; }
        Walker operator++(int) { return std::exchange(*this, *this + 1); }
        Walker operator--(int) { return std::exchange(*this, *this - 1); }
        friend Walker operator+(Walker walker, difference_type by) { return walker += by; }
        friend Walker operator+(difference_type by, Walker walker) { return walker += by; }
        friend Walker operator-(Walker walker, difference_type by) { return walker -= by; }
        friend difference_type operator-(const Walker& a, const Walker& b) {
            return static_cast<difference_type>(a.number_ - b.number_);
        }
        friend bool operator==(const Walker& a, const Walker& b) { return a.number_ == b.number_; }
        friend std::strong_ordering operator<=>(const Walker& a, const Walker& b) {
            return a.number_ <=> b.number_;
        }

    private:
        Queue* queue_ = nullptr;
        std::uint64_t number_ = 0;
    };

public:
    using iterator = Walker<Rows, Row>;
    using const_iterator = Walker<const Rows, const Row>;

    Rows() = default;
    Rows(const Rows&) = delete;
    ~Rows() {
        while (!empty()) pop_front();
    }

    bool empty() const { return first_ == end_; }
    std::size_t size() const { return static_cast<std::size_t>(end_ - first_); }
    std::uint64_t first_number() const { return first_; }

    // REQUIRES of those that give a row: there is one of that number.
    Row& at(std::uint64_t number) { return *place_of(number); }
    const Row& at(std::uint64_t number) const { return *place_of(number); }
    Row& operator[](std::size_t index) { return at(first_ + index); }
    const Row& operator[](std::size_t index) const { return at(first_ + index); }
    Row& front() { return at(first_); }
    const Row& front() const { return at(first_); }
    Row& back() { return at(end_ - 1); }
    const Row& back() const { return at(end_ - 1); }

    // Complexity: O(1) amortised; the rows that are there stay where they are.
    Row& push_back(Row&& row) {
        if (end_ % kRowsOfChunk == 0) add_chunk();
        Row* const added = std::construct_at(place_of(end_), std::move(row));
        ++end_;
        return *added;
    }
    void pop_front() {
        std::destroy_at(place_of(first_));
        ++first_;
        if (first_ % kRowsOfChunk == 0) spare_ = std::move(chunk_of(first_ - 1));
    }

    iterator begin() { return {*this, first_}; }
    iterator end() { return {*this, end_}; }
    const_iterator begin() const { return {*this, first_}; }
    const_iterator end() const { return {*this, end_}; }
    auto rbegin() { return std::reverse_iterator(end()); }
    auto rend() { return std::reverse_iterator(begin()); }
    auto rbegin() const { return std::reverse_iterator(end()); }
    auto rend() const { return std::reverse_iterator(begin()); }

private:
    // A power of two, so that numbers are split by shifts; a chunk has about 4 KiB.
    static constexpr std::size_t rows_of_chunk() {
        constexpr std::size_t kChunkBytes = 4'096;
        std::size_t rows = 1;
        while (2 * rows * sizeof(Row) <= kChunkBytes) rows *= 2;
        return rows;
    }
    static constexpr std::uint64_t kRowsOfChunk = rows_of_chunk();

    struct Chunk {
        alignas(Row) std::byte bytes[kRowsOfChunk * sizeof(Row)];
    };
    using ChunkPtr = std::unique_ptr<Chunk>;

    // The chunks are a ring whose size is a power of two.
    ChunkPtr& chunk_of(std::uint64_t number) {
        return ring_[(number / kRowsOfChunk) & (ring_.size() - 1)];
    }
    const ChunkPtr& chunk_of(std::uint64_t number) const {
        return const_cast<Rows*>(this)->chunk_of(number);
    }
    Row* place_of(std::uint64_t number) const {
        std::byte* const bytes = chunk_of(number)->bytes;
        return reinterpret_cast<Row*>(bytes) + number % kRowsOfChunk;
    }

    void add_chunk() {
        if (ring_.empty() || chunk_of(end_)) widen();
        chunk_of(end_) = spare_ ? std::move(spare_) : std::make_unique_for_overwrite<Chunk>();
    }
    // Doubles the ring; each chunk finds its place anew.
    void widen() {
        std::vector<ChunkPtr> old(ring_.empty() ? 1 : 2 * ring_.size());
        std::swap(old, ring_);
        if (old.empty()) return;
        const std::uint64_t first_chunk = first_ / kRowsOfChunk;
        for (std::uint64_t chunk = first_chunk; chunk < first_chunk + old.size(); ++chunk) {
            ring_[chunk & (ring_.size() - 1)] = std::move(old[chunk & (old.size() - 1)]);
        }
    }

    std::vector<ChunkPtr> ring_;
    ChunkPtr spare_;
    std::uint64_t first_ = 0;
    std::uint64_t end_ = 0;
};

}  // namespace onsite::simulator

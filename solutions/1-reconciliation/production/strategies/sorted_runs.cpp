#include "solutions/1-reconciliation/production/strategies/sorted_runs.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <utility>

#include <hwy/contrib/sort/vqsort.h>

namespace onsite::reconcile {
namespace {

constexpr std::size_t kReadBytes = 64 << 10;
constexpr std::size_t kEntriesAhead = 12;
// No entry is smaller than that: its sizes, a key, and a tail that is worth its place.
constexpr std::size_t kEntryBytesGuess = 8;
// Bytes of a key that sorting looks at without looking at the key itself.
constexpr std::size_t kBytesTogether = 12;
// Entries that are equal so far are sorted by their next bytes when they are many, as ids with a
// long beginning in common are; but not for ever, because they can be one long id again and again.
constexpr std::size_t kManyEqual = 64;
constexpr std::size_t kDepthMax = 4 * kBytesTogether;

// A size in one byte, or in five when it is large. Returns the place behind it.
constexpr std::uint8_t kLargeSize = 255;
constexpr std::size_t kSizesBytesMax = 2 * (1 + sizeof(std::uint32_t));

std::size_t bytes_of_size(std::size_t size) {
    return size < kLargeSize ? 1 : 1 + sizeof(std::uint32_t);
}

char* put_size(std::size_t size, char* out) {
    *out++ = static_cast<char>(std::min<std::size_t>(size, kLargeSize));
    if (size < kLargeSize) return out;
    const auto large = static_cast<std::uint32_t>(size);
    std::memcpy(out, &large, sizeof large);
    return out + sizeof large;
}

std::size_t take_size(const char*& at) {
    const auto small = static_cast<std::uint8_t>(*at++);
    if (small < kLargeSize) return small;
    std::uint32_t large;
    std::memcpy(&large, at, sizeof large);
    at += sizeof large;
    return large;
}

// Eight bytes of the key from `at` on, zeros behind its end.
std::uint64_t number_in(std::string_view key, std::size_t at) {
    std::uint64_t prefix = 0;
    if (key.size() > at) {
        std::memcpy(&prefix, key.data() + at, std::min<std::size_t>(8, key.size() - at));
    }
    static_assert(std::endian::native == std::endian::little);
    return __builtin_bswap64(prefix);
}

hwy::uint128_t reference_to(std::string_view key, std::size_t depth, std::uint64_t place) {
    hwy::uint128_t reference;
    reference.hi = number_in(key, depth);
    reference.lo = number_in(key, depth + 8) >> 32 << 32 | place;
    return reference;
}

class MemoryRun final : public SortedRun {
public:
    explicit MemoryRun(const EntryMemory& memory) : memory_(memory) {}
    Result<bool> next(Entry& entry) override {
        if (next_ == memory_.size()) return false;
        // In sorted order the entries are everywhere in memory.
        memory_.prefetch(std::min(next_ + kEntriesAhead, memory_.size() - 1));
        entry = memory_.at(next_++);
        return true;
    }

private:
    const EntryMemory& memory_;
    std::size_t next_ = 0;
};

class FileRun final : public SortedRun {
public:
    FileRun(std::shared_ptr<TempFile> file, std::uint64_t from, std::uint64_t to)
        : file_(std::move(file)), from_(from), to_(to) {}

    Result<bool> next(Entry& entry) override {
        const std::uint64_t left = buffer_.size() - at_ + (to_ - from_);
        if (left == 0) return false;
        if (auto there = need(std::min(left, kSizesBytesMax)); !there) return pass_on(there);
        const std::size_t size = encoded_size(decode(buffer_.data() + at_));
        if (auto there = need(size); !there) return pass_on(there);
        entry = decode(buffer_.data() + at_);
        at_ += size;
        return true;
    }

private:
    // Makes the next `size` bytes stand in the buffer from at_ on.
    Result<void> need(std::size_t size) {
        if (buffer_.size() - at_ >= size) return {};
        buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(at_));
        at_ = 0;
        const std::size_t had = buffer_.size();
        const std::size_t more =
            std::min<std::uint64_t>(to_ - from_, std::max(kReadBytes, size - had));
        buffer_.resize(had + more);
        auto got = file_->read(from_, {buffer_.data() + had, more});
        from_ += more;
        return got;
    }

    std::shared_ptr<TempFile> file_;
    std::uint64_t from_;
    std::uint64_t to_;
    std::vector<char> buffer_;
    std::size_t at_ = 0;
};

}  // namespace

bool is_before(const Entry& a, const Entry& b) {
    const int order = a.key.compare(b.key);
    return order != 0 ? order < 0 : a.tail.compare(b.tail) < 0;
}

KeyPrefix prefix_of(std::string_view key) { return {number_in(key, 0), number_in(key, 8)}; }

std::size_t encoded_size(const Entry& entry) {
    return bytes_of_size(entry.key.size()) + bytes_of_size(entry.tail.size()) + entry.key.size() +
           entry.tail.size();
}

void encode(const Entry& entry, char* out) {
    out = put_size(entry.key.size(), out);
    out = put_size(entry.tail.size(), out);
    std::memcpy(out, entry.key.data(), entry.key.size());
    std::memcpy(out + entry.key.size(), entry.tail.data(), entry.tail.size());
}

Entry decode(const char* bytes) {
    const std::size_t key = take_size(bytes);
    const std::size_t tail = take_size(bytes);
    return {.key = {bytes, key}, .tail = {bytes + key, tail}};
}

void EntryMemory::add(const Entry& entry) {
    const std::size_t size = encoded_size(entry);
    if (references_.size() == 0) {
        references_ = HugeMemory(references_max() * sizeof(Reference));
    }
    const std::uint32_t place = new_place(size);
    encode(entry, bytes_at(place));
    references()[size_++] = reference_to(entry.key, 0, place);
    bytes_ += size + sizeof(Reference);
    is_sorted_ = false;
}

// Address space alone costs nothing, so it is enough for all that the pool may add.
std::size_t EntryMemory::references_max() const { return bytes_max_ / kEntryBytesGuess + 1; }

bool EntryMemory::is_full() const {
    constexpr std::size_t kBlocksMax =
        (std::size_t{std::numeric_limits<std::uint32_t>::max()} + 1) * kAlignment /
        BlockPool::kBlockBytes;
    if (size_ == references_max() || block_ + 1 >= kBlocksMax) return true;
    return bytes_ >= bytes_max_ && !pool_.has_blocks();
}

std::uint32_t EntryMemory::new_place(std::size_t size) {
    if (block_ < blocks_.size() && BlockPool::kBlockBytes - block_used_ < size) {
        ++block_;
        block_used_ = 0;
    }
    if (block_ == blocks_.size()) blocks_.push_back(pool_.take());
    const std::size_t at = block_ * BlockPool::kBlockBytes + block_used_;
    block_used_ += (size + kAlignment - 1) / kAlignment * kAlignment;
    return static_cast<std::uint32_t>(at / kAlignment);
}

void EntryMemory::sort() {
    if (!std::exchange(is_sorted_, true)) sort_from({references(), size_}, 0);
}

// Sorts references by the bytes of their keys that they hold, those from `depth` on, and what is
// equal there by the rest.
void EntryMemory::sort_from(std::span<Reference> references, std::size_t depth) {
    hwy::Sorter()(references.data(), references.size(), hwy::SortAscending());
    const auto is_other = [](const Reference& a, const Reference& b) {
        return a.hi != b.hi || (a.lo ^ b.lo) >> 32 != 0;
    };
    for (auto first = references.begin(); first != references.end();) {
        const auto end = std::find_if(first + 1, references.end(), [&](const Reference& reference) {
            return is_other(*first, reference);
        });
        if (end - first > 1) sort_equal({first, end}, depth + kBytesTogether);
        first = end;
    }
}

void EntryMemory::sort_equal(std::span<Reference> references, std::size_t depth) {
    if (references.size() < kManyEqual || depth > kDepthMax) {
        std::ranges::sort(references, [&](const Reference& a, const Reference& b) {
            return is_before(decode(bytes_of(a)), decode(bytes_of(b)));
        });
        return;
    }
    for (Reference& reference : references) {
        reference = reference_to(decode(bytes_of(reference)).key, depth,
                                 static_cast<std::uint32_t>(reference.lo));
    }
    sort_from(references, depth);
}

void EntryMemory::clear() {
    block_ = block_used_ = 0;
    size_ = 0;
    bytes_ = 0;
}

std::unique_ptr<SortedRun> run_of(const EntryMemory& memory) {
    return std::make_unique<MemoryRun>(memory);
}

std::unique_ptr<SortedRun> run_of(std::shared_ptr<TempFile> file, std::uint64_t from,
                                  std::uint64_t to) {
    return std::make_unique<FileRun>(std::move(file), from, to);
}

}  // namespace onsite::reconcile

#include "solutions/1-reconciliation/production/strategies/sorted_runs.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace onsite::reconcile {
namespace {

constexpr std::size_t kBlockBytes = 2 << 20;
constexpr std::size_t kReadBytes = 64 << 10;
constexpr std::size_t kEntriesAhead = 12;

struct Sizes {
    std::uint32_t key;
    std::uint32_t tail;
};

// Eight bytes of the key from `at` on, zeros behind its end.
std::uint64_t number_in(std::string_view key, std::size_t at) {
    std::uint64_t prefix = 0;
    if (key.size() > at) {
        std::memcpy(&prefix, key.data() + at, std::min<std::size_t>(8, key.size() - at));
    }
    static_assert(std::endian::native == std::endian::little);
    return __builtin_bswap64(prefix);
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
        if (at_ == buffer_.size() && from_ == to_) return false;
        if (auto there = need(sizeof(Sizes)); !there) return pass_on(there);
        Sizes sizes;
        std::memcpy(&sizes, buffer_.data() + at_, sizeof sizes);
        const std::size_t size = sizeof sizes + sizes.key + sizes.tail;
        if (auto there = need(size); !there) return pass_on(there);
        const char* const bytes = buffer_.data() + at_ + sizeof sizes;
        entry = {.key = {bytes, sizes.key}, .tail = {bytes + sizes.key, sizes.tail}};
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

std::size_t encoded_size(const Entry& entry) {
    return sizeof(Sizes) + entry.key.size() + entry.tail.size();
}

void encode(const Entry& entry, char* out) {
    const Sizes sizes = {.key = static_cast<std::uint32_t>(entry.key.size()),
                         .tail = static_cast<std::uint32_t>(entry.tail.size())};
    std::memcpy(out, &sizes, sizeof sizes);
    std::memcpy(out + sizeof sizes, entry.key.data(), entry.key.size());
    std::memcpy(out + sizeof sizes + entry.key.size(), entry.tail.data(), entry.tail.size());
}

Entry decode(const char* bytes) {
    Sizes sizes;
    std::memcpy(&sizes, bytes, sizeof sizes);
    bytes += sizeof sizes;
    return {.key = {bytes, sizes.key}, .tail = {bytes + sizes.key, sizes.tail}};
}

void EntryMemory::add(const Entry& entry) {
    const std::size_t size = encoded_size(entry);
    // An entry is never smaller than its sizes, so there are no more references than that.
    if (size_ == 0 && references_.size() == 0) {
        references_ = HugeMemory((bytes_max_ / sizeof(Sizes) + 1) * sizeof(Reference));
    }
    char* const room = room_for(size);
    encode(entry, room);
    references()[size_++] = {
        .prefix = number_in(entry.key, 0), .middle = number_in(entry.key, 8), .bytes = room};
    bytes_ += size + sizeof(Reference);
    is_sorted_ = false;
}

char* EntryMemory::room_for(std::size_t size) {
    if (block_ < blocks_.size() && blocks_[block_].size() - block_used_ < size) {
        ++block_;
        block_used_ = 0;
    }
    if (block_ == blocks_.size()) blocks_.emplace_back(kBlockBytes);
    return blocks_[block_].data() + std::exchange(block_used_, block_used_ + size);
}

void EntryMemory::sort() {
    if (std::exchange(is_sorted_, true)) return;
    std::sort(references(), references() + size_, [](const Reference& a, const Reference& b) {
        if (a.prefix != b.prefix) return a.prefix < b.prefix;
        if (a.middle != b.middle) return a.middle < b.middle;
        return is_before(decode(a.bytes), decode(b.bytes));
    });
}

void EntryMemory::clear() {
    block_ = block_used_ = 0;
    size_ = 0;
    bytes_ = 0;
}

Entry EntryMemory::at(std::size_t index) const { return decode(references()[index].bytes); }

std::unique_ptr<SortedRun> run_of(const EntryMemory& memory) {
    return std::make_unique<MemoryRun>(memory);
}

std::unique_ptr<SortedRun> run_of(std::shared_ptr<TempFile> file, std::uint64_t from,
                                  std::uint64_t to) {
    return std::make_unique<FileRun>(std::move(file), from, to);
}

}  // namespace onsite::reconcile

// A group is a word that says which of 64 buckets are used, then those: a byte of flags, the sums
// unless they are 0, and the filters of both sides.
#include "solutions/1-reconciliation/production/plan/sketch_slice.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <optional>
#include <vector>

namespace onsite::reconcile {
namespace {

constexpr std::size_t kGroup = 64;
constexpr std::size_t kReadBytes = 1 << 20;
constexpr std::size_t kQuarters = 4;
constexpr std::size_t kQuarterBits = 16;

// How a filter stands there. One id has one bit in each quarter (sketch_table.cpp): four bits for
// each say all of it.
enum FilterForm : std::uint8_t { none, one_id, whole };
constexpr int kFormBits = 2;
constexpr std::uint8_t kHasSums = 1 << 7;

std::optional<std::uint16_t> packed(std::uint64_t filter) {
    std::uint16_t out = 0;
    for (std::size_t i = 0; i < kQuarters; ++i) {
        const auto quarter = static_cast<std::uint16_t>(filter >> i * kQuarterBits);
        if (!std::has_single_bit(quarter)) return std::nullopt;
        out = static_cast<std::uint16_t>(out | std::countr_zero(quarter) << i * 4);
    }
    return out;
}

std::uint64_t unpacked(std::uint16_t bits) {
    std::uint64_t filter = 0;
    for (std::size_t i = 0; i < kQuarters; ++i) {
        filter |= std::uint64_t{1} << (i * kQuarterBits + (bits >> i * 4 & 15));
    }
    return filter;
}

// A bucket as bytes; the room is filled from the front.
class Packed {
public:
    explicit Packed(const SketchBucket& bucket) {
        std::uint8_t flags = 0;
        size_ = 1;
        if ((bucket.low | bucket.high) != 0) {
            flags |= kHasSums;
            put(bucket.low);
            put(bucket.high);
        }
        for (std::size_t side = 0; side < kSides; ++side) {
            const std::uint64_t filter = bucket.seen[side];
            FilterForm form = none;
            if (const auto id = packed(filter)) {
                form = one_id;
                put(*id);
            } else if (filter != 0) {
                form = whole;
                put(filter);
            }
            flags = static_cast<std::uint8_t>(flags | form << side * kFormBits);
        }
        bytes_[0] = static_cast<char>(flags);
    }
    std::span<const char> bytes() const { return std::span(bytes_).first(size_); }

private:
    template <typename T>
    void put(T value) {
        std::memcpy(bytes_.data() + size_, &value, sizeof value);
        size_ += sizeof value;
    }
    std::array<char, 1 + kSketchBucketBytes> bytes_;
    std::size_t size_ = 0;
};

// Reads a section in large parts and hands it out in small ones.
class SectionStream {
public:
    SectionStream(const Input& input, std::size_t section)
        : input_(input), at_(input.begin(section)), end_(input.end(section)) {}

    // 0 from the end of the section on; is_good() says whether that was met.
    template <typename T>
    T get() {
        T value = {};
        if (buffer_.size() - used_ < sizeof value) fill();
        if (buffer_.size() - used_ < sizeof value) {
            is_good_ = false;
            return value;
        }
        std::memcpy(&value, buffer_.data() + used_, sizeof value);
        used_ += sizeof value;
        return value;
    }
    bool is_good() const { return is_good_; }
    Result<void>& error() { return read_; }

private:
    void fill() {
        buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(used_));
        used_ = 0;
        const std::size_t had = buffer_.size();
        const std::size_t more = std::min<std::uint64_t>(kReadBytes, end_ - at_);
        buffer_.resize(had + more);
        if (read_) read_ = input_.file()->read(at_, std::span(buffer_).subspan(had));
        if (!read_) buffer_.resize(had);
        at_ += more;
    }

    const Input& input_;
    std::uint64_t at_;
    std::uint64_t end_;
    std::vector<char> buffer_;
    std::size_t used_ = 0;
    Result<void> read_;
    bool is_good_ = true;
};

SketchBucket get_bucket(SectionStream& stream) {
    SketchBucket bucket = {};
    const auto flags = stream.get<std::uint8_t>();
    if ((flags & kHasSums) != 0) {
        bucket.low = stream.get<std::uint64_t>();
        bucket.high = stream.get<std::uint64_t>();
    }
    for (std::size_t side = 0; side < kSides; ++side) {
        const int form = flags >> side * kFormBits & 3;
        if (form == one_id) bucket.seen[side] = unpacked(stream.get<std::uint16_t>());
        if (form == whole) bucket.seen[side] = stream.get<std::uint64_t>();
    }
    return bucket;
}

}  // namespace

Result<void> write_slice(std::span<const SketchBucket> buckets, Output& output) {
    for (std::size_t from = 0; from < buckets.size(); from += kGroup) {
        const auto group = buckets.subspan(from, std::min(kGroup, buckets.size() - from));
        std::uint64_t used = 0;
        for (std::size_t i = 0; i < group.size(); ++i) {
            used |= std::uint64_t{group[i].is_used()} << i;
        }
        auto done = output.append({reinterpret_cast<const char*>(&used), sizeof used});
        if (!done) return done;
        for (const SketchBucket& bucket : group) {
            if (!bucket.is_used()) continue;
            done = output.append(Packed(bucket).bytes());
            if (!done) return done;
        }
    }
    output.end_section();
    return {};
}

Result<bool> add_slice(const Input& input, std::size_t section, std::span<SketchBucket> buckets) {
    SectionStream stream(input, section);
    for (std::size_t from = 0; from < buckets.size() && stream.is_good(); from += kGroup) {
        const std::size_t size = std::min(kGroup, buckets.size() - from);
        const auto used = stream.get<std::uint64_t>();
        for (std::size_t i = 0; i < size; ++i) {
            if ((used >> i & 1) != 0) buckets[from + i].add(get_bucket(stream));
        }
    }
    if (!stream.error()) return pass_on(stream.error());
    return stream.is_good();
}

}  // namespace onsite::reconcile

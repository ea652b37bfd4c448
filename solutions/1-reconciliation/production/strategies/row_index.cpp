#include "solutions/1-reconciliation/production/strategies/row_index.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace onsite::reconcile {
namespace {

constexpr int kGapBits = 8;
constexpr std::uint32_t kGapMask = (1 << kGapBits) - 1;
// One place in so many rows costs as much as the rows do.
constexpr std::size_t kRowsPerPlaceMin = 6;
constexpr std::size_t kPlacesFree = 1 << 16;

}  // namespace

std::uint64_t RowIndex::bytes_for(std::uint64_t rows) {
    return (rows / kChunkRows + 1) * kChunkRows * sizeof(Entry);
}

void RowIndex::add(const Batch& batch, std::span<const RowHash> hashes) {
    if (!is_whole_) return;
    if (batch.file != last_.file) last_ = {.file = batch.file, .line = kNoLine, .byte = 0};
    for (std::size_t done = 0; done < hashes.size();) {
        const std::size_t at = rows_ % kChunkRows;
        if (rows_ == chunks_.size() * kChunkRows) chunks_.emplace_back(kChunkRows * sizeof(Entry));
        const std::size_t count = std::min(hashes.size() - done, kChunkRows - at);
        add_entries(std::span(batch.rows).subspan(done, count), hashes.subspan(done, count),
                    entries(chunks_.size() - 1) + at);
        done += count;
        rows_ += count;
    }
    const std::uint64_t bytes =
        chunks_.size() * kChunkRows * sizeof(Entry) + 2 * places_.capacity() * sizeof(Place);
    const bool is_dense = places_.size() > kPlacesFree + rows_ / kRowsPerPlaceMin;
    if (bytes > bytes_max_ || is_dense) give_up();
}

void RowIndex::add_entries(std::span<const Row> rows, std::span<const RowHash> hashes, Entry* out) {
    // A copy: it would be stored and read again for each row.
    Place last = last_;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::uint64_t gap = rows[i].byte - last.byte;
        const bool is_next = rows[i].line == last.line + 1;
        last.line = rows[i].line;
        last.byte = rows[i].byte;
        if (!is_next || gap >= kElsewhere) {
            places_.push_back(last);
            gap = kElsewhere;
        }
        out[i] = static_cast<Entry>(hashes[i].id >> 32 & ~kGapMask) | static_cast<Entry>(gap);
    }
    last_ = last;
}

void RowIndex::give_up() {
    is_whole_ = false;
    chunks_.clear();
    places_ = std::vector<Place>();
}

void RowIndex::give_up_to(BlockPool& pool, std::uint64_t bytes_max) {
    const std::uint64_t room = pool.bytes_held() + bytes_max;
    for (HugeMemory& chunk : chunks_) {
        if (pool.bytes_held() + chunk.size() <= room) pool.give(std::move(chunk));
    }
    give_up();
}

// Looks at the rows in groups that follow each other in a file, without a branch for each row:
// which of them are dirty is as good as random, and the processor would guess it wrong.
class RowIndex::Picker final : public RowPicker {
public:
    Picker(const RowIndex& index, const DirtyBuckets& dirty)
        : index_(index), dirty_(dirty.in_larger_buckets(32 - kGapBits)) {}

    bool next(Stretch& stretch) override {
        while (picked_ == 0) {
            row_ += count_;
            if (row_ == index_.rows_) return false;
            load_group();
        }
        const auto first = static_cast<std::size_t>(std::countr_zero(picked_));
        const auto end = first + static_cast<std::size_t>(std::countr_one(picked_ >> first));
        stretch = {.file = first_.file,
                   .byte = first_.byte + distances_[first],
                   .line = first_.line + first,
                   .end = end == count_ ? end_ : first_.byte + distances_[end]};
        if (is_first_of_file_ && first == 0) {
            stretch.byte = 0;
            stretch.line = 1;
        }
        picked_ &= ~lowest(end);
        return true;
    }

private:
    static constexpr std::size_t kGroupRows = 64;
    static std::uint64_t lowest(std::size_t bits) {
        return bits == kGroupRows ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
    }

    // The group that begins at row_ ends before the next row that stands elsewhere.
    void load_group() {
        const Entry* const entries = &index_.entry(row_);
        move_to_first(entries[0] & kGapMask);
        const std::size_t most =
            std::min({kGroupRows, index_.rows_ - row_, kChunkRows - row_ % kChunkRows});
        std::uint64_t elsewhere = 0;
        std::uint32_t distance = 0;
        for (std::size_t i = 0; i < most; ++i) {
            const std::uint32_t gap = i == 0 ? 0 : entries[i] & kGapMask;
            distance += gap;
            distances_[i] = distance;
            elsewhere |= std::uint64_t{gap == kElsewhere} << i;
            picked_ |= std::uint64_t{dirty_.has(std::uint64_t{entries[i]} << 32)} << i;
        }
        count_ = elsewhere == 0 ? most : static_cast<std::size_t>(std::countr_zero(elsewhere));
        picked_ &= lowest(count_);
        // The columns are named there.
        if (is_first_of_file_) picked_ |= 1;
        end_ = end_of_group();
    }

    void move_to_first(std::uint32_t gap) {
        is_first_of_file_ = false;
        if (gap == kElsewhere) {
            const Place& place = index_.places_[place_];
            is_first_of_file_ = place_ == 0 || place.file != first_.file;
            first_ = place;
            ++place_;
        } else {
            first_.byte = end_;
            first_.line += count_;
        }
    }

    std::uint64_t end_of_group() const {
        const std::size_t next = row_ + count_;
        if (next == index_.rows_) return Stretch::kToTheEnd;
        const std::uint32_t gap = index_.entry(next) & kGapMask;
        if (gap != kElsewhere) return first_.byte + distances_[count_ - 1] + gap;
        const Place& place = index_.places_[place_];
        return place.file == first_.file ? place.byte : Stretch::kToTheEnd;
    }

    const RowIndex& index_;
    const DirtyBuckets dirty_;  // As far as an entry can tell them apart.
    std::size_t row_ = 0;
    std::size_t place_ = 0;

    // The group from row_ on: what is still to be picked, and where its rows stand.
    std::size_t count_ = 0;
    std::uint64_t picked_ = 0;
    Place first_;
    bool is_first_of_file_ = false;
    std::array<std::uint32_t, kGroupRows> distances_ = {};  // In bytes from the first row.
    std::uint64_t end_ = 0;
};

std::unique_ptr<RowPicker> RowIndex::pick(const DirtyBuckets& dirty) const {
    return std::make_unique<Picker>(*this, dirty);
}

}  // namespace onsite::reconcile

#include "solutions/1-reconciliation/production/strategies/row_index.hpp"

#include <algorithm>

namespace onsite::reconcile {
namespace {

constexpr int kGapBits = 8;
constexpr std::uint64_t kGapMask = (1 << kGapBits) - 1;
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

class RowIndex::Picker final : public RowPicker {
public:
    Picker(const RowIndex& index, const DirtyBuckets& dirty)
        : index_(index), dirty_(dirty.in_larger_buckets(32 - kGapBits)) {}

    bool next(Stretch& stretch) override {
        while (row_ < index_.rows_) {
            const std::size_t in_chunk = row_ % kChunkRows;
            const std::size_t count = std::min(index_.rows_ - row_, kChunkRows - in_chunk);
            const Entry* const entries = index_.entries(row_ / kChunkRows) + in_chunk;
            const std::size_t skipped = skip_clean({entries, count});
            row_ += skipped;
            if (skipped == count) continue;
            stretch = {.file = at_.file, .byte = at_.byte, .line = at_.line, .end = end_of_row()};
            if (is_first_of_file_) {
                stretch.byte = 0;
                stretch.line = 1;
            }
            ++row_;
            return true;
        }
        return false;
    }

private:
    // Walks to the first row to be picked, whose place at_ becomes, or to the end. Returns how many
    // rows there are before it.
    std::size_t skip_clean(std::span<const Entry> entries) {
        Place at = at_;  // As in add_entries().
        std::size_t i = 0;
        for (; i < entries.size(); ++i) {
            const std::uint64_t gap = entries[i] & kGapMask;
            is_first_of_file_ = false;
            if (gap == kElsewhere) {
                is_first_of_file_ = place_ == 0 || index_.places_[place_].file != at.file;
                at = index_.places_[place_++];
            } else {
                at.byte += gap;
                ++at.line;
            }
            if (is_first_of_file_ || dirty_.has(std::uint64_t{entries[i]} << 32)) break;
        }
        at_ = at;
        return i;
    }
    std::uint64_t end_of_row() const {
        if (row_ + 1 == index_.rows_) return Stretch::kToTheEnd;
        const std::uint64_t gap = index_.entry(row_ + 1) & kGapMask;
        if (gap != kElsewhere) return at_.byte + gap;
        const Place& next = index_.places_[place_];
        return next.file == at_.file ? next.byte : Stretch::kToTheEnd;
    }

    const RowIndex& index_;
    const DirtyBuckets dirty_;  // As far as an entry can tell them apart.
    std::size_t row_ = 0;
    std::size_t place_ = 0;
    Place at_;
    bool is_first_of_file_ = false;
};

std::unique_ptr<RowPicker> RowIndex::pick(const DirtyBuckets& dirty) const {
    return std::make_unique<Picker>(*this, dirty);
}

}  // namespace onsite::reconcile

#include "solutions/1-reconciliation/production/strategies/row_index.hpp"

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
    // A copy: it would be stored and read again for each row.
    Place last = last_;
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        const Row& row = batch.rows[i];
        std::uint64_t gap = row.byte - last.byte;
        const bool is_next = row.line == last.line + 1 && batch.file == last.file;
        last = {.file = batch.file, .line = row.line, .byte = row.byte};
        if (!is_next || gap >= kElsewhere) {
            places_.push_back(last);
            gap = kElsewhere;
        }
        if (rows_ == chunks_.size() * kChunkRows) chunks_.emplace_back(kChunkRows * sizeof(Entry));
        entries(rows_ / kChunkRows)[rows_ % kChunkRows] =
            static_cast<Entry>(hashes[i].id >> 32 & ~kGapMask) | static_cast<Entry>(gap);
        ++rows_;
    }
    last_ = last;
    const std::uint64_t bytes =
        chunks_.size() * kChunkRows * sizeof(Entry) + 2 * places_.capacity() * sizeof(Place);
    const bool is_dense = places_.size() > kPlacesFree + rows_ / kRowsPerPlaceMin;
    if (bytes > bytes_max_ || is_dense) give_up();
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
        Place at = at_;  // As in add().
        for (std::size_t row = row_; row < index_.rows_; ++row) {
            const Entry entry = index_.entry(row);
            const std::uint64_t gap = entry & kGapMask;
            bool is_first_of_file = false;
            if (gap == kElsewhere) {
                is_first_of_file = place_ == 0 || index_.places_[place_].file != at.file;
                at = index_.places_[place_++];
            } else {
                at.byte += gap;
                ++at.line;
            }
            if (!is_first_of_file && !dirty_.has(std::uint64_t{entry} << 32)) continue;
            at_ = at;
            row_ = row;
            stretch = {.file = at.file, .byte = at.byte, .line = at.line, .end = end_of_row()};
            if (is_first_of_file) {
                stretch.byte = 0;
                stretch.line = 1;
            }
            ++row_;
            return true;
        }
        row_ = index_.rows_;
        return false;
    }

private:
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
};

std::unique_ptr<RowPicker> RowIndex::pick(const DirtyBuckets& dirty) const {
    return std::make_unique<Picker>(*this, dirty);
}

}  // namespace onsite::reconcile

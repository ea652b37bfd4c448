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
    for (std::size_t i = 0; i < hashes.size(); ++i) add(batch.rows[i], batch.file, hashes[i].id);
    const std::uint64_t bytes =
        chunks_.size() * kChunkRows * sizeof(Entry) + 2 * places_.capacity() * sizeof(Place);
    const bool is_dense = places_.size() > kPlacesFree + rows_ / kRowsPerPlaceMin;
    if (bytes > bytes_max_ || is_dense) give_up();
}

void RowIndex::add(const Row& row, std::uint32_t file, std::uint64_t id_hash) {
    if (rows_ == chunks_.size() * kChunkRows) chunks_.emplace_back(kChunkRows * sizeof(Entry));
    std::uint64_t gap = row.byte - last_.byte;
    const bool is_next = rows_ > 0 && file == last_.file && row.line == last_.line + 1;
    last_ = {.file = file, .line = row.line, .byte = row.byte};
    if (!is_next || gap >= kElsewhere) {
        places_.push_back(last_);
        gap = kElsewhere;
    }
    entries(rows_ / kChunkRows)[rows_ % kChunkRows] =
        static_cast<Entry>(id_hash >> 32 & ~kGapMask) | static_cast<Entry>(gap);
    ++rows_;
}

void RowIndex::give_up() {
    is_whole_ = false;
    chunks_.clear();
    places_ = std::vector<Place>();
}

class RowIndex::Picker final : public RowPicker {
public:
    Picker(const RowIndex& index, const DirtyBuckets& dirty) : index_(index), dirty_(dirty) {}

    bool next(Stretch& stretch) override {
        for (; row_ < index_.rows_; ++row_) {
            const Entry entry = index_.entry(row_);
            const bool is_first_of_file = step(entry);
            if (!is_first_of_file && !dirty_.may_have(entry >> kGapBits, 32 - kGapBits)) continue;
            stretch = {.file = at_.file, .byte = at_.byte, .line = at_.line, .end = end_of_row()};
            if (is_first_of_file) {
                stretch.byte = 0;
                stretch.line = 1;
            }
            ++row_;
            return true;
        }
        return false;
    }

private:
    // Goes to the row; tells whether it is the first one of its file.
    bool step(Entry entry) {
        const std::uint64_t gap = entry & kGapMask;
        if (gap != kElsewhere) {
            at_.byte += gap;
            ++at_.line;
            return false;
        }
        const bool is_first_of_file = place_ == 0 || index_.places_[place_].file != at_.file;
        at_ = index_.places_[place_++];
        return is_first_of_file;
    }

    std::uint64_t end_of_row() const {
        if (row_ + 1 == index_.rows_) return Stretch::kToTheEnd;
        const std::uint64_t gap = index_.entry(row_ + 1) & kGapMask;
        if (gap != kElsewhere) return at_.byte + gap;
        const Place& next = index_.places_[place_];
        return next.file == at_.file ? next.byte : Stretch::kToTheEnd;
    }

    const RowIndex& index_;
    const DirtyBuckets& dirty_;
    std::size_t row_ = 0;
    std::size_t place_ = 0;
    Place at_;
};

std::unique_ptr<RowPicker> RowIndex::pick(const DirtyBuckets& dirty) const {
    return std::make_unique<Picker>(*this, dirty);
}

}  // namespace onsite::reconcile

// Reads the rows that begin in one piece of a file: those and no others, with their places in the
// whole file, as a reader of the whole file would give them.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/error.hpp"
#include "solutions/1-reconciliation/production/input/batch.hpp"
#include "solutions/1-reconciliation/production/input/feed_reader.hpp"
#include "solutions/1-reconciliation/production/input/file_reader.hpp"
#include "solutions/1-reconciliation/production/input/row_parser.hpp"
#include "solutions/1-reconciliation/production/plan/plan.hpp"

namespace onsite::reconcile {

// Opens the file of a piece. Errors: usage when it is not what the plan says.
Result<InputFile> open_planned(const Plan& plan, Side side, std::uint32_t file);

class PieceReader {
public:
    // `first` is where the piece's first row begins; of a compressed file it is not looked at.
    // REQUIRES: plan outlives the reader.
    static Result<std::unique_ptr<PieceReader>> open(const Plan& plan, const Piece& piece,
                                                     RowStart first);

    // Replaces the batch by the next rows; they live until the next call. Returns false at the end.
    // Errors: usage when the file was changed or is damaged.
    Result<bool> next(Batch& batch);

private:
    PieceReader(const Plan& plan, const Piece& piece, RowStart first, InputFile file);
    Result<void> fill();
    void drop_rows_behind(Batch& batch) const;

    Piece piece_;
    std::vector<InputFile> files_;       // One.
    std::unique_ptr<FeedReader> whole_;  // Of a compressed file.
    std::unique_ptr<RowParser> parser_;  // Of any other.
    std::vector<char> buffer_;
    std::size_t begin_ = 0;  // The content that no row was made of yet is buffer_[begin_, end_),
    std::size_t end_ = 0;
    std::uint64_t byte_ = 0;  // and begin_ is there in the file.
    bool is_at_end_ = false;
};

}  // namespace onsite::reconcile

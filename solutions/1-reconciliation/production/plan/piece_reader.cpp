#include "solutions/1-reconciliation/production/plan/piece_reader.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <unistd.h>

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/strategies/memory_plan.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::size_t kBlockBytes = 128 << 10;

}  // namespace

Result<InputFile> open_planned(const Plan& plan, Side side, std::uint32_t file) {
    const PlannedFile& planned = plan.files_of(side)[file];
    auto opened = InputFile::open(planned.path, plan.settings.temp_folder,
                                  plan_memory(plan.settings).window_bytes);
    if (!opened) return opened;
    if (opened->bytes() != planned.bytes || opened->changed_at_ns() != planned.changed_at_ns) {
        return usage_error(fmt::format(
            "{}: expected the {} bytes that the plan was made for, found {} bytes or a later "
            "change; start a new run when nobody writes to the file",
            planned.name, planned.bytes, opened->bytes()));
    }
    return opened;
}

Result<std::unique_ptr<PieceReader>> PieceReader::open(const Plan& plan, const Piece& piece,
                                                       RowStart first) {
    auto file = open_planned(plan, piece.side, piece.file);
    if (!file) return pass_on(file);
    return std::unique_ptr<PieceReader>(new PieceReader(plan, piece, first, std::move(*file)));
}

PieceReader::PieceReader(const Plan& plan, const Piece& piece, RowStart first, InputFile file)
    : piece_(piece) {
    const Feed& feed = plan.feed(piece.side);
    const PlannedFile& planned = plan.files_of(piece.side)[piece.file];
    files_.push_back(std::move(file));
    if (planned.is_compressed) {
        whole_ = std::make_unique<FeedReader>(feed, files_);
        return;
    }
    parser_ = feed.format == Format::csv ? make_csv_parser(feed) : make_json_parser(feed);
    parser_->start_within_file(planned.name, planned.head, first);
    byte_ = first.byte;
    begin_ = end_ = kTextMargin;
    buffer_.resize(kTextMargin + 2 * kBlockBytes + kTextMargin);
    is_at_end_ = byte_ >= piece.end;
}

Result<bool> PieceReader::next(Batch& batch) {
    if (whole_) {
        auto is_there = whole_->next(batch);
        batch.file = piece_.file;
        return is_there;
    }
    batch.clear();
    batch.file = piece_.file;
    while (!is_at_end_) {
        if (auto filled = fill(); !filled) return pass_on(filled);
        // A row that begins in the piece may end behind it, and what it is may depend on more.
        const bool is_last = byte_ + (end_ - begin_) == files_[0].bytes();
        auto used =
            parser_->parse({{buffer_.data() + begin_, end_ - begin_}, byte_, is_last}, batch);
        if (!used) return pass_on(used);
        begin_ += *used;
        byte_ += *used;
        is_at_end_ = is_last || byte_ >= piece_.end;
        if (is_at_end_) {
            drop_rows_behind(batch);
            if (auto same = files_[0].expect_unchanged(); !same) return pass_on(same);
        }
        if (!batch.rows.empty() || !batch.bad_rows.empty()) return true;
    }
    return false;
}

void PieceReader::drop_rows_behind(Batch& batch) const {
    while (!batch.rows.empty() && batch.rows.back().byte >= piece_.end) batch.rows.pop_back();
    while (!batch.bad_rows.empty() && batch.bad_rows.back().byte >= piece_.end) {
        batch.bad_rows.pop_back();
    }
}

// Moves what is left to the front and reads a block behind it.
Result<void> PieceReader::fill() {
    const std::size_t left = end_ - begin_;
    std::memmove(buffer_.data() + kTextMargin, buffer_.data() + begin_, left);
    begin_ = kTextMargin;
    end_ = begin_ + left;
    if (end_ + kBlockBytes + kTextMargin > buffer_.size()) {
        buffer_.resize(end_ + kBlockBytes + kTextMargin);
    }
    const std::uint64_t from = byte_ + left;
    const InputFile& file = files_[0];
    const std::size_t wanted = std::min<std::uint64_t>(kBlockBytes, file.bytes() - from);
    std::size_t filled = 0;
    while (filled < wanted) {
        const ssize_t got = ::pread(file.descriptor(), buffer_.data() + end_, wanted - filled,
                                    static_cast<off_t>(from + filled));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) {
            return usage_error(
                fmt::format("{}: expected {} bytes, found that it ends at byte {}; "
                            "start a new run when nobody writes to it",
                            file.name(), file.bytes(), from + filled));
        }
        filled += static_cast<std::size_t>(got);
        end_ += static_cast<std::size_t>(got);
    }
    // A margin without meaning: not the digits or quotes of an earlier block.
    std::memset(buffer_.data() + end_, 0, kTextMargin);
    return {};
}

}  // namespace onsite::reconcile

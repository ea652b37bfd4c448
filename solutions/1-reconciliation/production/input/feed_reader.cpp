#include "solutions/1-reconciliation/production/input/feed_reader.hpp"

#include <algorithm>
#include <cstring>

namespace onsite::reconcile {
namespace {

// Text, offsets and rows of one block stay in the second-level cache until they are used.
constexpr std::size_t kBlockBytes = 32 << 10;

}  // namespace

FeedReader::FeedReader(const Feed& feed, const std::vector<InputFile>& files,
                       std::unique_ptr<RowPicker> picker)
    : files_(files),
      parser_(feed.format == Format::csv ? make_csv_parser(feed) : make_json_parser(feed)),
      picker_(std::move(picker)),
      buffer_(kTextMargin + 2 * kBlockBytes + kTextMargin) {
    if (picker_) has_stretch_ = picker_->next(stretch_);
}

Result<bool> FeedReader::next(Batch& batch) {
    batch.clear();
    while (files_read_.size() < files_.size()) {
        if (!reader_) start_file();
        if (auto filled = fill(); !filled) return pass_on(filled);
        batch.file = static_cast<std::uint32_t>(files_read_.size());
        auto used = picker_ ? parse_picked(batch) : parse(batch);
        if (!used) return pass_on(used);
        begin_ += *used;
        byte_ += *used;
        if (is_last_) {
            files_read_.push_back(reader_->result());
            bytes_of_files_read_ += reader_->bytes_read();
            reader_.reset();
        }
        if (!batch.rows.empty() || !batch.bad_rows.empty()) return true;
    }
    return false;
}

void FeedReader::start_file() {
    const InputFile& file = files_[files_read_.size()];
    reader_ = std::make_unique<FileReader>(
        file, picker_ ? FileReader::Want::content : FileReader::Want::content_and_hash);
    parser_->start_file(file.name());
    begin_ = end_ = kTextMargin;
    byte_ = 0;
    is_last_ = false;
}

Result<std::size_t> FeedReader::parse(Batch& batch) {
    return parser_->parse(
        {.bytes = {buffer_.data() + begin_, end_ - begin_}, .byte = byte_, .is_last = is_last_},
        batch);
}

// Takes all of the text but the end of a stretch that goes on behind it. Of a file that was changed
// since it was indexed anything may be parsed: other rows have other hashes, which the sketch sees.
Result<std::size_t> FeedReader::parse_picked(Batch& batch) {
    const std::uint64_t byte_end = byte_ + (end_ - begin_);
    while (has_stretch_ && stretch_.file == batch.file && stretch_.byte < byte_end) {
        const bool is_whole = stretch_.end <= byte_end || is_last_;
        const std::uint64_t to = std::min(stretch_.end, byte_end);
        if (!is_inside_stretch_ && stretch_.byte > 0) parser_->go_to(stretch_.line);
        auto parsed = parser_->parse({.bytes = {buffer_.data() + begin_ + (stretch_.byte - byte_),
                                                static_cast<std::size_t>(to - stretch_.byte)},
                                      .byte = stretch_.byte,
                                      .is_last = is_whole},
                                     batch);
        if (!parsed) return parsed;
        is_inside_stretch_ = !is_whole;
        if (!is_whole) {
            stretch_.byte += *parsed;
            return stretch_.byte - byte_;
        }
        has_stretch_ = picker_->next(stretch_);
    }
    return static_cast<std::size_t>(byte_end - byte_);
}

// Moves what is left to the front and reads a block behind it.
Result<void> FeedReader::fill() {
    const std::size_t left = end_ - begin_;
    std::memmove(buffer_.data() + kTextMargin, buffer_.data() + begin_, left);
    begin_ = kTextMargin;
    end_ = begin_ + left;
    if (end_ + kBlockBytes + kTextMargin > buffer_.size()) {
        buffer_.resize(end_ + kBlockBytes + kTextMargin);
    }
    auto got = reader_->read({buffer_.data() + end_, kBlockBytes});
    if (!got) return pass_on(got);
    is_last_ = *got < kBlockBytes;
    end_ += *got;
    // A margin without meaning: not the digits or quotes of an earlier block.
    std::memset(buffer_.data() + end_, 0, kTextMargin);
    return {};
}

std::uint64_t FeedReader::bytes_read() const {
    return bytes_of_files_read_ + (reader_ ? reader_->bytes_read() : 0);
}

}  // namespace onsite::reconcile

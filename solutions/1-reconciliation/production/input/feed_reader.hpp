// Reads a feed from its first row to its last, batch by batch.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "base/error.hpp"
#include "solutions/1-reconciliation/production/input/batch.hpp"
#include "solutions/1-reconciliation/production/input/file_reader.hpp"
#include "solutions/1-reconciliation/production/input/row_parser.hpp"
#include "solutions/1-reconciliation/production/input/row_picker.hpp"

namespace onsite::reconcile {

class FeedReader {
public:
    // REQUIRES: feed and files outlive the reader. `files` are those of the feed, in its order.
    // With a picker only the rows that it picks are parsed; all bytes are read, but not hashed.
    FeedReader(const Feed& feed, const std::vector<InputFile>& files,
               std::unique_ptr<RowPicker> picker = nullptr);

    // Replaces the batch by the next rows; they live until the next call. Returns false at the end.
    // Errors: usage, see FileReader and RowParser.
    Result<bool> next(Batch& batch);

    // Of the files that were read to their ends; without hashes when there is a picker.
    const std::vector<FileRead>& files_read() const { return files_read_; }
    std::uint64_t bytes_read() const;
    // Of the file that is being read; nothing while its header was not seen to its end.
    std::optional<FileHead> head() const { return parser_->head(); }

private:
    void start_file();
    Result<void> fill();
    Result<std::size_t> parse(Batch& batch);
    Result<std::size_t> parse_picked(Batch& batch);

    const std::vector<InputFile>& files_;
    std::unique_ptr<RowParser> parser_;
    std::unique_ptr<RowPicker> picker_;
    Stretch stretch_;  // The next one to be parsed, while has_stretch_.
    bool has_stretch_ = false;
    bool is_inside_stretch_ = false;  // Its beginning was parsed.
    std::unique_ptr<FileReader> reader_;
    std::vector<FileRead> files_read_;
    std::uint64_t bytes_of_files_read_ = 0;

    // The content that no row was made of yet is buffer_[begin_, end_).
    std::vector<char> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::uint64_t byte_ = 0;  // Where begin_ is in the file.
    bool is_last_ = false;
};

}  // namespace onsite::reconcile

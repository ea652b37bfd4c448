// What a task writes: one file of sections, made beside its place and renamed when it is complete,
// so that whoever sees it sees all of it. Two tasks that write the same do no harm.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "solutions/1-reconciliation/production/plan/plan.hpp"
#include "solutions/1-reconciliation/production/storage/temp_file.hpp"

namespace onsite::reconcile {

std::filesystem::path output_path(const std::filesystem::path& folder, Stage stage,
                                  std::size_t index);

class Output {
public:
    static Result<Output> create(const std::filesystem::path& folder, Stage stage,
                                 std::size_t index);
    Output(Output&&) noexcept = default;
    Output& operator=(Output&&) = delete;
    ~Output();  // Without commit() nothing is left.

    // Errors: tool, when the disk is full above all.
    Result<void> append(std::span<const char> bytes);
    void end_section() { ends_.push_back(size_ + waiting_.size()); }
    // Flushes to the disk, then renames. `run` is written down.
    Result<void> commit(std::string_view run);

private:
    Output(Descriptor descriptor, std::string temporary, std::filesystem::path path)
        : descriptor_(std::move(descriptor)),
          temporary_(std::move(temporary)),
          path_(std::move(path)) {}
    Result<void> flush();

    Descriptor descriptor_;
    std::string temporary_;
    std::filesystem::path path_;
    std::vector<char> waiting_;
    std::uint64_t size_ = 0;
    std::vector<std::uint64_t> ends_;
};

class Input {
public:
    // Errors: tool when the task has not run, the shared folder does not show its output yet, or
    // that is damaged; usage when it belongs to another run.
    static Result<Input> open(const std::filesystem::path& folder, Stage stage, std::size_t index,
                              std::string_view run);

    std::size_t sections() const { return ends_.size(); }
    std::uint64_t begin(std::size_t section) const { return section == 0 ? 0 : ends_[section - 1]; }
    std::uint64_t end(std::size_t section) const { return ends_[section]; }
    std::uint64_t size(std::size_t section) const { return end(section) - begin(section); }
    // A whole section, for small ones. Errors: tool, also when the output has no such section.
    Result<std::string> text(std::size_t section) const;
    const std::shared_ptr<TempFile>& file() const { return file_; }

private:
    Input(Stage stage, std::size_t index) : stage_(stage), index_(index) {}

    Stage stage_;
    std::size_t index_;
    std::shared_ptr<TempFile> file_;
    std::vector<std::uint64_t> ends_;
};

std::unexpected<Error> damaged_output(Stage stage, std::size_t index);

}  // namespace onsite::reconcile

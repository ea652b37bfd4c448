#include "solutions/1-reconciliation/production/plan/outputs.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/plan/bytes.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::size_t kWriteBytes = 1 << 20;
constexpr std::uint64_t kMagic = 0x31'74'75'4F'65'74'69'73;
constexpr std::size_t kRunBytes = 64;
constexpr std::size_t kTailBytes = kRunBytes + 2 * sizeof(std::uint64_t);
constexpr std::uint64_t kSectionsMax = 1 << 20;

std::unexpected<Error> cannot_write(const std::filesystem::path& path) {
    const std::string problem = std::strerror(errno);
    return tool_error(fmt::format(
        "{}: expected to write a task's output, found: {}; free some space and run again: what is "
        "done stays done",
        path.string(), problem));
}

}  // namespace

std::filesystem::path output_path(const std::filesystem::path& folder, Stage stage,
                                  std::size_t index) {
    return folder / "out" / fmt::format("{}-{}", to_string(stage), index);
}

Result<Output> Output::create(const std::filesystem::path& folder, Stage stage, std::size_t index) {
    const auto path = output_path(folder, stage, index);
    std::string temporary = path.string() + ".part-XXXXXX";
    Descriptor descriptor(::mkostemp(temporary.data(), O_CLOEXEC));
    if (!descriptor.is_open()) return cannot_write(path);
    return Output(std::move(descriptor), temporary, path);
}

Output::~Output() {
    if (descriptor_.is_open()) ::unlink(temporary_.c_str());
}

Result<void> Output::append(std::span<const char> bytes) {
    waiting_.insert(waiting_.end(), bytes.begin(), bytes.end());
    return waiting_.size() < kWriteBytes ? Result<void>() : flush();
}

Result<void> Output::flush() {
    std::span<const char> left = waiting_;
    while (!left.empty()) {
        const ssize_t written = ::write(descriptor_.get(), left.data(), left.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return cannot_write(path_);
        left = left.subspan(static_cast<std::size_t>(written));
    }
    size_ += waiting_.size();
    waiting_.clear();
    return {};
}

Result<void> Output::commit(std::string_view run) {
    BytesWriter tail;
    for (const std::uint64_t end : ends_) tail.put(end);
    tail.put(std::uint64_t{ends_.size()});
    tail.bytes += run;
    tail.put(kMagic);
    waiting_.insert(waiting_.end(), tail.bytes.begin(), tail.bytes.end());
    if (auto flushed = flush(); !flushed) return flushed;
    if (::fsync(descriptor_.get()) != 0) return cannot_write(path_);
    if (!descriptor_.reset() || ::rename(temporary_.c_str(), path_.c_str()) != 0) {
        const auto error = cannot_write(path_);
        ::unlink(temporary_.c_str());
        return error;
    }
    return {};
}

Result<Input> Input::open(const std::filesystem::path& folder, Stage stage, std::size_t index,
                          std::string_view run) {
    const auto path = output_path(folder, stage, index);
    auto file = TempFile::open(path);
    if (!file) {
        return tool_error(
            fmt::format("{}: expected the output of {} task {}, found none; run "
                        "the stages in their order",
                        path.string(), to_string(stage), index));
    }
    if (file->size() < kTailBytes) return damaged_output(stage, index);
    std::string tail(kTailBytes, '\0');
    if (auto got = file->read(file->size() - kTailBytes, tail); !got) return pass_on(got);
    BytesReader reader(tail);
    const auto count = reader.get<std::uint64_t>();
    const std::string_view written_run = std::string_view(tail).substr(8, kRunBytes);
    BytesReader magic(std::string_view(tail).substr(8 + kRunBytes));
    if (magic.get<std::uint64_t>() != kMagic || count > kSectionsMax ||
        file->size() < kTailBytes + count * 8) {
        return damaged_output(stage, index);
    }
    if (written_run != run) {
        return usage_error(
            fmt::format("{}: expected an output of run {}, found one of run {}; "
                        "name a new folder for this run",
                        path.string(), run, written_run));
    }
    Input input(stage, index);
    input.ends_.resize(count);
    auto got = file->read(file->size() - kTailBytes - count * 8,
                          {reinterpret_cast<char*>(input.ends_.data()), count * 8});
    if (!got) return pass_on(got);
    const std::uint64_t content = file->size() - kTailBytes - count * 8;
    if (!std::ranges::is_sorted(input.ends_) || (count > 0 && input.ends_.back() != content)) {
        return damaged_output(stage, index);
    }
    input.file_ = std::make_shared<TempFile>(std::move(*file));
    return input;
}

Result<std::string> Input::text(std::size_t section) const {
    if (section >= sections()) return damaged_output(stage_, index_);
    std::string bytes(size(section), '\0');
    if (auto got = file_->read(begin(section), bytes); !got) return pass_on(got);
    return bytes;
}

std::unexpected<Error> damaged_output(Stage stage, std::size_t index) {
    return tool_error(fmt::format(
        "out/{}-{}: expected the output of a task, found damaged bytes; remove the file and run "
        "again: only this task is repeated",
        to_string(stage), index));
}

}  // namespace onsite::reconcile

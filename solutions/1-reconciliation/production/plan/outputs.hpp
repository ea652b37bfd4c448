// What a task writes: one file of sections, made beside its place and renamed when it is complete,
// so that whoever sees it sees all of it. Two tasks that write the same do no harm.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

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
    Output(Output&& other) noexcept;
    Output& operator=(Output&&) = delete;
    ~Output();  // Without commit() nothing is left.

    // Errors: tool, when the disk is full above all.
    Result<void> append(std::span<const char> bytes);
    void end_section() { ends_.push_back(size_ + waiting_.size()); }
    // Flushes to the disk, then renames. `run` is written down.
    Result<void> commit(std::string_view run);

private:
    Output(int descriptor, std::string temporary, std::filesystem::path path)
        : descriptor_(descriptor), temporary_(std::move(temporary)), path_(std::move(path)) {}
    Result<void> flush();

    int descriptor_;
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
    // A whole section, for small ones.
    Result<std::string> text(std::size_t section) const;
    const std::shared_ptr<TempFile>& file() const { return file_; }

private:
    std::shared_ptr<TempFile> file_;
    std::vector<std::uint64_t> ends_;
};

// Numbers and texts as bytes, in the machine's own order: a run's machines are of one kind.
class Writer {
public:
    template <typename T>
    requires std::is_arithmetic_v<T>
    void put(T value) { bytes.append(reinterpret_cast<const char*>(&value), sizeof value); }
    void put(std::string_view text) {
        put(std::uint64_t{text.size()});
        bytes += text;
    }
    std::string bytes;
};

// Gives zeros from the first problem on; ask is_good() at the end.
class Reader {
public:
    explicit Reader(std::string_view bytes) : bytes_(bytes) {}
    template <typename T>
    requires std::is_arithmetic_v<T> T get() {
        T value = {};
        if (!has(sizeof value)) return value;
        std::memcpy(&value, bytes_.data(), sizeof value);
        bytes_.remove_prefix(sizeof value);
        return value;
    }
    std::string text() {
        const auto size = get<std::uint64_t>();
        if (!has(size)) return {};
        std::string out(bytes_.substr(0, size));
        bytes_.remove_prefix(size);
        return out;
    }
    bool is_good() const { return !is_bad_; }
    bool is_at_end() const { return bytes_.empty() || is_bad_; }

private:
    bool has(std::uint64_t size) {
        is_bad_ = is_bad_ || bytes_.size() < size;
        return !is_bad_;
    }
    std::string_view bytes_;
    bool is_bad_ = false;
};

std::unexpected<Error> damaged_output(Stage stage, std::size_t index);

}  // namespace onsite::reconcile

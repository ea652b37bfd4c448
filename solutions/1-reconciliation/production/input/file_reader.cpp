#include "solutions/1-reconciliation/production/input/file_reader.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/storage/temp_file.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::size_t kRawBlockBytes = 128 << 10;
constexpr std::size_t kHashBlockBytes = 256 << 10;
constexpr int kLookForStopMs = 100;

// Closed when the program was started (base/standard_streams.hpp).
std::unexpected<Error> is_closed() {
    return usage_error(
        "expected rows on standard input, found that it is closed; name a file, or send rows");
}

bool is_told_to(const std::atomic<bool>* stop) { return stop != nullptr && stop->load(); }

// A pipe can be read only once.
Result<Descriptor> copy_of(int pipe, const std::string& name,
                           const std::filesystem::path& temp_folder,
                           const std::atomic<bool>* stop) {
    auto copy = TempFile::create(temp_folder);
    if (!copy) return pass_on(copy);
    std::string block(kRawBlockBytes, '\0');
    while (true) {
        // A signal that comes just before a read would not end it: so none waits for long.
        pollfd ready = {.fd = pipe, .events = POLLIN, .revents = 0};
        const int count = ::poll(&ready, 1, kLookForStopMs);
        if (is_told_to(stop)) return tool_error(std::string(kStopped));
        if (count == 0 || (count < 0 && errno == EINTR)) continue;
        const ssize_t got = ::read(pipe, block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && errno == EBADF) return is_closed();
        if (got < 0) return cannot_read(name);
        if (got == 0) return copy->release();
        auto kept = copy->append(std::span(block.data(), static_cast<std::size_t>(got)));
        if (!kept) return pass_on(kept);
    }
}

bool is_same(const struct timespec& a, const struct timespec& b) {
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

}  // namespace

std::unexpected<Error> cannot_read(const std::string& name) {
    const std::string problem = std::strerror(errno);
    return usage_error(fmt::format(
        "{}: expected a file that can be read, found: {}; check its name and who may read it", name,
        problem));
}

Result<InputFile> InputFile::open(const std::filesystem::path& path,
                                  const std::filesystem::path& temp_folder,
                                  std::uint64_t window_bytes_max, const std::atomic<bool>* stop) {
    const bool is_standard_input = path == "-";
    const std::string name = is_standard_input ? "standard input" : path.string();
    Descriptor descriptor;
    do {
        if (is_told_to(stop)) return tool_error(std::string(kStopped));
        descriptor = Descriptor(is_standard_input ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
                                                  : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        // A named pipe waits for whoever writes into it.
    } while (!descriptor.is_open() && errno == EINTR);
    if (!descriptor.is_open()) return cannot_read(name);
    InputFile file(std::move(descriptor), name, window_bytes_max);
    if (::fstat(file.descriptor(), &file.status_) != 0) return cannot_read(name);
    if (S_ISDIR(file.status_.st_mode)) {
        return usage_error(
            fmt::format("{}: expected a file, found a folder; name the files in it", name));
    }
    // A terminal ends when somebody says so, but a copy of /dev/zero would fill the disk.
    if (S_ISCHR(file.status_.st_mode) && ::isatty(file.descriptor()) == 0 && !is_standard_input) {
        return usage_error(fmt::format(
            "{}: expected a file or a pipe, found a device; name the file with the rows", name));
    }
    // Standard input may be a file that is not at its beginning: the copy has what is left of it.
    if (!S_ISREG(file.status_.st_mode) || is_standard_input) {
        auto copy = copy_of(file.descriptor(), name, temp_folder, stop);
        if (!copy) return pass_on(copy);
        file.descriptor_ = std::move(*copy);
        file.is_copy_ = true;
        if (::fstat(file.descriptor(), &file.status_) != 0) return cannot_read(name);
    }
    return file;
}

bool InputFile::is_compressed() const {
    char first[4] = {};
    const ssize_t got = ::pread(descriptor_.get(), first, sizeof first, 0);
    return got > 0 && make_decoder(std::span(first, static_cast<std::size_t>(got)),
                                   window_bytes_max_) != nullptr;
}

Result<void> InputFile::expect_unchanged() const {
    struct stat now = {};
    if (::fstat(descriptor_.get(), &now) != 0) return cannot_read(name_);
    if (now.st_size == status_.st_size && is_same(now.st_mtim, status_.st_mtim)) return {};
    return usage_error(fmt::format(
        "{}: expected the {} bytes that were there when reading began, found that the file was "
        "changed since ({} bytes now); run again when nobody writes to it",
        name_, status_.st_size, now.st_size));
}

Result<std::size_t> FileReader::read(std::span<char> room) {
    if (!is_started_) {
        is_started_ = true;
        char first[4] = {};
        const ssize_t got = ::pread(file_.descriptor(), first, sizeof first, 0);
        if (got < 0) return cannot_read(file_.name());
        decoder_ =
            make_decoder(std::span(first, static_cast<std::size_t>(got)), file_.window_bytes_max());
    }
    return decoder_ ? read_decoded(room) : read_raw(room);
}

Result<std::size_t> FileReader::read_raw(std::span<char> room) {
    std::size_t filled = 0;
    while (filled < room.size() && !is_at_end_) {
        const ssize_t got = ::pread(file_.descriptor(), room.data() + filled, room.size() - filled,
                                    static_cast<off_t>(bytes_read_));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return cannot_read(file_.name());
        is_at_end_ = got == 0;
        filled += static_cast<std::size_t>(got);
        bytes_read_ += static_cast<std::uint64_t>(got);
    }
    if (want_ == Want::content_and_hash) hash_.add({room.data(), filled});
    if (is_at_end_) {
        if (auto done = finish(); !done) return pass_on(done);
    }
    return filled;
}

Result<std::size_t> FileReader::read_decoded(std::span<char> room) {
    std::size_t made = 0;
    while (made < room.size()) {
        if (raw_at_ == raw_.size() && !is_at_end_) {
            raw_.resize(kRawBlockBytes);
            auto got = read_raw(raw_);
            if (!got) return pass_on(got);
            raw_.resize(*got);
            raw_at_ = 0;
        }
        const auto input = std::span<const char>(raw_).subspan(raw_at_);
        if (input.empty() && decoder_->may_end()) break;
        auto step = decoder_->decode(input, room.subspan(made));
        if (!step) {
            return usage_error(fmt::format("{}: expected compressed rows up to byte {}, found {}",
                                           file_.name(), bytes_read_, step.error().message));
        }
        raw_at_ += step->taken;
        made += step->made;
        if (input.empty() && step->made == 0 && !decoder_->may_end()) {
            return usage_error(fmt::format(
                "{}: expected the end of the compressed data, found that the file ends in its "
                "middle, at byte {}; fetch the file again",
                file_.name(), bytes_read_));
        }
    }
    return made;
}

Result<void> FileReader::finish() {
    if (bytes_read_ != file_.bytes()) {
        return usage_error(fmt::format(
            "{}: expected {} bytes, found {}: the file was changed while it was read; run again "
            "when nobody writes to it",
            file_.name(), file_.bytes(), bytes_read_));
    }
    return file_.expect_unchanged();
}

Result<FileRead> FileReader::hash_of(const InputFile& file) {
    FileReader reader(file);
    std::vector<char> block(kHashBlockBytes);
    while (!reader.is_at_end_) {
        auto got = reader.read_raw(block);
        if (!got) return pass_on(got);
    }
    return reader.result();
}

FileRead FileReader::result() const {
    return {.path = file_.name(),
            .bytes = bytes_read_,
            .hash = want_ == Want::content_and_hash ? hash_.text() : ""};
}

}  // namespace onsite::reconcile

#include "simulator/server/journal.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <limits>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "base/stable_hash.hpp"
#include "simulator/transport/http_front.hpp"

namespace onsite::simulator {
namespace {

// The headers that an answer depends on.
constexpr std::array<std::string_view, 8> kHeaders = {
    "Authorization", "Content-Type",   "Host",           "Idempotency-Key",
    "Origin",        kOperationHeader, "Stripe-Account", "Stripe-Version"};

// JSON has no bytes: each becomes the character of that number (ISO 8859-1).
std::string as_text(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            text += c;
        } else {
            text += static_cast<char>(0xC0 | (byte >> 6));
            text += static_cast<char>(0x80 | (byte & 0x3F));
        }
    }
    return text;
}

std::string as_bytes(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto first = static_cast<unsigned char>(text[i]);
        if (first < 0x80 || i + 1 == text.size()) {
            bytes += text[i];
        } else {
            bytes += static_cast<char>((first << 6) | (text[++i] & 0x3F));
        }
    }
    return bytes;
}

// Whether the path still names the file that was opened: whoever had it may have renamed another.
bool is_file_of(const std::string& path, int descriptor) {
    struct stat opened = {};
    struct stat named = {};
    return fstat(descriptor, &opened) == 0 && stat(path.c_str(), &named) == 0 &&
           opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

std::string sum_member(std::uint64_t sum) { return fmt::format(R"(,"sum":"{:016x}"}})", sum); }

// An entry of JSON ends with "}", whose place the sum takes.
std::string line_of(std::string text, std::uint64_t sum) {
    text.pop_back();
    return text + sum_member(sum) + "\n";
}

bool is_summed(std::string_view line, std::uint64_t before, std::string* entry = nullptr) {
    const std::size_t size = sum_member(0).size();
    if (line.size() <= size) return false;
    const std::string text = std::string(line.substr(0, line.size() - size)) + "}";
    if (line.substr(line.size() - size) != sum_member(add_to_hash(before, text))) return false;
    if (entry != nullptr) *entry = text;
    return true;
}

}  // namespace

Json entry_of(const HttpRequest& request) {
    Json headers = Json::object();
    for (const std::string_view name : kHeaders) {
        const std::string* value = find_header(request.headers, name);
        if (value != nullptr) headers[std::string(name)] = as_text(*value);
    }
    return {{"method", as_text(request.method)},
            {"target", as_text(request.target)},
            {"headers", headers},
            {"body", as_text(request.body)}};
}

Result<HttpRequest> request_of(const Json& entry) {
    JsonReader reader(entry, "the entry");
    reader.number_or("t", 0, std::numeric_limits<std::int64_t>::max(), 0);
    reader.flag_or("local", true);
    HttpRequest request{.method = as_bytes(reader.text("method")),
                        .target = as_bytes(reader.text("target")),
                        .headers = {},
                        .body = as_bytes(reader.text("body"))};
    for (const auto& [name, value] : reader.object("headers").items()) {
        if (!value.is_string()) return usage_error("expected headers to be texts");
        request.headers.push_back({name, as_bytes(value.get<std::string>())});
    }
    if (auto done = reader.finish(); !done) return pass_on(done);
    return request;
}

std::unexpected<Error> Journal::failed(std::string_view what, const std::string& path) {
    return tool_error(
        fmt::format("expected to {} {}, found: {}", what, path, std::strerror(errno)));
}

Journal::Journal(Descriptor descriptor, std::string path)
    : descriptor_(std::move(descriptor)), path_(std::move(path)) {}

Journal::~Journal() { fdatasync(descriptor_.get()); }

Result<std::unique_ptr<Journal>> Journal::open(const std::string& path, const Json& first,
                                               const Entry& on_entry) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0) return failed("open", path);
    std::unique_ptr<Journal> journal(new Journal(Descriptor(descriptor), path));
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0 || !is_file_of(path, descriptor)) {
        return usage_error(
            fmt::format("expected {} to be free, found another simulator that has "
                        "it; give each a file of its own",
                        path));
    }
    if (auto read = journal->read_all(first, on_entry); !read) return pass_on(read);
    if (journal->lines_ > 0) return journal;
    if (auto begun = journal->append(first); !begun) return pass_on(begun);
    return journal;
}

Result<void> Journal::read_all(const Json& first, const Entry& on_entry) {
    std::string text;
    std::string block(1 << 20, '\0');
    for (;;) {
        const ssize_t count = ::read(descriptor_.get(), block.data(), block.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return failed("read", path_);
        if (count == 0) break;
        text.append(block, 0, static_cast<std::size_t>(count));
        std::size_t begin = 0;
        for (std::size_t end; (end = text.find('\n', begin)) != text.npos; begin = end + 1) {
            const auto line = std::string_view(text).substr(begin, end - begin);
            if (auto taken = read_line(line, on_entry); !taken) return taken;
        }
        text.erase(0, begin);
        if (text.size() > kJournalLineBytesMax) break;
    }
    if (!text.empty()) {
        if (auto cut = cut_tail(text, first); !cut) return cut;
    }
    synced_ = written_;
    return {};
}

Result<void> Journal::read_line(std::string_view line, const Entry& on_entry) {
    const std::string place = fmt::format("{}, line {}", path_, lines_ + 1);
    std::string text;
    if (!is_summed(line, sum_, &text)) {
        return usage_error(
            fmt::format("expected {} as it was written, found it or a line before it changed; take "
                        "a copy of the file from before, or another file",
                        place));
    }
    const auto entry = parse_json(text, place);
    if (!entry) return std::unexpected(entry.error());
    if (auto taken = on_entry(*entry); !taken) return taken;
    sum_ = add_to_hash(sum_, text);
    ++lines_;
    written_ += line.size() + 1;
    return {};
}

// What is behind the last newline was torn, and its answer never left; but it is only cut off where
// it can have been torn.
Result<void> Journal::cut_tail(std::string_view tail, const Json& first) {
    const std::string text = to_text(first);
    const bool is_foreign = lines_ == 0 && !line_of(text, add_to_hash(0, text)).starts_with(tail);
    // A whole entry with another byte in the place of its newline.
    const bool is_damaged = is_summed(tail.substr(0, tail.size() - 1), sum_);
    if (is_foreign || is_damaged || tail.size() > kJournalLineBytesMax) {
        return usage_error(
            fmt::format("expected {} to be a state file of onsite simulate, found something else "
                        "in its line {}; take another file",
                        path_, lines_ + 1));
    }
    if (ftruncate(descriptor_.get(), static_cast<off_t>(written_)) != 0)
        return failed("cut", path_);
    return {};
}

// Whoever was told of a failure must not hear later that all is well: after a failed flush the
// kernel calls the pages that it lost clean (https://wiki.postgresql.org/wiki/Fsync_Errors).
std::unexpected<Error> Journal::given_up() const {
    return tool_error(
        fmt::format("expected to keep requests in {}, found that an earlier one could "
                    "not be written; start again with room on the disk",
                    path_));
}

Result<void> Journal::append(const Json& entry) {
    if (is_given_up_) return given_up();
    const std::string text = to_text(entry);
    const std::uint64_t sum = add_to_hash(sum_, text);
    const std::string line = line_of(text, sum);
    std::string_view rest = line;
    while (!rest.empty()) {
        const ssize_t count = ::write(descriptor_.get(), rest.data(), rest.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) {
            auto problem = failed("write", path_);
            // With a part of a line at its end the next line would make the file one of another.
            is_given_up_ = ftruncate(descriptor_.get(), static_cast<off_t>(written_)) != 0;
            return problem;
        }
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
    sum_ = sum;
    ++lines_;
    written_ += line.size();
    return {};
}

Result<void> Journal::sync() {
    const std::uint64_t wanted = written_;
    const std::lock_guard lock(sync_mutex_);
    if (synced_ >= wanted) return {};
    if (is_given_up_) return given_up();
    const std::uint64_t now = written_;
    if (fdatasync(descriptor_.get()) != 0) {
        is_given_up_ = true;
        return failed("flush", path_);
    }
    synced_ = now;
    return {};
}

}  // namespace onsite::simulator

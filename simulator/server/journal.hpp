// What came in, as an append-only file: the state of a simulator is a fold over it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "base/http.hpp"

namespace onsite::simulator {

// Of a line: a request of kBodyBytesMax whose every byte has to be escaped, and its headers.
inline constexpr std::size_t kJournalLineBytesMax = 16 << 20;

// One JSON object a line (docs/guides/simulate.md). Each ends with a sum over it and all lines
// before it, so that one that was changed, lost or moved is seen. Only whole lines count: one that
// a crash tore is cut off when the file is opened. Thread safety: append() by one thread at a time,
// sync() by any.
class Journal {
public:
    using Entry = std::function<Result<void>(const nlohmann::json&)>;

    // Opens the file, keeps it for this process alone, and tells `on_entry` each line. A file that
    // is new gets the line `first`. Errors: usage, when another process has it, it is no journal, a
    // line is not as it was written, or on_entry refuses one; tool otherwise.
    static Result<std::unique_ptr<Journal>> open(const std::string& path,
                                                 const nlohmann::json& first,
                                                 const Entry& on_entry);
    ~Journal();
    Journal(const Journal&) = delete;

    // Writes a line; after it the entry survives the end of this process. Errors: tool, and the
    // file is as before; where that cannot be, every later call fails as well.
    Result<void> append(const nlohmann::json& entry);
    // A journal of the same file that has `head` in the place of its first `dead` lines. It takes
    // the name of the file when all of it is on the disk: a crash leaves the one or the other
    // whole. Errors: tool; then the file is as before.
    Result<std::unique_ptr<Journal>> shortened(const std::vector<nlohmann::json>& head,
                                               std::uint64_t dead) const;
    std::uint64_t lines() const { return lines_; }
    // Returns when everything appended so far is on the disk. Callers that come at the same time
    // share one flush. Errors: tool; every later call fails as well.
    Result<void> sync();

private:
    Journal(Descriptor descriptor, std::string path);
    Result<void> copy_live(Journal& copy, std::uint64_t dead) const;
    Result<void> read_all(const nlohmann::json& first, const Entry& on_entry);
    Result<void> read_line(std::string_view line, const Entry& on_entry);
    Result<void> cut_tail(std::string_view tail, const nlohmann::json& first);
    std::unexpected<Error> given_up() const;
    // For the reason in errno.
    static std::unexpected<Error> failed(std::string_view what, const std::string& path);

    Descriptor descriptor_;
    std::string path_;
    std::uint64_t lines_ = 0;
    std::uint64_t sum_ = 0;                   // Of the latest line.
    std::atomic<std::uint64_t> written_ = 0;  // Bytes.
    std::atomic<bool> is_given_up_ = false;
    std::mutex sync_mutex_;
    std::uint64_t synced_ = 0;
};

// A request as an entry and back: what decides its answer, byte for byte.
nlohmann::json entry_of(const HttpRequest& request);
// Errors: usage, when it is none.
Result<HttpRequest> request_of(const nlohmann::json& entry);

}  // namespace onsite::simulator

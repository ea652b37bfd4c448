#include "exercises/4-idempotency/drill/drill_log.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "base/hash.hpp"

namespace onsite::drill {
namespace {

// Of an entry without its own "chain", and everything before it.
std::string chained(const std::string& before, const Json& entry) {
    return sha256_hex(before + to_text(entry)).substr(0, 16);
}

struct Entries {
    std::vector<Json> all = {};
    std::string chain = {};
    std::size_t whole_bytes = 0;  // Up to a torn line.
    std::size_t bytes = 0;
};

Result<Entries> read(const std::filesystem::path& file) {
    Entries read;
    if (!std::filesystem::exists(file)) return read;
    auto text = read_file(file, kDrillLogBytesMax);
    if (!text) return pass_on(text);
    read.bytes = text->size();
    std::string_view rest = *text;
    while (rest.find('\n') != rest.npos) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(line.size() + 1);
        read.whole_bytes += line.size() + 1;
        Json entry = Json::parse(line, nullptr, false);
        std::string chain;
        if (entry.is_object() && entry.contains("chain") && entry["chain"].is_string()) {
            chain = entry["chain"].get<std::string>();
            entry.erase("chain");
        }
        const bool is_whole = entry.is_object() && entry.contains("event") &&
                              entry["event"].is_string() && entry.contains("ms") &&
                              entry["ms"].is_number_integer();
        if (!is_whole || chain != chained(read.chain, entry)) {
            return usage_error(fmt::format(
                "expected line {} of {} as it was written, found another one; what was done in "
                "this drill cannot be told any more, begin it anew with --again",
                read.all.size() + 1, file.string()));
        }
        read.chain = chain;
        read.all.push_back(std::move(entry));
    }
    return read;
}

}  // namespace

Result<void> append_entry(const std::filesystem::path& file, const Json& entry, Clock& clock) {
    auto before = read(file);
    if (!before) return pass_on(before);
    std::error_code failed;
    if (before->whole_bytes < before->bytes) {
        std::filesystem::resize_file(file, before->whole_bytes, failed);
    }
    if (failed)
        return tool_error(fmt::format("expected to write {}: {}", file.string(), failed.message()));
    Json line = entry;
    const std::int64_t now_ms = clock.now_ms();
    line["at"] = to_rfc3339(now_ms);
    line["ms"] = now_ms;
    line["chain"] = chained(before->chain, line);
    const std::string text = to_text(line);
    if (before->bytes + text.size() >= kDrillLogBytesMax) {
        return usage_error(
            fmt::format("expected {} to have room, found it full; begin the drill "
                        "anew with --again",
                        file.string()));
    }
    return append_line(file, text);
}

Result<std::vector<Json>> read_entries(const std::filesystem::path& file) {
    auto entries = read(file);
    if (!entries) return pass_on(entries);
    return std::move(entries->all);
}

}  // namespace onsite::drill

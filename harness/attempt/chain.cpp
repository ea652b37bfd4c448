#include "harness/attempt/chain.hpp"

#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/json.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLogBytesMax = 64 << 20;
constexpr const char* kPrev = "prev";
constexpr const char* kSum = "sum";

// The last line has no later one that tells its hash.
Result<void> check_sum(const Json& value, const std::string& where) {
    Json summed = value;
    summed.erase(kSum);
    if (value.contains(kSum) && value[kSum] == sha256_hex(to_text(summed))) return {};
    return usage_error(where +
                       ": expected the sum of the line itself, found another; the line was "
                       "changed");
}

// Only a log from before there were chains has lines without `prev`, and only at its beginning.
Result<void> check_link(const Json& value, Chain& chain, const std::string& where) {
    const bool is_linked = value.is_object() && value.contains(kPrev);
    if (!is_linked && chain.unchained == chain.lines) {
        ++chain.unchained;
        return {};
    }
    if (is_linked && value[kPrev] == chain.head) return check_sum(value, where);
    return usage_error(fmt::format(
        "{}: expected the hash of the line before it, {}…, found another; a line was changed, "
        "moved or removed",
        where, chain.head.substr(0, 12)));
}

Result<void> take_line(std::string_view line, Chain& chain, const TakeLine& take,
                       const std::string& where) {
    auto value = parse_json(line, where);
    if (!value) return pass_on(value);
    Json event = *value;
    if (event.is_object()) {
        event.erase(kPrev);
        event.erase(kSum);
    }
    std::string hash = sha256_hex(line);
    if (auto taken = take(event, hash, where); !taken) return taken;
    if (auto linked = check_link(*value, chain, where); !linked) return linked;
    chain.head = std::move(hash);
    ++chain.lines;
    return {};
}

}  // namespace

Result<Chain> read_chain(const fs::path& file, const TakeLine& take) {
    auto text = read_file(file, kLogBytesMax);
    if (!text) return pass_on(text);
    Chain chain;
    std::string_view rest = *text;
    for (std::size_t end = rest.find('\n'); end != rest.npos; end = rest.find('\n')) {
        const auto where = fmt::format("{}: line {}", file.string(), chain.lines + 1);
        auto taken = take_line(rest.substr(0, end), chain, take, where);
        if (!taken) return pass_on(taken);
        rest.remove_prefix(end + 1);
    }
    return chain;
}

std::string chained_line(Json event, const Chain& after) {
    event[kPrev] = after.head;
    event[kSum] = sha256_hex(to_text(event));
    return to_text(event);
}

Result<Chain> append_to_chain(const fs::path& file, const std::string& line, const Chain& after) {
    std::error_code failure;
    if (fs::exists(file, failure)) {
        auto text = read_file(file, kLogBytesMax);
        if (!text) return pass_on(text);
        const std::size_t whole = text->rfind('\n') + 1;  // npos + 1 is 0.
        if (whole != text->size()) fs::resize_file(file, whole, failure);
        if (failure) {
            return tool_error(fmt::format("cannot mend {}: {}", file.string(), failure.message()));
        }
    }
    if (auto done = append_line(file, line); !done) return pass_on(done);
    return Chain{.head = sha256_hex(line), .lines = after.lines + 1, .unchained = after.unchained};
}

}  // namespace onsite

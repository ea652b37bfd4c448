#include "harness/attempt/anchor.hpp"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "base/files.hpp"
#include "base/parse_number.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kAnchoredFileBytesMax = 4 << 20;

std::string shown(std::string_view word) { return harmless(word.substr(0, 80), Lines::one); }

std::unexpected<Error> points_nowhere(std::string_view word, std::string_view expected) {
    return usage_error(fmt::format("the anchor {} points at nothing: {}", shown(word), expected));
}

Result<std::string> checked_number(std::string_view word, std::string_view digits,
                                   std::int64_t least, std::int64_t most, std::string_view what) {
    const auto number = parse_number<std::int64_t>(digits);
    if (number && *number >= least && *number <= most) return std::string(word);
    return points_nowhere(word, fmt::format("expected {} from {} to {}", what, least, most));
}

// Inside the folder, by a plain relative path, and not by way of a link.
bool is_inside(const fs::path& folder, const fs::path& file) {
    if (file.empty() || file.is_absolute()) return false;
    std::error_code failure;
    fs::path walked = folder;
    for (const fs::path& part : file) {
        if (part == ".." || part == "." || part == ".onsite") return false;
        walked /= part;
        if (fs::is_symlink(fs::symlink_status(walked, failure))) return false;
    }
    return fs::is_regular_file(walked, failure);
}

Result<std::string> checked_line(std::string_view word, const AnchorPlaces& places) {
    const std::size_t colon = word.rfind(':');
    const fs::path file = word.substr(0, colon);
    if (!is_inside(places.folder, file)) {
        return points_nowhere(word, "expected a file of the attempt, by its name in the folder");
    }
    auto text = read_file(places.folder / file, kAnchoredFileBytesMax);
    if (!text) return pass_on(text);
    auto lines = static_cast<std::int64_t>(std::ranges::count(*text, '\n'));
    if (!text->empty() && text->back() != '\n') ++lines;
    const auto line = parse_number<std::int64_t>(word.substr(colon + 1));
    if (line && *line >= 1 && *line <= lines) return std::string(word);
    return points_nowhere(word, fmt::format("the file has {} lines", lines));
}

}  // namespace

bool looks_like_anchor(std::string_view word) {
    const std::size_t colon = word.rfind(':');
    if (colon == word.npos || colon == 0) return false;
    if (word.starts_with("case:")) return colon + 1 < word.size();
    return parse_number<std::uint64_t>(word.substr(colon + 1)).has_value();
}

Result<std::string> checked_anchor(std::string_view word, const AnchorPlaces& places) {
    const auto is_case = [&](std::string_view name) {
        return std::ranges::find(places.cases, name) != places.cases.end();
    };
    if (word.starts_with("event:")) {
        return checked_number(word, word.substr(6), 1, places.events, "an event of the log");
    }
    if (word.starts_with("minute:")) {
        return checked_number(word, word.substr(7), 0, places.minutes, "a minute of the attempt");
    }
    if (word.starts_with("case:")) {
        if (is_case(word.substr(5))) return std::string(word);
        return points_nowhere(word, "expected the name of a check or of a case");
    }
    if (is_case(word)) return fmt::format("case:{}", word);
    if (looks_like_anchor(word)) return checked_line(word, places);
    return usage_error(fmt::format("expected an anchor for the level, {}; found \"{}\"",
                                   kAnchorForms, shown(word)));
}

}  // namespace onsite

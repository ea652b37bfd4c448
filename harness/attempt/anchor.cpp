#include "harness/attempt/anchor.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/escape.hpp"
#include "base/files.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), end, number);
    if (problem != std::errc{} || stop != end || number < 0) return std::nullopt;
    return number;
}

std::unexpected<Error> no_such(std::string_view anchor, std::string_view problem) {
    return usage_error(fmt::format("the anchor {}: {}", harmless(anchor, Lines::one), problem));
}

Result<void> expect_line(const Attempt& attempt, std::string_view anchor, std::string_view name,
                         std::int64_t line) {
    // A name and nothing more: an anchor cannot lead out of the answer.
    if (name.find('/') != name.npos || name.starts_with('.')) {
        return no_such(anchor, "expected a file of the attempt, found a path");
    }
    const fs::path file = answer_folder(attempt) / name;
    std::error_code failure;
    if (fs::symlink_status(file, failure).type() != fs::file_type::regular) {
        return no_such(
            anchor, fmt::format("expected a file of {}, found none of that name", attempt.name()));
    }
    auto text = read_file(file, kAnswerBytesMax);
    if (!text) return pass_on(text);
    auto lines = static_cast<std::int64_t>(std::ranges::count(*text, '\n'));
    if (!text->empty() && !text->ends_with('\n')) ++lines;
    if (line >= 1 && line <= lines) return {};
    return no_such(anchor, fmt::format("expected a line from 1 to {}, found line {}", lines, line));
}

Result<void> expect_case(std::string_view anchor, std::string_view name,
                         std::span<const std::string> cases) {
    if (std::ranges::find(cases, name) != cases.end()) return {};
    if (cases.empty()) return no_such(anchor, "expected a grade to look at, found none yet");
    return no_such(anchor,
                   fmt::format("expected one of the last grade's: {}", fmt::join(cases, ", ")));
}

}  // namespace

Result<void> expect_anchor(const Attempt& attempt, std::string_view anchor,
                           std::span<const std::string> cases, std::int64_t used_ms) {
    const auto colon = anchor.rfind(':');
    if (colon == anchor.npos || colon == 0 || colon + 1 == anchor.size()) {
        return no_such(anchor, "expected FILE:LINE, case:NAME, event:N or minute:M");
    }
    const std::string_view kind = anchor.substr(0, colon);
    const std::string_view value = anchor.substr(colon + 1);
    if (kind == "case") return expect_case(anchor, value, cases);
    const auto number = whole_number(value);
    if (!number) return no_such(anchor, "expected a whole number after the colon");
    if (kind == "event") {
        if (*number >= 1 && *number <= attempt.chain.lines) return {};
        return no_such(
            anchor, fmt::format("expected an event from 1 to {} of the log", attempt.chain.lines));
    }
    if (kind == "minute") {
        const std::int64_t last = used_ms / 60'000;
        if (*number <= last) return {};
        return no_such(anchor, fmt::format("expected a minute from 0 to {}", last));
    }
    return expect_line(attempt, anchor, kind, *number);
}

}  // namespace onsite

#include "harness/catalog/texts.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "base/files.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kTextBytesMax = 256 << 10;

// "2-production.md" -> 2 and "production"; number 0 when the name has another form.
FollowUp parse_file_name(const fs::path& file) {
    const std::string stem = file.stem().string();
    FollowUp followup;
    const auto [end, problem] =
        std::from_chars(stem.data(), stem.data() + stem.size(), followup.number);
    const auto digits = static_cast<std::size_t>(end - stem.data());
    if (problem != std::errc{} || digits + 1 >= stem.size() || stem[digits] != '-') return {};
    followup.name = stem.substr(digits + 1);
    return followup;
}

// The text after each "## " at the beginning of a line, up to the next one.
std::vector<std::string_view> sections_of(std::string_view text) {
    std::vector<std::string_view> sections;
    constexpr std::string_view kHeading = "\n## ";
    std::size_t at = text.starts_with("## ") ? 0 : text.find(kHeading);
    while (at != std::string_view::npos) {
        if (text[at] == '\n') ++at;
        const std::size_t next = text.find(kHeading, at);
        sections.push_back(text.substr(at + 3, next == text.npos ? next : next - at - 3));
        at = next;
    }
    return sections;
}

}  // namespace

Result<std::string> load_brief(const Exercise& exercise) {
    return read_file(exercise.folder / "brief.md", kTextBytesMax);
}

Result<std::vector<FollowUp>> load_followups(const Exercise& exercise) {
    std::vector<FollowUp> followups;
    auto entries = entries_of(exercise.folder / "followups");
    if (!entries) return pass_on(entries);
    for (const fs::directory_entry& entry : *entries) {
        if (entry.path().extension() != ".md") continue;
        FollowUp followup = parse_file_name(entry.path());
        if (followup.number < 1) {
            return usage_error(
                fmt::format("expected a name like 1-name.md, found {}", entry.path().string()));
        }
        auto text = read_file(entry.path(), kTextBytesMax);
        if (!text) return pass_on(text);
        followup.text = std::move(*text);
        followups.push_back(std::move(followup));
    }
    std::ranges::sort(followups, {}, &FollowUp::number);
    for (int expected = 1; const FollowUp& followup : followups) {
        if (followup.number != expected) {
            return usage_error(fmt::format("expected follow-up {} in {}, found {}-{}.md", expected,
                                           (exercise.folder / "followups").string(),
                                           followup.number, followup.name));
        }
        ++expected;
    }
    return followups;
}

Result<std::vector<Hint>> load_hints(const Exercise& exercise) {
    const fs::path file = exercise.folder / "hints.md";
    std::error_code failure;
    if (!fs::exists(file, failure)) return std::vector<Hint>{};
    auto text = read_file(file, kTextBytesMax);
    if (!text) return pass_on(text);
    std::vector<Hint> hints;
    for (const std::string_view section : sections_of(*text)) {
        const std::size_t line_end = std::min(section.find('\n'), section.size());
        Hint hint{.number = static_cast<int>(hints.size()) + 1,
                  .title = std::string(trimmed(section.substr(0, line_end))),
                  .text = std::string(trimmed(section.substr(line_end)))};
        if (hint.title.empty() || hint.text.empty()) {
            return usage_error(fmt::format("{}: expected hint {} to have a title and a text",
                                           file.string(), hint.number));
        }
        hints.push_back(std::move(hint));
    }
    return hints;
}

}  // namespace onsite

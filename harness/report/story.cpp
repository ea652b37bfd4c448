#include "harness/report/story.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "harness/report/growth.hpp"
#include "harness/report/layout.hpp"

namespace onsite {
namespace {

constexpr std::size_t kStoryLinesMax = 40;
constexpr std::size_t kStderrLinesMax = 12;

// "  expected  [t1]" -> where its payload "[t1]" begins; npos when the line begins with another
// word.
std::size_t payload_of(const std::string& line, std::string_view word) {
    const std::size_t start = line.find_first_not_of(' ');
    if (start == line.npos || line.compare(start, word.size(), word) != 0) return line.npos;
    const std::size_t after = start + word.size();
    const std::size_t payload = line.find_first_not_of(": ", after);
    return payload == after ? line.npos : payload;
}

bool is_cut_there(std::string_view text, std::size_t at) {
    return at < text.size() && !begins_code_point(text[at]);
}

// A line of carets under that part of `found` which differs from `expected`; empty when a caret
// would tell nothing.
std::string caret_line(const std::string& expected, const std::string& found) {
    const std::size_t left_from = payload_of(expected, "expected");
    const std::size_t right_from = payload_of(found, "found");
    if (left_from == expected.npos || right_from == found.npos) return {};
    const std::string_view wanted = std::string_view(expected).substr(left_from);
    const std::string_view got = std::string_view(found).substr(right_from);
    if (wanted == got) return {};
    std::size_t same =
        static_cast<std::size_t>(std::ranges::mismatch(wanted, got).in2 - got.begin());
    while (same > 0 && is_cut_there(got, same)) --same;
    const std::size_t rest = std::min(wanted.size(), got.size()) - same;
    std::size_t tail = 0;
    while (tail < rest && wanted[wanted.size() - 1 - tail] == got[got.size() - 1 - tail]) ++tail;
    while (tail > 0 && is_cut_there(got, got.size() - tail)) --tail;
    const std::size_t before = columns_of(std::string_view(found).substr(0, right_from + same));
    const std::size_t width = columns_of(got.substr(same, got.size() - same - tail));
    return std::string(before, ' ') + std::string(std::max<std::size_t>(width, 1), '^');
}

bool is_caret_line(const std::string& line) {
    return line.find('^') != line.npos && line.find_first_not_of(" ^") == line.npos;
}

std::vector<std::string> with_carets(std::vector<std::string> lines) {
    std::vector<std::string> marked;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        marked.push_back(lines[i]);
        const bool has_caret = i + 1 < lines.size() && is_caret_line(lines[i + 1]);
        if (i == 0 || has_caret) continue;
        if (std::string carets = caret_line(lines[i - 1], lines[i]); !carets.empty()) {
            marked.push_back(std::move(carets));
        }
    }
    return marked;
}

void append_part(std::vector<std::string>& lines, std::vector<std::string> part) {
    if (part.empty()) return;
    if (!lines.empty()) lines.emplace_back();
    std::ranges::move(part, std::back_inserter(lines));
}

std::vector<std::string> lines_of(std::string_view text) {
    const auto lines = split_lines(text);
    return {lines.begin(), lines.end()};
}

std::vector<std::string> stderr_lines(const std::string& tail) {
    std::vector<std::string> lines = lines_of(tail);
    if (lines.empty()) return {};
    if (lines.size() > kStderrLinesMax) {
        lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(kStderrLinesMax));
    }
    for (std::string& line : lines) line = "| " + line;
    lines.insert(lines.begin(), "the last it wrote to stderr:");
    return lines;
}

}  // namespace

std::string_view headline_word(const Verdict& verdict) {
    switch (verdict.outcome) {
        case Outcome::pass:
            return "PASS";
        case Outcome::fail:
            return "FAIL";
        case Outcome::inconclusive:
            return "OPEN";
    }
    std::abort();
}

bool has_story(const Verdict& verdict) {
    return verdict.outcome == Outcome::fail ||
           (verdict.outcome == Outcome::inconclusive && verdict.cause != Cause::not_run);
}

std::vector<std::string> story_lines(const Verdict& verdict) {
    const Evidence& evidence = verdict.evidence;
    std::vector<std::string> lines = lines_of(evidence.story);
    if (lines.size() > kStoryLinesMax) {
        const std::size_t more = lines.size() - kStoryLinesMax;
        lines.resize(kStoryLinesMax);
        lines.push_back(fmt::format("… {}", plural(more, "more line")));
    }
    lines = with_carets(std::move(lines));
    if (!evidence.growth.empty()) {
        append_part(lines, growth_table(evidence.growth));
        append_part(lines, growth_chart(evidence.growth));
    }
    append_part(lines, stderr_lines(evidence.stderr_tail));
    return lines;
}

std::vector<Story> group_stories(std::span<const Verdict> verdicts) {
    std::vector<Story> stories;
    for (const Verdict& verdict : verdicts) {
        if (!has_story(verdict)) continue;
        const auto same = std::ranges::find_if(stories, [&](const Story& story) {
            const Verdict& other = story.verdict;
            return other.outcome == verdict.outcome && other.cause == verdict.cause &&
                   other.message == verdict.message &&
                   (verdict.evidence.story.empty() ||
                    other.evidence.story == verdict.evidence.story);
        });
        if (same != stories.end()) {
            same->checks.push_back(verdict.check);
        } else {
            stories.push_back({.verdict = verdict, .checks = {verdict.check}});
        }
    }
    return stories;
}

}  // namespace onsite

#include "harness/report/text_story.hpp"

#include <cstdlib>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace onsite {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kNamesMax = 4;

std::string painted_headline(const Verdict& verdict, const Painter& paint) {
    const std::string_view word = headline_word(verdict);
    switch (verdict.outcome) {
        case Outcome::pass:
            return paint.green(word);
        case Outcome::fail:
            return paint.red(word);
        case Outcome::inconclusive:
            return paint.yellow(word);
    }
    std::abort();
}

std::string names_of(const Story& story) {
    if (story.checks.size() <= kNamesMax) return fmt::format("{}", fmt::join(story.checks, ", "));
    return fmt::format("{} and {} others", story.checks.front(), story.checks.size() - 1);
}

}  // namespace

std::vector<std::string> text_story(const Story& story, std::size_t width, const Painter& paint) {
    const Verdict& verdict = story.verdict;
    const std::string cause(to_string(verdict.cause));
    std::vector<std::string> lines;
    const std::size_t names_width = width - 6 - 2 - cause.size();
    lines.push_back(fmt::format("{}  {}  {}", painted_headline(verdict, paint),
                                left(cut(names_of(story), names_width), 28), paint.faint(cause)));
    lines.emplace_back();
    const std::string indent(kIndent, ' ');
    for (const std::string& part : wrapped(verdict.message, width - kIndent)) {
        lines.push_back(indent + paint.bold(part));
    }
    const std::vector<std::string> evidence = story_lines(verdict);
    if (!evidence.empty()) lines.emplace_back();
    for (const std::string& part : evidence) {
        const std::string shown = cut(part, width - 2 * kIndent);
        lines.push_back(shown.empty() ? shown : indent + indent + shown);
    }
    if (!verdict.evidence.case_json.empty()) {
        lines.emplace_back();
        lines.push_back(
            fmt::format("{}the smallest case   failures/{}.json", indent, verdict.check));
    }
    return lines;
}

}  // namespace onsite

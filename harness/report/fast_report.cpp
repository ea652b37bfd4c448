#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "harness/report/escape.hpp"
#include "harness/report/layout.hpp"
#include "harness/report/report.hpp"
#include "harness/report/story.hpp"
#include "harness/report/text_story.hpp"

namespace onsite {
namespace {

constexpr std::size_t kHashDigits = 12;

}  // namespace

std::string render_fast(const FastResult& result, const TextStyle& style) {
    const Painter paint(style.colour);
    const auto width = static_cast<std::size_t>(std::max(style.width_columns, kWidthColumnsMin));
    std::vector<Verdict> verdicts;
    for (const Verdict& verdict : result.verdicts) verdicts.push_back(harmless(verdict));

    std::string text = paint.bold(fmt::format(
        "{} · answer {} · {} from save to verdict · {}", harmless(result.exercise, Lines::one),
        harmless(result.content_hash, Lines::one).substr(0, kHashDigits),
        duration(static_cast<double>(result.save_to_verdict_ms)),
        harmless(result.clock, Lines::one)));
    text += '\n';
    for (const Story& story : group_stories(verdicts)) {
        text += '\n';
        for (const std::string& line : text_story(story, width, paint)) text += line + '\n';
    }
    text += '\n';
    for (const Verdict& verdict : verdicts) {
        if (verdict.outcome != Outcome::pass) continue;
        text += fmt::format("{}  {}  {}\n", paint.green("PASS"), left(verdict.check, 28),
                            plural(verdict.cases, "case"));
    }
    const auto passed = std::ranges::count(verdicts, Outcome::pass, &Verdict::outcome);
    text += fmt::format("\n  {} of {} pass\n\n  next   {}\n", passed,
                        plural(verdicts.size(), "check"), harmless(result.next, Lines::one));
    return text;
}

}  // namespace onsite

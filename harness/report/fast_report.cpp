#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "harness/report/growth.hpp"
#include "harness/report/harmless.hpp"
#include "harness/report/layout.hpp"
#include "harness/report/report.hpp"
#include "harness/report/story.hpp"
#include "harness/report/text_story.hpp"

namespace onsite {
namespace {

constexpr std::size_t kNameColumns = 28;

std::string header_of(const FastResult& result) {
    std::string header = fmt::format("{} · answer {}", harmless(result.exercise, Lines::one),
                                     short_hash(harmless(result.content_hash, Lines::one)));
    if (result.save_to_verdict_ms > 0) {
        header += fmt::format(" · {} from save to verdict",
                              duration(static_cast<double>(result.save_to_verdict_ms)));
    }
    return header + " · " + harmless(result.clock, Lines::one);
}

std::string pass_lines(const Verdict& verdict, std::size_t width, const Painter& paint) {
    const std::string facts = cut(fmt::format("{}  {}: {}", left(verdict.check, kNameColumns),
                                              plural(verdict.cases, "case"), verdict.message),
                                  width - 6);
    std::string text = fmt::format("{}  {}\n", paint.green(headline_word(verdict)), facts);
    if (verdict.evidence.growth.empty()) return text;
    for (const std::string& line : growth_table(verdict.evidence.growth)) {
        text += "  " + line + '\n';
    }
    return text;
}

}  // namespace

std::string render_fast(const FastResult& result, const TextStyle& style) {
    const Painter paint(style.colour);
    const auto width = static_cast<std::size_t>(std::max(style.width_columns, kWidthColumnsMin));
    std::vector<Verdict> verdicts;
    for (const Verdict& verdict : result.verdicts) verdicts.push_back(harmless(verdict));

    std::string text = paint.bold(cut(header_of(result), width)) + '\n';
    for (const Story& story : group_stories(verdicts)) {
        text += '\n';
        for (const std::string& line : text_story(story, width, paint)) text += line + '\n';
    }
    text += '\n';
    for (const Verdict& verdict : verdicts) {
        if (verdict.outcome == Outcome::pass) text += pass_lines(verdict, width, paint);
    }
    const auto passed = std::ranges::count(verdicts, Outcome::pass, &Verdict::outcome);
    text += fmt::format("\n  {} of {} pass\n\n  next   {}\n", passed,
                        plural(verdicts.size(), "check"), harmless(result.next, Lines::one));
    return text;
}

}  // namespace onsite

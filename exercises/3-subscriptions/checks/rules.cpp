#include "exercises/3-subscriptions/checks/rules.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "exercises/3-subscriptions/checks/page.hpp"

namespace onsite::subscriptions {
namespace {

constexpr std::size_t kPlacesShownMax = 4;

std::string place(std::span<const std::string_view> lines, const RuleFinding& finding) {
    const auto index = static_cast<std::size_t>(std::max(finding.line, 1)) - 1;
    const std::string_view line = index < lines.size() ? lines[index] : std::string_view{};
    return fmt::format("  {}\n      {}\n", quoted_line("api.yaml", finding.line, line),
                       finding.problem);
}

std::string story_of(const Rule& rule, const Ruling& ruling,
                     std::span<const std::string_view> lines) {
    std::string story = fmt::format("{}: {}\n", rule.id, rule.sentence);
    if (ruling.judged() == 0) story += "  api.yaml:1: has nothing that this rule could judge\n";
    const auto& findings = ruling.findings();
    for (std::size_t i = 0; i < std::min(findings.size(), kPlacesShownMax); ++i) {
        story += place(lines, findings[i]);
    }
    if (findings.size() > kPlacesShownMax) {
        story += fmt::format("  and {} more places\n", findings.size() - kPlacesShownMax);
    }
    return story + fmt::format("  Why: {} ({})\n", rule.why, rule.source);
}

}  // namespace

Verdict judge(const std::string& check, std::span<const Rule> rules, const Api& api,
              std::string_view text) {
    const auto lines = split_lines(text);
    std::uint64_t cases = 0;
    std::size_t held = 0;
    std::string first;
    std::string story;
    for (const Rule& rule : rules) {
        Ruling ruling;
        rule.judge(api, ruling);
        cases += ruling.judged();
        if (ruling.holds()) {
            ++held;
            continue;
        }
        if (first.empty()) first = rule.sentence;
        story += story_of(rule, ruling, lines);
    }
    if (held == rules.size()) {
        return passed(check, cases, fmt::format("{} rules hold in {} places", held, cases));
    }
    Verdict verdict = failed(
        check, Cause::wrong_answer,
        fmt::format("{} of {} rules hold; the first that does not: {}", held, rules.size(), first));
    verdict.cases = std::max<std::uint64_t>(cases, 1);
    verdict.percent = static_cast<int>(100 * held / rules.size());
    verdict.evidence.story = std::move(story);
    return verdict;
}

}  // namespace onsite::subscriptions

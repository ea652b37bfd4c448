#include "harness/report/reviewing.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/harmless.hpp"
#include "harness/report/layout.hpp"
#include "harness/report/story.hpp"
#include "harness/report/text_story.hpp"

namespace onsite {
namespace {

std::size_t width_of(const TextStyle& style) {
    return static_cast<std::size_t>(std::max(style.width_columns, kWidthColumnsMin));
}

// Words beside a first column, the lines after the first indented as far.
std::string beside(std::string_view column, std::string_view words, std::size_t width) {
    const std::size_t indent = columns_of(column);
    std::string text;
    for (const std::string& line : wrapped(words, width - indent)) {
        text += (text.empty() ? std::string(column) : std::string(indent, ' ')) + line + '\n';
    }
    return text;
}

std::string levels_of(const CriterionResult& result, const ReviewPlace& place, std::size_t width) {
    std::string text;
    const bool by_checks = result.level && result.ratings.empty();
    for (const Level& level : result.criterion.levels) {
        std::vector<std::string> who;
        if (by_checks && *result.level == level.level) who.emplace_back("the checks");
        if (place.mine != nullptr && place.mine->level == level.level) who.emplace_back("you");
        std::string words = level.behaviour;
        if (!who.empty()) words += fmt::format("  <- {}", fmt::join(who, ", "));
        text += beside(fmt::format("   {}  ", level.level), words, width);
    }
    return text;
}

std::string evidence_of(const CriterionResult& result, const TextStyle& style) {
    const Painter paint(style.colour);
    std::string text;
    for (const Verdict& verdict : result.evidence) {
        const std::string_view word = headline_word(verdict);
        const std::string painted = verdict.outcome == Outcome::pass   ? paint.green(word)
                                    : verdict.outcome == Outcome::fail ? paint.red(word)
                                                                       : paint.yellow(word);
        const std::string line =
            cut(fmt::format("case:{}  {}", verdict.check, verdict.message), width_of(style) - 9);
        text += fmt::format("   {}  {}\n", painted, line);
    }
    for (const std::string& look_at : result.criterion.evidence) {
        text += beside("   look  ", look_at, width_of(style));
    }
    return text;
}

std::string mine_of(const PersonRating& rating, std::size_t width) {
    std::string words = fmt::format("level {}  {}", rating.level, fmt::join(rating.anchors, " "));
    if (!rating.comment.empty()) words += "  " + rating.comment;
    return beside("   yours ", harmless(words, Lines::one), width);
}

std::string level_word(const Ballot& ballot, const std::string& criterion) {
    const auto found = ballot.ratings.find(criterion);
    if (found == ballot.ratings.end()) return "–";
    return fmt::format("{}{}", found->second.level, found->second.is_revote ? "*" : "");
}

bool is_disputed(std::span<const Ballot> ballots, const std::string& criterion) {
    std::vector<int> levels;
    for (const Ballot& ballot : ballots) {
        const auto found = ballot.ratings.find(criterion);
        if (found != ballot.ratings.end()) levels.push_back(found->second.level);
    }
    return std::ranges::adjacent_find(levels, std::ranges::not_equal_to{}) != levels.end();
}

std::string comments_of(std::span<const Ballot> ballots, const std::string& criterion,
                        std::size_t width) {
    std::string text;
    for (const Ballot& ballot : ballots) {
        const auto found = ballot.ratings.find(criterion);
        if (found == ballot.ratings.end()) continue;
        const PersonRating& rating = found->second;
        text +=
            beside(fmt::format("      {}: ", ballot.reviewer),
                   harmless(fmt::format("{}  {}", fmt::join(rating.anchors, " "), rating.comment),
                            Lines::one),
                   width);
    }
    return text;
}

}  // namespace

std::string render_criterion(const CriterionResult& raw, const ReviewPlace& place,
                             const TextStyle& style) {
    const CriterionResult result = harmless(raw);
    const Criterion& criterion = result.criterion;
    const std::size_t width = width_of(style);
    const std::string title = fmt::format("[{}/{}] {}: {} ({} points)", place.position, place.count,
                                          criterion.id, criterion.title, criterion.weight);
    std::string text = "\n";
    for (const std::string& line : wrapped(title, width)) {
        text += Painter(style.colour).bold(line) + '\n';
    }
    text += levels_of(result, place, width);
    text += evidence_of(result, style);
    if (result.open && *result.open != OpenReason::person) {
        text += beside("   open  ", result.why, width);
    }
    if (place.mine != nullptr) text += mine_of(*place.mine, width);
    return text;
}

std::string render_disagreements(std::span<const Verdict> verdicts, const TextStyle& style) {
    const std::size_t width = width_of(style);
    const Painter paint(style.colour);
    std::vector<Verdict> safe;
    for (const Verdict& verdict : verdicts) safe.push_back(harmless(verdict));
    std::string text;
    for (const Story& story : group_stories(safe)) {
        text += '\n';
        for (const std::string& line : text_story(story, width, paint)) text += line + '\n';
        if (story.verdict.evidence.case_json.empty()) continue;
        text += beside("  the input  ", story.verdict.evidence.case_json, width);
    }
    if (text.empty())
        return "\nNo input is known on which the answer and the reference disagree.\n";
    return text;
}

std::string render_side_by_side(const Scorecard& raw, std::span<const Ballot> ballots,
                                const TextStyle& style) {
    const Scorecard card = harmless(raw);
    const std::size_t width = width_of(style);
    std::size_t ids = 9;
    for (const CriterionResult& result : card.criteria) {
        ids = std::max(ids, columns_of(result.criterion.id));
    }
    std::string text = "\n  " + left("criterion", ids) + "    points";
    for (const Ballot& ballot : ballots) text += "  " + right(ballot.reviewer, 8);
    text += '\n';
    for (const CriterionResult& result : card.criteria) {
        const std::string& id = result.criterion.id;
        const bool is_open = result.open.has_value();
        text += fmt::format(
            "  {}  {}", left(id, ids),
            right(fmt::format("{} / {:>2}", is_open ? "–" : std::to_string(result.points),
                              result.criterion.weight),
                  8));
        for (const Ballot& ballot : ballots) text += "  " + right(level_word(ballot, id), 8);
        const bool disputed = is_disputed(ballots, id);
        text += disputed ? "  they differ\n" : "\n";
        if (disputed) text += comments_of(ballots, id, width);
    }
    text += fmt::format("  {}  {}\n", left("total", ids),
                        right(fmt::format("{} / {:>2}", card.earned, card.judged), 8));
    for (const Gate& gate : card.gates)
        text += beside("  capped   ", gate_words(gate, card), width);
    for (const Signal& signal : card.signals) {
        text += beside(
            "  signal   ",
            fmt::format("{}: {}: {}", signal.reviewer, signal_words(signal.signal), signal.because),
            width);
    }
    return text;
}

}  // namespace onsite

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/growth.hpp"
#include "harness/report/layout.hpp"
#include "harness/report/renderers.hpp"
#include "harness/report/story.hpp"
#include "harness/report/text_story.hpp"

namespace onsite {
namespace {

constexpr std::size_t kStoriesMax = 3;
constexpr int kBarColumns = 10;
constexpr std::size_t kPointsColumns = 8;

// Builds the page line by line, no line wider than the style asks for.
class Page {
public:
    explicit Page(const TextStyle& style)
        : paint_(style.colour),
          width_(static_cast<std::size_t>(std::max(style.width_columns, kWidthColumnsMin))) {}

    void header(const Scorecard& card);
    void stories(const Scorecard& card);
    void growth_of_passes(const Scorecard& card);
    void criteria(const Scorecard& card);
    void self_ratings(const Scorecard& card);
    void footer(const Scorecard& card);
    std::string text() && { return std::move(text_); }

private:
    void line(std::string_view content = {}) {
        text_ += content;
        text_ += '\n';
    }
    void notice(const Scorecard& card);
    void criterion(const CriterionResult& result, std::size_t id_columns);
    // A row of the table: the first columns once, the words wrapped beside them.
    void row(std::string_view columns, std::size_t columns_wide, std::string_view words);
    std::string painted_bar(int part, int whole) const;

    Painter paint_;
    std::size_t width_;
    std::string text_;
};

std::uint64_t count_cases(const std::vector<Verdict>& verdicts) {
    std::uint64_t cases = 0;
    for (const Verdict& verdict : verdicts) cases += verdict.cases;
    return cases;
}

std::string points_column(int points, int weight, bool is_open) {
    return right(fmt::format("{} / {:>2}", is_open ? "–" : std::to_string(points), weight),
                 kPointsColumns);
}

std::vector<std::string> not_passed(const CriterionResult& result) {
    std::vector<std::string> names;
    for (const Verdict& verdict : result.evidence) {
        if (verdict.outcome == Outcome::fail) names.push_back(verdict.check);
    }
    return names;
}

void Page::notice(const Scorecard& card) {
    if (card.is_grade) return;
    line();
    for (const std::string& part : wrapped("!!! " + card.notice, width_)) line(paint_.red(part));
}

void Page::header(const Scorecard& card) {
    const std::vector<Verdict> verdicts = all_verdicts(card);
    const auto ran = std::ranges::count_if(
        verdicts, [](const Verdict& one) { return one.cause != Cause::not_run; });
    const std::string title = fmt::format("{} · {} · seed {} · {} · {} · {}", card.facts.attempt,
                                          language_title(card.facts.language), card.facts.seed,
                                          plural(static_cast<std::uint64_t>(ran), "check"),
                                          plural(count_cases(verdicts), "case"),
                                          duration(static_cast<double>(card.facts.duration_ms)));
    for (const std::string& part : wrapped(title, width_)) line(paint_.bold(part));
    notice(card);
}

void Page::stories(const Scorecard& card) {
    const std::vector<Story> stories = group_stories(all_verdicts(card));
    for (std::size_t i = 0; i < std::min(stories.size(), kStoriesMax); ++i) {
        line();
        for (const std::string& part : text_story(stories[i], width_, paint_)) line(part);
    }
    if (stories.size() <= kStoriesMax) return;
    line();
    line(paint_.faint("and in short:"));
    for (std::size_t i = kStoriesMax; i < stories.size(); ++i) {
        const Verdict& verdict = stories[i].verdict;
        line(cut(fmt::format("  {}  {}: {}", headline_word(verdict),
                             fmt::join(stories[i].checks, ", "), verdict.message),
                 width_));
    }
}

void Page::growth_of_passes(const Scorecard& card) {
    for (const Verdict& verdict : all_verdicts(card)) {
        if (verdict.outcome != Outcome::pass || verdict.evidence.growth.empty()) continue;
        line();
        row(paint_.green("PASS") + "  ", 6, fmt::format("{}: {}", verdict.check, verdict.message));
        line();
        for (const std::string& part : growth_table(verdict.evidence.growth)) line("  " + part);
    }
}

void Page::row(std::string_view columns, std::size_t columns_wide, std::string_view words) {
    const std::vector<std::string> lines = wrapped(words, width_ - columns_wide);
    line(std::string(columns) + lines.front());
    for (std::size_t i = 1; i < lines.size(); ++i) {
        line(std::string(columns_wide, ' ') + lines[i]);
    }
}

std::string Page::painted_bar(int part, int whole) const {
    const std::string drawn = bar(part, whole, kBarColumns);
    if (part == whole) return paint_.green(drawn);
    return 2 * part < whole ? paint_.red(drawn) : paint_.yellow(drawn);
}

void Page::criterion(const CriterionResult& result, std::size_t id_columns) {
    const Criterion& criterion = result.criterion;
    const std::string bar_column =
        result.open ? std::string(kBarColumns, ' ') : painted_bar(result.points, criterion.weight);
    const std::string columns = fmt::format(
        "  {} {}   {}   ", left(criterion.id, id_columns),
        points_column(result.points, criterion.weight, result.open.has_value()), bar_column);
    const std::size_t wide = 2 + id_columns + 1 + kPointsColumns + 3 + kBarColumns + 3;
    row(columns, wide,
        result.level ? fmt::format("level {}: {}", *result.level, result.why)
                     : fmt::format("open: {}", result.why));
    for (const PersonRating& rating : result.ratings) {
        row(std::string(wide, ' '), wide, rating_words(rating));
    }
    const std::vector<std::string> failed = not_passed(result);
    if (failed.empty()) return;
    row(std::string(wide, ' '), wide, fmt::format("failed: {}", fmt::join(failed, ", ")));
}

void Page::criteria(const Scorecard& card) {
    std::size_t id_columns = columns_of("total");
    for (const CriterionResult& result : card.criteria) {
        id_columns = std::max(id_columns, columns_of(result.criterion.id));
    }
    line();
    for (const CriterionResult& result : card.criteria) criterion(result, id_columns);
    line();
    const int open = card.possible - card.judged;
    line(fmt::format("  {} {}   {}   {}", paint_.bold(left("total", id_columns)),
                     points_column(card.earned, card.judged, false),
                     painted_bar(card.earned, card.judged),
                     open == 0 ? fmt::format("of {} points", card.possible)
                               : fmt::format("of {} points; {} are open", card.possible, open)));
    for (const Gate& gate : card.gates) row("  capped   ", 11, gate_words(gate, card));
    for (const Signal& signal : card.signals) {
        row("  signal   ", 11,
            fmt::format("{}: {}: {}", signal.reviewer, signal_words(signal.signal),
                        signal.because));
    }
    notice(card);
}

// Apart from the points, so that nobody takes one for the other.
void Page::self_ratings(const Scorecard& card) {
    if (card.facts.self_ratings.empty()) return;
    line();
    line("  rated by the candidate, worth no points");
    for (const SelfRating& rating : card.facts.self_ratings) {
        row("    ", 4, self_rating_words(rating));
    }
}

void Page::footer(const Scorecard& card) {
    const GradeFacts& facts = card.facts;
    const IsolationReport& isolation = facts.isolation;
    line();
    row("  ", 2, circumstances(facts));
    row("  ", 2,
        fmt::format("answer {} · {} · isolation {}", short_hash(facts.content_hash),
                    facts.toolchain, to_string(isolation.level)));
    if (isolation.level != IsolationLevel::full) {
        for (const std::string& note : isolation.notes) row("    ", 4, note);
    }
    line();
    line("  replay   " + paint_.bold(replay_command(card)));
}

}  // namespace

std::string text_report(const Scorecard& scorecard, const TextStyle& style) {
    Page page(style);
    page.header(scorecard);
    page.stories(scorecard);
    page.growth_of_passes(scorecard);
    page.criteria(scorecard);
    page.self_ratings(scorecard);
    page.footer(scorecard);
    return std::move(page).text();
}

}  // namespace onsite

#include "harness/review/calibration.hpp"

#include <algorithm>
#include <cstdlib>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/sort_stably.hpp"
#include "harness/attempt/anchor.hpp"
#include "harness/review/agreement_report.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kScoresBytesMax = 64 << 10;
constexpr int kVersionMax = 1'000'000;
constexpr int kEntriesMax = 100;
constexpr std::size_t kNameColumnsMin = 14;

Result<AgreedScore> read_score(const Json& value, const std::string& where,
                               const fs::path& folder) {
    JsonReader reader(value, where);
    AgreedScore score;
    score.level = static_cast<int>(reader.number("level", 1, kLevelMax));
    score.because = reader.text("because");
    score.anchors = reader.texts("anchors");
    if (auto done = reader.finish(); !done) return pass_on(done);
    if (score.because.empty() || score.anchors.empty()) {
        return usage_error(where + ": expected a reason and at least one anchor");
    }
    for (const std::string& anchor : score.anchors) {
        auto good = checked_anchor(anchor, {.folder = folder, .cases = {}});
        if (!good) return usage_error(where + ": " + good.error().message);
    }
    return score;
}

// The files that a reviewer compares with the reference.
Result<std::vector<std::string>> files_of(const CalibrationEntry& entry, const Exercise& exercise,
                                          const std::string& where) {
    auto language = find_language(exercise, entry.language);
    if (!language) return usage_error(where + ": language: " + language.error().message);
    std::vector<std::string> files = std::move(language->documents);
    if (files.empty()) files = {std::move(language->answer)};
    for (const std::string& file : files) {
        std::error_code failure;
        if (fs::is_regular_file(entry.folder / file, failure)) continue;
        return usage_error(fmt::format(
            "{}: expected {} beside it, found none; copy the starter's when it was left alone",
            where, file));
    }
    return files;
}

Result<CalibrationEntry> read_entry(const fs::path& folder, const Exercise& exercise,
                                    const Rubric& rubric) {
    const fs::path file = folder / "scores.json";
    const std::string where = file.string();
    auto text = read_file(file, kScoresBytesMax);
    if (!text) return pass_on(text);
    auto json = parse_json(*text, where, JsonComments::allowed);
    if (!json) return pass_on(json);
    JsonReader reader(*json, where);
    CalibrationEntry entry{.name = folder.filename().string(), .folder = folder};
    if (reader.text("exercise") != exercise.slug) {
        reader.complain("exercise", fmt::format("expected {}", exercise.slug));
    }
    reader.number("rubric_version", 1, kVersionMax);
    entry.language = reader.text("language");
    entry.made_from = reader.text("made_from");
    const Json& agreed = reader.object("agreed");
    if (auto done = reader.finish(); !done) return pass_on(done);
    auto files = files_of(entry, exercise, where);
    if (!files) return pass_on(files);
    entry.files = std::move(*files);
    for (const auto& [criterion, value] : agreed.items()) {
        if (std::ranges::find(rubric.criteria, criterion, &Criterion::id) ==
            rubric.criteria.end()) {
            return usage_error(
                fmt::format("{}: the rubric has no criterion \"{}\"", where, criterion));
        }
        auto score = read_score(value, fmt::format("{}: agreed.{}", where, criterion), folder);
        if (!score) return pass_on(score);
        entry.agreed.emplace(criterion, std::move(*score));
    }
    return entry;
}

// So that what stands beside the criteria's names is in one column.
template <typename ByCriterion>
std::size_t name_columns(const ByCriterion& by_criterion) {
    std::size_t columns = kNameColumnsMin;
    for (const auto& [criterion, value] : by_criterion) {
        columns = std::max(columns, criterion.size());
    }
    return columns;
}

}  // namespace

Result<std::vector<CalibrationEntry>> load_calibration(const Exercise& exercise,
                                                       const Rubric& rubric) {
    std::vector<CalibrationEntry> entries;
    auto folders = entries_of(exercise.folder / "calibration");
    if (!folders) return pass_on(folders);
    std::error_code gone;
    for (const fs::directory_entry& found : *folders) {
        if (!found.is_directory(gone)) continue;
        if (entries.size() == kEntriesMax) {
            return usage_error(fmt::format("expected at most {} attempts in {}", kEntriesMax,
                                           (exercise.folder / "calibration").string()));
        }
        auto entry = read_entry(found.path(), exercise, rubric);
        if (!entry) return pass_on(entry);
        entries.push_back(std::move(*entry));
    }
    std::ranges::sort(entries, {}, &CalibrationEntry::name);
    return entries;
}

Scorecard calibration_card(const CalibrationEntry& entry, const Exercise& exercise,
                           const Rubric& rubric) {
    Scorecard card;
    card.facts.exercise = exercise.slug;
    card.facts.title = exercise.title;
    card.facts.attempt = entry.name;
    card.facts.language = entry.language;
    for (const Criterion& criterion : rubric.criteria) {
        if (!entry.agreed.contains(criterion.id)) continue;
        CriterionResult result;
        result.criterion = criterion;
        result.open = OpenReason::person;
        result.why = "calibration: what would you give?";
        card.criteria.push_back(std::move(result));
    }
    return card;
}

CalibrationResult calibration_result(std::vector<RatedEntry> rated) {
    CalibrationResult result;
    result.entries = static_cast<int>(rated.size());
    std::erase_if(rated, [](const RatedEntry& one) {
        return !one.review.has_begun() || !one.review.first().is_complete;
    });
    result.entries_done = static_cast<int>(rated.size());
    sort_stably(rated, [](const RatedEntry& one) {
        return std::pair(one.review.first().began_at_ms, one.entry->name);
    });
    for (const RatedEntry& one : rated) {
        for (const auto& [criterion, rating] : one.review.first().ballot.ratings) {
            const auto agreed = one.entry->agreed.find(criterion);
            if (agreed == one.entry->agreed.end()) continue;
            const RatedPair pair{agreed->second.level, rating.level};
            result.pairs.push_back(pair);
            result.by_criterion[criterion].push_back(pair);
        }
    }
    return result;
}

std::string calibration_answer(const CalibrationEntry& entry, const Ballot& ballot) {
    std::string text = fmt::format("\n{}: {}\n", entry.name, entry.made_from);
    const std::size_t columns = name_columns(entry.agreed);
    for (const auto& [criterion, agreed] : entry.agreed) {
        const auto given = ballot.ratings.find(criterion);
        text +=
            fmt::format("  {:<{}} agreed {}, you {}  {} ({})\n", criterion, columns, agreed.level,
                        given == ballot.ratings.end() ? "–" : std::to_string(given->second.level),
                        agreed.because, fmt::join(agreed.anchors, ", "));
    }
    return text;
}

std::string calibration_text(const CalibrationResult& result) {
    std::string text =
        fmt::format("\n{} of {} attempts rated\n", result.entries_done, result.entries);
    if (result.pairs.empty()) return text;
    const std::size_t columns = name_columns(result.by_criterion);
    for (const auto& [criterion, pairs] : result.by_criterion) {
        text += fmt::format(
            "  {:<{}} {}\n", criterion, columns,
            consistency_words(consistency(pairs), weighted_kappa(pairs, Weighting::quadratic)));
    }
    std::vector<RatedUnit> units;
    for (const RatedPair& pair : result.pairs) units.push_back({pair.first, pair.second});
    const auto alpha = krippendorff_alpha(units, Distance::ordinal);
    text += fmt::format(
        "  {:<{}} {}, alpha {}\n", "all", columns,
        consistency_words(consistency(result.pairs),
                          weighted_kappa(result.pairs, Weighting::quadratic)),
        alpha ? three_decimals(*alpha) + ", " + alpha_words(*alpha, static_cast<int>(units.size()))
              : "–");
    // The criteria of one attempt stand in the order of the alphabet: that is no way to grow on.
    const int shift = result.entries_done > 1 ? drift(result.pairs).hundredths() : 0;
    if (std::abs(shift) > kDriftNoticedHundredths) {
        text += fmt::format("  you grew {} on the way: by {}.{:02} of a level\n",
                            shift < 0 ? "harsher" : "milder", std::abs(shift) / 100,
                            std::abs(shift) % 100);
    }
    return text;
}

}  // namespace onsite

// Goal: every calibration pack is one on which a reviewer can find out how they judge: ten
// attempts, all levels of what a person judges, files that are there, anchors with something to
// read.
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/files.hpp"
#include "harness/catalog/rubric.hpp"
#include "harness/review/calibration.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;
using Problems = std::vector<std::string>;

const fs::path kRoot = ONSITE_SOURCE_ROOT;
constexpr std::size_t kAttempts = 10;
// Of two criteria, an attempt has the same level often by chance; of three, it would teach nothing.
constexpr std::size_t kCriteriaThatDiffer = 3;
constexpr std::uint64_t kAnswerBytesMax = 1 << 20;

std::vector<Criterion> judged_by_a_person(const Rubric& rubric) {
    std::vector<Criterion> criteria;
    for (const Criterion& criterion : rubric.criteria) {
        if (criterion.judge == Judge::person) criteria.push_back(criterion);
    }
    return criteria;
}

Problems problems_of_criterion(const Criterion& criterion,
                               const std::vector<CalibrationEntry>& entries) {
    Problems problems;
    std::set<int> levels;
    for (const CalibrationEntry& entry : entries) {
        const auto agreed = entry.agreed.find(criterion.id);
        if (agreed == entry.agreed.end()) {
            problems.push_back(fmt::format("{}: no level for {}", entry.name, criterion.id));
        } else {
            levels.insert(agreed->second.level);
        }
    }
    for (int level = 1; level <= kLevelMax; ++level) {
        if (levels.contains(level)) continue;
        problems.push_back(fmt::format("{}: nobody has level {}", criterion.id, level));
    }
    return problems;
}

bool is_uniform(const CalibrationEntry& entry, const std::vector<Criterion>& criteria) {
    std::set<int> levels;
    for (const Criterion& criterion : criteria) {
        const auto agreed = entry.agreed.find(criterion.id);
        if (agreed != entry.agreed.end()) levels.insert(agreed->second.level);
    }
    return criteria.size() >= kCriteriaThatDiffer && levels.size() == 1;
}

// Whether the pack is spread: who always gives the same level must be seen.
Problems problems_of_pack(const std::vector<CalibrationEntry>& entries, const Rubric& rubric) {
    Problems problems;
    if (entries.size() != kAttempts) {
        problems.push_back(
            fmt::format("expected {} attempts, found {}", kAttempts, entries.size()));
    }
    const std::vector<Criterion> criteria = judged_by_a_person(rubric);
    for (const Criterion& criterion : criteria) {
        for (auto& problem : problems_of_criterion(criterion, entries)) problems.push_back(problem);
    }
    for (const CalibrationEntry& entry : entries) {
        if (is_uniform(entry, criteria)) {
            problems.push_back(fmt::format("{}: one level everywhere", entry.name));
        }
    }
    return problems;
}

// The line of "notes.md:3", empty when it is not there.
std::string line_of(const fs::path& folder, const std::string& anchor) {
    const std::size_t colon = anchor.rfind(':');
    const auto text = read_file(folder / anchor.substr(0, colon), kAnswerBytesMax);
    if (!text) return {};
    std::size_t begin = 0;
    for (int left = std::stoi(anchor.substr(colon + 1)); left > 1; --left) {
        begin = text->find('\n', begin);
        if (begin == text->npos) return {};
        ++begin;
    }
    return text->substr(begin, text->find('\n', begin) - begin);
}

Problems problems_of_anchors(const CalibrationEntry& entry) {
    Problems problems;
    for (const auto& [criterion, score] : entry.agreed) {
        for (const std::string& anchor : score.anchors) {
            const std::string line = line_of(entry.folder, anchor);
            if (line.find_first_not_of(" \t") != line.npos) continue;
            problems.push_back(
                fmt::format("{}: {} points at an empty line {}", entry.name, criterion, anchor));
        }
    }
    return problems;
}

TEST(CalibrationPackTest, EveryPackIsSpreadOverTheLevels) {
    const auto catalog = load_catalog(kRoot).value();
    for (const Exercise& exercise : catalog) {
        const Rubric rubric = load_rubric(exercise).value();
        const auto entries = load_calibration(exercise, rubric);
        ASSERT_TRUE(entries) << entries.error().message;
        EXPECT_EQ(problems_of_pack(*entries, rubric), Problems{}) << exercise.slug;
    }
}

TEST(CalibrationPackTest, EveryAttemptHasAnAnswerOfItsOwnAndAnchorsWithSomethingToRead) {
    const auto catalog = load_catalog(kRoot).value();
    for (const Exercise& exercise : catalog) {
        std::map<std::string, std::string> seen;
        const auto entries = load_calibration(exercise, load_rubric(exercise).value());
        ASSERT_TRUE(entries) << entries.error().message;
        for (const CalibrationEntry& entry : *entries) {
            const auto language = find_language(exercise, entry.language);
            ASSERT_TRUE(language) << entry.folder << ": " << language.error().message;
            const auto answer = read_file(entry.folder / language->answer, kAnswerBytesMax);
            ASSERT_TRUE(answer) << entry.folder << ": " << answer.error().message;
            const auto [other, is_new] = seen.emplace(*answer, entry.name);
            EXPECT_TRUE(is_new) << entry.folder << " has the answer of " << other->second;
            EXPECT_EQ(problems_of_anchors(entry), Problems{}) << exercise.slug;
        }
    }
}

// ---- The rules themselves, on packs that break one

Rubric rubric_of_three() {
    return {.exercise = "made-up",
            .criteria = {{.id = "clear", .judge = Judge::person},
                         {.id = "careful", .judge = Judge::person},
                         {.id = "quick", .judge = Judge::person},
                         {.id = "exact", .judge = Judge::checks}}};
}

std::vector<CalibrationEntry> spread_pack() {
    std::vector<CalibrationEntry> entries;
    for (int i = 0; i < 10; ++i) {
        const AgreedScore one{.level = i % 4 + 1};
        const AgreedScore other{.level = (i + 1) % 4 + 1};
        entries.push_back({.name = fmt::format("{:02}", i + 1),
                           .agreed = {{"clear", one}, {"careful", other}, {"quick", one}}});
    }
    return entries;
}

TEST(CalibrationPackTest, APackThatIsSpreadHasNoProblems) {
    EXPECT_EQ(problems_of_pack(spread_pack(), rubric_of_three()), Problems{});
}

TEST(CalibrationPackTest, APackWithAHoleIsRefused) {
    auto entries = spread_pack();
    entries.pop_back();
    EXPECT_EQ(problems_of_pack(entries, rubric_of_three()),
              Problems{"expected 10 attempts, found 9"});
    entries = spread_pack();
    entries[4].agreed.erase("clear");
    EXPECT_THAT(problems_of_pack(entries, rubric_of_three()),
                ::testing::Contains("05: no level for clear"));
    for (CalibrationEntry& entry : entries) {
        entry.agreed["clear"].level = std::max(2, entry.agreed["clear"].level);
    }
    EXPECT_THAT(problems_of_pack(entries, rubric_of_three()),
                ::testing::Contains("clear: nobody has level 1"));
}

TEST(CalibrationPackTest, AnAttemptThatIsTheSameEverywhereIsRefused) {
    auto entries = spread_pack();
    entries[2].agreed["careful"] = entries[2].agreed["clear"];
    EXPECT_EQ(problems_of_pack(entries, rubric_of_three()), Problems{"03: one level everywhere"});
}

}  // namespace
}  // namespace onsite

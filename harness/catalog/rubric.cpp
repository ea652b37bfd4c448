#include "harness/catalog/rubric.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "base/json.hpp"
#include "harness/catalog/texts.hpp"

namespace onsite {
namespace {

constexpr std::uint64_t kRubricBytesMax = 256 << 10;
constexpr int kFollowUpsMax = 20;
constexpr int kVersionMax = 1'000'000;

Judge read_judge(JsonReader& reader) {
    const std::string word = reader.text("judge");
    if (word == to_string(Judge::checks)) return Judge::checks;
    if (word != to_string(Judge::person)) {
        reader.complain("judge", fmt::format("expected checks or person, found \"{}\"", word));
    }
    return Judge::person;
}

Result<Level> read_level(const Json& value, const std::string& where, Judge judge) {
    JsonReader reader(value, where);
    Level level;
    level.level = static_cast<int>(reader.number("level", 1, kLevelMax));
    level.behaviour = reader.text("behaviour");
    if (judge == Judge::checks) level.percent = static_cast<int>(reader.number("percent", 0, 100));
    if (auto done = reader.finish(); !done) return pass_on(done);
    if (level.behaviour.empty()) {
        return usage_error(where + ": \"behaviour\": expected a sentence, found none");
    }
    return level;
}

// Levels 1 to 4 in order; their percents start at 0 and rise.
Result<std::vector<Level>> read_levels(const Json& values, const std::string& where, Judge judge) {
    std::vector<Level> levels;
    for (const Json& value : values) {
        const std::string place = fmt::format("{}.levels[{}]", where, levels.size());
        auto level = read_level(value, place, judge);
        if (!level) return pass_on(level);
        const int expected = static_cast<int>(levels.size()) + 1;
        if (level->level != expected) {
            return usage_error(fmt::format("{}: expected level {}, found level {}", place, expected,
                                           level->level));
        }
        if (judge == Judge::checks) {
            if (levels.empty() && level->percent != 0) {
                return usage_error(fmt::format(
                    "{}: expected level 1 to begin at 0 percent, found {}", place, level->percent));
            }
            if (!levels.empty() && level->percent <= levels.back().percent) {
                return usage_error(
                    fmt::format("{}: expected more than the {} percent of level {}, "
                                "found {}",
                                place, levels.back().percent, expected - 1, level->percent));
            }
        }
        levels.push_back(std::move(*level));
    }
    if (levels.size() != kLevelMax) {
        return usage_error(
            fmt::format("{}: expected levels 1 to 4, found {} of them", where, levels.size()));
    }
    return levels;
}

Result<Criterion> read_criterion(const Json& value, const std::string& where) {
    JsonReader reader(value, where);
    Criterion criterion;
    criterion.id = reader.text("id");
    criterion.title = reader.text("title");
    criterion.weight = static_cast<int>(reader.number("weight", 1, kPointsPossible));
    criterion.judge = read_judge(reader);
    criterion.followup = static_cast<int>(reader.number("followup", 0, kFollowUpsMax));
    // The key of the other judge is then an unknown key.
    if (criterion.judge == Judge::checks) {
        criterion.checks = reader.texts("checks");
        if (criterion.checks.empty()) reader.complain("checks", "expected at least one check");
    } else {
        criterion.evidence = reader.texts("evidence");
    }
    const Json& level_values = reader.array("levels");
    if (auto done = reader.finish(); !done) return pass_on(done);
    auto levels = read_levels(level_values, where, criterion.judge);
    if (!levels) return pass_on(levels);
    criterion.levels = std::move(*levels);
    return criterion;
}

Result<Gate> read_gate(const Json& value, const std::string& where,
                       const std::vector<Criterion>& criteria) {
    JsonReader reader(value, where);
    Gate gate;
    gate.when = reader.text("when");
    gate.below = static_cast<int>(reader.number("below", 2, kLevelMax));
    gate.cap = static_cast<int>(reader.number("cap", 0, kPointsPossible));
    gate.because = reader.text("because");
    if (std::ranges::find(criteria, gate.when, &Criterion::id) == criteria.end()) {
        reader.complain("when",
                        fmt::format("expected the id of a criterion, found \"{}\"", gate.when));
    }
    if (gate.because.empty()) reader.complain("because", "expected a sentence, found none");
    if (auto done = reader.finish(); !done) return pass_on(done);
    return gate;
}

// What only the criteria together can get wrong.
Result<void> check_criteria(const std::vector<Criterion>& criteria, const std::string& where) {
    std::set<std::string> ids;
    std::set<std::string> checks;
    int sum = 0;
    for (const Criterion& criterion : criteria) {
        if (!ids.insert(criterion.id).second) {
            return usage_error(fmt::format("{}: expected each criterion once, found \"{}\" twice",
                                           where, criterion.id));
        }
        for (const std::string& check : criterion.checks) {
            if (checks.insert(check).second) continue;
            return usage_error(fmt::format(
                "{}: expected each check to be evidence for one criterion, found \"{}\" twice",
                where, check));
        }
        sum += criterion.weight;
    }
    if (sum != kPointsPossible) {
        return usage_error(fmt::format("{}: expected the weights to sum to {}, found {}", where,
                                       kPointsPossible, sum));
    }
    return {};
}

}  // namespace

std::string_view to_string(Judge judge) {
    switch (judge) {
        case Judge::checks:
            return "checks";
        case Judge::person:
            return "person";
    }
    std::abort();
}

Result<Rubric> parse_rubric(std::string_view text, const std::string& where) {
    auto json = parse_json(text, where, JsonComments::allowed);
    if (!json) return pass_on(json);
    JsonReader reader(*json, where);
    Rubric rubric;
    rubric.exercise = reader.text("exercise");
    rubric.version = static_cast<int>(reader.number("version", 1, kVersionMax));
    const Json& criteria = reader.array("criteria");
    const Json none = Json::array();
    const Json& gates = reader.has("gates") ? reader.array("gates") : none;
    if (auto done = reader.finish(); !done) return pass_on(done);
    for (const Json& value : criteria) {
        auto criterion =
            read_criterion(value, fmt::format("{}: criteria[{}]", where, rubric.criteria.size()));
        if (!criterion) return pass_on(criterion);
        rubric.criteria.push_back(std::move(*criterion));
    }
    if (auto good = check_criteria(rubric.criteria, where); !good) return pass_on(good);
    for (const Json& value : gates) {
        auto gate = read_gate(value, fmt::format("{}: gates[{}]", where, rubric.gates.size()),
                              rubric.criteria);
        if (!gate) return pass_on(gate);
        rubric.gates.push_back(std::move(*gate));
    }
    return rubric;
}

Result<std::string> load_rubric_text(const Exercise& exercise) {
    return read_file(exercise.folder / "rubric.json", kRubricBytesMax);
}

Result<Rubric> load_rubric(const Exercise& exercise) {
    const std::string where = "exercises/" + exercise.folder_name() + "/rubric.json";
    auto text = load_rubric_text(exercise);
    if (!text) return pass_on(text);
    auto rubric = parse_rubric(*text, where);
    if (!rubric) return rubric;
    if (rubric->exercise != exercise.slug) {
        return usage_error(fmt::format("{}: expected the exercise {}, found \"{}\"", where,
                                       exercise.slug, rubric->exercise));
    }
    auto followups = load_followups(exercise);
    if (!followups) return pass_on(followups);
    for (const Criterion& criterion : rubric->criteria) {
        if (criterion.followup > static_cast<int>(followups->size())) {
            return usage_error(
                fmt::format("{}: \"{}\" belongs to follow-up {}, but the exercise has only {}",
                            where, criterion.id, criterion.followup, followups->size()));
        }
    }
    return rubric;
}

}  // namespace onsite

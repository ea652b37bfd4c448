#include "harness/scoring/scorecard_json.hpp"

#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/parse_number.hpp"
#include "harness/isolation/isolation_json.hpp"

namespace onsite {
namespace {

constexpr std::int64_t kNumberMax = std::numeric_limits<std::int64_t>::max();
constexpr int kCountMax = 1'000'000;

Json self_ratings_to_json(const std::vector<SelfRating>& ratings) {
    Json list = Json::array();
    for (const SelfRating& rating : ratings) {
        list.push_back({{"criterion", rating.criterion},
                        {"level", rating.level},
                        {"anchor", rating.anchor},
                        {"note", rating.note}});
    }
    return list;
}

// A seed is any uint64; JavaScript's numbers are not, so it travels as text.
Json facts_to_json(const GradeFacts& facts) {
    Json json = {{"exercise", facts.exercise},
                 {"title", facts.title},
                 {"attempt", facts.attempt},
                 {"language", facts.language},
                 {"content_hash", facts.content_hash},
                 {"seed", std::to_string(facts.seed)},
                 {"toolchain", facts.toolchain},
                 {"isolation", to_json(facts.isolation)},
                 {"started_at", to_rfc3339(facts.started_at_ms)},
                 {"started_at_ms", facts.started_at_ms},
                 {"graded_at", to_rfc3339(facts.graded_at_ms)},
                 {"graded_at_ms", facts.graded_at_ms},
                 {"duration_ms", facts.duration_ms},
                 {"minutes_used", facts.minutes_used()},
                 {"minutes_allowed", facts.minutes_allowed},
                 {"followups_revealed", facts.followups_revealed},
                 {"followups_total", facts.followups_total},
                 {"hints_used", facts.hints_used},
                 {"is_solution_viewed", facts.is_solution_viewed},
                 {"replay", facts.replay}};
    // Old grades have none of these, and are to be written as they were.
    if (!facts.checks_hash.empty()) json["checks_hash"] = facts.checks_hash;
    if (facts.used_ms) json["used_ms"] = *facts.used_ms;
    if (!facts.self_ratings.empty()) {
        json["self_ratings"] = self_ratings_to_json(facts.self_ratings);
    }
    return json;
}

Json verdicts_to_json(const std::vector<Verdict>& verdicts) {
    Json list = Json::array();
    for (const Verdict& verdict : verdicts) list.push_back(to_json(verdict));
    return list;
}

Json ratings_to_json(const std::vector<PersonRating>& ratings) {
    Json list = Json::array();
    for (const PersonRating& rating : ratings) {
        list.push_back({{"reviewer", rating.reviewer},
                        {"level", rating.level},
                        {"anchors", rating.anchors},
                        {"comment", rating.comment},
                        {"is_revote", rating.is_revote}});
    }
    return list;
}

// What only some scorecards have is a member only of those.
void add_review(const Scorecard& card, Json& json) {
    if (!card.gates.empty()) json["earned_before_gates"] = card.earned_before_gates;
    for (const Gate& gate : card.gates) {
        json["gates"].push_back({{"when", gate.when},
                                 {"below", gate.below},
                                 {"cap", gate.cap},
                                 {"because", gate.because}});
    }
    for (const Signal& signal : card.signals) {
        json["signals"].push_back({{"reviewer", signal.reviewer},
                                   {"signal", to_string(signal.signal)},
                                   {"because", signal.because}});
    }
    for (const TimedPart& part : card.parts) {
        json["parts"].push_back({{"name", part.name}, {"duration_ms", part.duration_ms}});
    }
}

// A criterion has either a level or a reason to be open, never both.
Json criterion_to_json(const CriterionResult& result) {
    Json json = {{"id", result.criterion.id},
                 {"title", result.criterion.title},
                 {"weight", result.criterion.weight},
                 {"judge", to_string(result.criterion.judge)},
                 {"followup", result.criterion.followup},
                 {"points", result.points},
                 {"why", result.why},
                 {"verdicts", verdicts_to_json(result.evidence)}};
    if (result.level) json["level"] = *result.level;
    if (result.level && result.ratings.empty()) json["percent"] = result.percent;
    if (!result.ratings.empty()) json["ratings"] = ratings_to_json(result.ratings);
    if (result.open) json["open"] = to_string(*result.open);
    return json;
}

std::uint64_t read_seed(JsonReader& reader) {
    const std::string text = reader.text("seed");
    const auto seed = parse_number<std::uint64_t>(text);
    if (!seed) {
        reader.complain("seed", fmt::format("expected a whole number, found \"{}\"", text));
    }
    return seed.value_or(0);
}

int read_count(JsonReader& reader, const char* key) {
    return static_cast<int>(reader.number(key, 0, kCountMax));
}

Result<std::vector<SelfRating>> read_self_ratings(const Json& values, const std::string& where) {
    std::vector<SelfRating> ratings;
    for (const Json& value : values) {
        JsonReader reader(value, fmt::format("{}: self_ratings[{}]", where, ratings.size()));
        SelfRating rating{.criterion = reader.text("criterion"),
                          .level = static_cast<int>(reader.number("level", 1, kLevelMax)),
                          .anchor = reader.text("anchor"),
                          .note = reader.text("note")};
        if (auto done = reader.finish(); !done) return pass_on(done);
        ratings.push_back(std::move(rating));
    }
    return ratings;
}

}  // namespace

Json to_json(const Scorecard& scorecard) {
    Json criteria = Json::array();
    for (const CriterionResult& result : scorecard.criteria) {
        criteria.push_back(criterion_to_json(result));
    }
    Json json = {{"scorecard_version", kScorecardVersion},
                 {"rubric_version", scorecard.rubric_version},
                 {"is_grade", scorecard.is_grade},
                 {"notice", scorecard.notice},
                 {"earned", scorecard.earned},
                 {"judged", scorecard.judged},
                 {"possible", scorecard.possible},
                 {"facts", facts_to_json(scorecard.facts)},
                 {"criteria", criteria},
                 {"other_verdicts", verdicts_to_json(scorecard.other)}};
    add_review(scorecard, json);
    return json;
}

std::string scorecard_text(const Scorecard& scorecard) {
    return to_json(scorecard).dump(2, ' ', true, Json::error_handler_t::replace) + '\n';
}

Result<GradeFacts> grade_facts_from_text(std::string_view scorecard_json,
                                         const std::string& where) {
    auto json = parse_json(scorecard_json, where);
    if (!json) return pass_on(json);
    // Only the version and the facts are read: the points follow from the verdicts.
    JsonReader whole(*json, where);
    if (whole.number("scorecard_version", 1, kCountMax) != kScorecardVersion) {
        return usage_error(
            fmt::format("{}: expected scorecard_version {}", where, kScorecardVersion));
    }
    JsonReader reader(whole.object("facts"), where + ": facts");
    GradeFacts facts;
    facts.exercise = reader.text("exercise");
    facts.title = reader.text("title");
    facts.attempt = reader.text("attempt");
    facts.language = reader.text("language");
    facts.content_hash = reader.text("content_hash");
    facts.seed = read_seed(reader);
    facts.toolchain = reader.text("toolchain");
    const Json& isolation_value = reader.object("isolation");
    facts.started_at_ms = reader.number("started_at_ms", 0, kNumberMax);
    facts.graded_at_ms = reader.number("graded_at_ms", 0, kNumberMax);
    facts.duration_ms = reader.number("duration_ms", 0, kNumberMax);
    facts.minutes_allowed = read_count(reader, "minutes_allowed");
    facts.followups_revealed = read_count(reader, "followups_revealed");
    facts.followups_total = read_count(reader, "followups_total");
    facts.hints_used = read_count(reader, "hints_used");
    facts.is_solution_viewed = reader.flag_or("is_solution_viewed", false);
    facts.replay = reader.text("replay");
    if (reader.has("checks_hash")) facts.checks_hash = reader.text("checks_hash");
    if (reader.has("used_ms")) facts.used_ms = reader.number("used_ms", 0, kNumberMax);
    const Json no_ratings = Json::array();
    const Json& ratings = reader.has("self_ratings") ? reader.array("self_ratings") : no_ratings;
    // Written for readers of the JSON; they follow from the members above.
    for (const char* const derived : {"started_at", "graded_at"}) reader.text(derived);
    reader.number("minutes_used", 0, kNumberMax);
    if (auto done = reader.finish(); !done) return pass_on(done);
    auto isolation = isolation_from_json(isolation_value, where + ": facts");
    if (!isolation) return pass_on(isolation);
    facts.isolation = std::move(*isolation);
    auto own = read_self_ratings(ratings, where + ": facts");
    if (!own) return pass_on(own);
    facts.self_ratings = std::move(*own);
    return facts;
}

}  // namespace onsite

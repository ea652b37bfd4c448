#include "exercises/4-idempotency/drill/grade.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "base/parse_number.hpp"
#include "base/rng.hpp"
#include "exercises/4-idempotency/drill/metrics.hpp"
#include "exercises/4-idempotency/drill/taxonomy.hpp"

namespace onsite::drill {
namespace {

constexpr std::int64_t kUnnamedPromise = 10;  // Of kDetectMax: broken, but another promise.
constexpr std::int64_t kComponentMax = 10;
constexpr std::int64_t kExact = 15;
constexpr std::int64_t kNear = 10;
constexpr std::int64_t kInside = 5;
constexpr std::int64_t kSameGroup = 10;
constexpr int kIncidents = 10;
constexpr int kControls = 5;

std::string safe(std::string_view text) { return harmless(text, Lines::one); }

Points detect(const Diagnosis& diagnosis, const AnswerKey& key) {
    Points part{.part = "detect", .points_max = kDetectMax};
    const std::string truth = key.is_violated
                                  ? fmt::format("broken: {}", fmt::join(key.broken, ", "))
                                  : std::string("nothing is broken, it only looks bad");
    if (!diagnosis.is_violated) {
        part.why = {"not answered", truth};
    } else if (!*diagnosis.is_violated) {
        part.points = key.is_violated ? 0 : kDetectMax;
        part.why = {"you said: no", truth};
    } else if (!key.is_violated) {
        part.why = {"you said: yes. A false alarm", truth};
    } else {
        const bool is_named = key.broken.contains(diagnosis.invariant);
        part.points = is_named ? kDetectMax : kUnnamedPromise;
        part.why = {fmt::format("you said: yes, {}", safe(diagnosis.invariant)), truth};
    }
    return part;
}

// The line that a place of the logs means.
std::optional<std::int64_t> line_of(const std::string& place, const AnswerKey& key) {
    if (const auto request = key.requests.find(place); request != key.requests.end()) {
        return request->second;
    }
    if (!place.starts_with('e')) return std::nullopt;
    return parse_number<std::int64_t>(std::string_view(place).substr(1));
}

Points localise(const Diagnosis& diagnosis, const AnswerKey& key) {
    Points part{.part = "localise", .points_max = kLocaliseMax};
    if (diagnosis.at.empty()) {
        part.why = {"not answered"};
    } else {
        const auto line = line_of(diagnosis.at, key);
        std::int64_t points = 0;
        std::string_view what = "no line of an order that is concerned";
        if (line && key.exact.contains(*line)) {
            points = kExact;
            what = "exactly where it goes wrong for an order";
        } else if (line && key.near.contains(*line)) {
            points = kNear;
            what = "beside a line where it goes wrong";
        } else if (line && key.inside.contains(*line)) {
            points = kInside;
            what = "of an order that is concerned, but not where it goes wrong";
        }
        part.points = points;
        part.why = {fmt::format("{} is {}: {} of {}", safe(diagnosis.at), what, points, kExact)};
    }
    const std::string_view component = to_string(find_cause(key.cause)->component);
    const std::int64_t points = diagnosis.component == component ? kComponentMax : 0;
    part.points += points;
    part.why.push_back(
        fmt::format("the component is {}: {} of {}", component, points, kComponentMax));
    if (!key.exact.empty()) {
        part.why.push_back(fmt::format("the first bad line is e{}", *key.exact.begin()));
    }
    return part;
}

Points root_cause(const Diagnosis& diagnosis, const AnswerKey& key) {
    Points part{.part = "root cause", .points_max = kCauseMax};
    const Cause& truth = *find_cause(key.cause);
    const Cause* const said = find_cause(diagnosis.cause);
    if (said == nullptr) {
        part.why = {"not answered"};
    } else {
        const bool is_near = said->group == truth.group;
        part.points = said->id == truth.id ? kCauseMax : is_near ? kSameGroup : 0;
        part.why = {fmt::format("you said: {}", said->id)};
    }
    part.why.push_back(fmt::format("it is {}: {}", truth.id, truth.story));
    return part;
}

Points blast_radius(const Diagnosis& diagnosis, const AnswerKey& key) {
    Points part{.part = "blast radius", .points_max = kBlastMax};
    if (!diagnosis.affected) {
        part.why = {"not answered"};
        return part;
    }
    std::int64_t found = 0;
    for (const std::string& order : *diagnosis.affected) found += key.affected.contains(order);
    const auto named = static_cast<std::int64_t>(diagnosis.affected->size());
    const auto affected = static_cast<std::int64_t>(key.affected.size());
    const bool is_nobody = named == 0 && affected == 0;
    part.points =
        is_nobody ? kBlastMax : kBlastMax * 2 * found / std::max<std::int64_t>(named + affected, 1);
    part.why = {fmt::format("{} of {} affected orders named, and {} that are not affected", found,
                            affected, named - found)};
    return part;
}

// The incidents that an alert is tried on.
struct Trial {
    const Recipe* recipe;
    std::uint64_t seed;
};

std::vector<Trial> trials(const Recipe& recipe, std::uint64_t seed) {
    std::vector<const Recipe*> incidents;
    std::vector<const Recipe*> controls;
    for (const Recipe& one : recipes()) {
        (one.is_control() ? controls : incidents).push_back(&one);
    }
    const Rng chance = Rng(seed).fork("held out");
    std::vector<Trial> all;
    for (int i = 0; i < kIncidents; ++i) {
        Rng own = chance.fork(fmt::format("incident {}", i));
        const bool is_own = i < kIncidents / 2 && !recipe.is_control();
        const Recipe* other = incidents[own.below(incidents.size())];
        all.push_back({.recipe = is_own ? &recipe : other, .seed = own.next()});
    }
    for (int i = 0; i < kControls; ++i) {
        Rng own = chance.fork(fmt::format("control {}", i));
        all.push_back({.recipe = controls[static_cast<std::size_t>(i) % controls.size()],
                       .seed = own.next()});
    }
    return all;
}

Result<std::string> alert_sentence(const Diagnosis& diagnosis, const AnswerKey& key) {
    if (diagnosis.alert.empty()) return "no alert was written";
    auto alert = parse_alert(diagnosis.alert);
    if (!alert) return pass_on(alert);
    auto score = score_alert(*alert, *find_recipe(key.recipe), key.seed);
    if (!score) return pass_on(score);
    return fmt::format("caught {} of {} held-out incidents, {} false alarm{} on {} controls",
                       score->hits, score->incidents, score->false_alarms,
                       score->false_alarms == 1 ? "" : "s", score->controls);
}

}  // namespace

std::int64_t Grade::points() const {
    std::int64_t sum = 0;
    for (const Points& part : parts) sum += part.points;
    return sum;
}

Result<MitigationScore> no_client_graded(const Recipe&, std::uint64_t) {
    return MitigationScore{.points = 0, .why = {"no patched client was graded"}};
}

std::vector<Points> grade_answers(const Diagnosis& diagnosis, const AnswerKey& key) {
    return {detect(diagnosis, key), localise(diagnosis, key), root_cause(diagnosis, key),
            blast_radius(diagnosis, key)};
}

Result<AlertScore> score_alert(const Alert& alert, const Recipe& recipe, std::uint64_t seed) {
    AlertScore score;
    for (const Trial& trial : trials(recipe, seed)) {
        const auto evidence = play_incident(*trial.recipe, trial.seed);
        if (!evidence) return std::unexpected(evidence.error());
        const bool fires = alert.first_minute(measure(*evidence)) >= 0;
        if (trial.recipe->is_control()) {
            ++score.controls;
            score.false_alarms += fires;
        } else {
            ++score.incidents;
            score.hits += fires;
        }
    }
    return score;
}

Result<Grade> grade(const Diagnosis& diagnosis, const AnswerKey& key,
                    const GradeMitigation& mitigation) {
    const Recipe* const recipe = find_recipe(key.recipe);
    if (recipe == nullptr) {
        return usage_error("expected a drill of this version, found one of another version");
    }
    Grade grade{.parts = grade_answers(diagnosis, key)};
    auto patched = mitigation(*recipe, key.seed);
    if (!patched) return pass_on(patched);
    grade.parts.push_back({.part = "mitigate",
                           .points = std::clamp<std::int64_t>(patched->points, 0, kMitigateMax),
                           .points_max = kMitigateMax,
                           .why = std::move(patched->why)});
    auto sentence = alert_sentence(diagnosis, key);
    if (!sentence) return pass_on(sentence);
    grade.alert = std::move(*sentence);
    return grade;
}

}  // namespace onsite::drill

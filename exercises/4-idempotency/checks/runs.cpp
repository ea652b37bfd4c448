#include "exercises/4-idempotency/checks/runs.hpp"

#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "exercises/4-idempotency/checks/family.hpp"
#include "exercises/4-idempotency/checks/subject_shop.hpp"
#include "scenarios/format/read_scenario.hpp"

namespace onsite::idempotency {
namespace {

using scenarios::Scenario;

std::string_view name_of(Promise promise) {
    switch (promise) {
        case Promise::keys:
            return "keys";
        case Promise::once:
            return "once";
        case Promise::outcomes:
            return "outcomes";
        case Promise::truth:
            return "truth";
        case Promise::manners:
            return "manners";
    }
    return "";
}

// "outcomes, truth": what broke after the first finding.
std::string later_promises(const Judged& judged) {
    std::string words;
    for (const Finding& finding : judged.findings) {
        const std::string_view name = name_of(finding.promise);
        if (finding.promise == judged.findings.front().promise || words.find(name) != words.npos) {
            continue;
        }
        words += words.empty() ? "" : ", ";
        words += name;
    }
    return words;
}

}  // namespace

std::string_view to_string(Group group) {
    switch (group) {
        case Group::incident:
            return "the incident";
        case Group::family:
            return "new incidents of its family";
        case Group::catalogue:
            return "the catalogue of old failures";
    }
    return "";
}

Result<const GroupRuns*> Runs::of(Group group) {
    const auto known = played_.find(group);
    if (known != played_.end()) return &known->second;
    auto played = play_all(scenarios_[group]);
    if (!played) return pass_on(played);
    return &played_.emplace(group, std::move(*played)).first->second;
}

Result<GroupRuns> Runs::play_all(const std::vector<Scenario>& all) {
    GroupRuns runs;
    for (const Scenario& scenario : all) {
        auto judged = play_once(scenario);
        if (!judged) return pass_on(judged);
        ++runs.runs;
        if (workers_.failure()) {
            runs.failure = workers_.failure();
            runs.failed_in = scenario.id;
            workers_.forget();
            workers_.restart();
            return runs;  // What crashes once is not asked two hundred times.
        }
        if (auto added = add(scenario, *judged, runs); !added) return pass_on(added);
    }
    return runs;
}

Result<Judged> Runs::play_once(const Scenario& scenario) {
    const scenarios::Played played = play_subject(scenario, workers_);
    if (workers_.error()) return std::unexpected(*workers_.error());
    if (workers_.failure()) return Judged{};
    return judge_run(scenario, played.trace);
}

Result<void> Runs::add(const Scenario& scenario, const Judged& judged, GroupRuns& runs) {
    if (judged.symptom && runs.symptoms++ == 0) {
        runs.symptom = fmt::format("{} ({})", *judged.symptom, scenario.id);
    }
    if (judged.findings.empty()) return {};
    const Finding& first = judged.findings.front();
    GroupRuns::Broken& broken = runs.broken[first.promise];
    if (++broken.runs > 1) return {};
    broken.finding = first;
    broken.also = later_promises(judged);
    broken.scenario = scenarios::canonical(scenario);
    broken.id = scenario.id;
    // Once more in fresh processes: what a client keeps in memory must not be taken for a defect.
    workers_.restart();
    auto again = play_once(scenario);
    if (!again) return pass_on(again);
    broken.is_flaky = again->findings.empty() || again->findings.front().promise != first.promise;
    return {};
}

Result<std::vector<Scenario>> cases_from(std::string_view text) {
    auto json = parse_json(text, "cases.json", JsonComments::allowed);
    if (!json) return pass_on(json);
    JsonReader reader(*json, "cases.json");
    const Json& cases = reader.array("cases");
    if (auto done = reader.finish(); !done) return pass_on(done);
    std::vector<Scenario> all;
    for (const Json& one : cases) {
        auto scenario =
            scenarios::read_scenario(to_text(one), fmt::format("cases.json: {}", all.size()));
        if (!scenario) return pass_on(scenario);
        all.push_back(std::move(*scenario));
    }
    return all;
}

std::vector<Scenario> family_of(std::uint64_t seed, std::size_t count) {
    // Whole rounds of themes from any seed on; kept small, because a name ends in it.
    const std::uint64_t first = Rng(seed).below(1'000'000'000) * kThemes;
    std::vector<Scenario> all;
    for (std::uint64_t i = 0; i < count; ++i) all.push_back(incident_of(first + i));
    return all;
}

}  // namespace onsite::idempotency

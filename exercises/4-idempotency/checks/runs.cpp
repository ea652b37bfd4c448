#include "exercises/4-idempotency/checks/runs.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "exercises/4-idempotency/checks/family.hpp"
#include "exercises/4-idempotency/checks/subject_shop.hpp"
#include "scenarios/format/names.hpp"
#include "scenarios/format/read_scenario.hpp"
#include "scenarios/replay/catalog.hpp"

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
    std::abort();
}

// "outcomes, truth": other promises that broke later in the same run.
std::string later_promises(const Judged& judged, const Finding& first) {
    std::string words;
    for (const Finding& finding : judged.findings) {
        const std::string_view name = name_of(finding.promise);
        const bool is_later = finding.line >= first.line && finding.promise != first.promise;
        if (!is_later || words.find(name) != words.npos) continue;
        words += words.empty() ? "" : ", ";
        words += name;
    }
    return words;
}

// What a run costs: the promise that broke first, and what cannot follow from it. That an order is
// called paid never does; and bad manners lead to no other key and to no second charge.
std::set<Promise> held_against(const Judged& judged) {
    std::set<Promise> held = {judged.findings.front().promise};
    const auto grave = std::ranges::find_if(judged.findings, [](const Finding& finding) {
        return finding.promise != Promise::manners;
    });
    if (grave == judged.findings.end()) return held;
    if (grave->promise == Promise::keys || grave->promise == Promise::once) {
        held.insert(grave->promise);
    }
    const auto lie = std::ranges::find(judged.findings, Promise::truth, &Finding::promise);
    if (lie != judged.findings.end()) held.insert(Promise::truth);
    return held;
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
    std::abort();
}

std::optional<std::string> GroupRuns::nothing_proven() const {
    if (2 * without_payment <= runs) return std::nullopt;
    return fmt::format("no payment is made in {} of {} runs, although some can be", without_payment,
                       runs);
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
    runs.without_payment += judged.pays_nobody;
    if (judged.findings.empty()) return {};
    std::set<Promise> held = held_against(judged);
    if (judged.symptom && held.contains(Promise::keys) && runs.symptoms++ == 0) {
        runs.symptom = fmt::format("{} ({})", *judged.symptom, scenario.id);
    }
    for (const Finding& finding : judged.findings) {
        if (held.erase(finding.promise) == 0) continue;
        GroupRuns::Broken& broken = runs.broken[finding.promise];
        if (++broken.runs > 1) continue;
        broken.finding = finding;
        broken.also = later_promises(judged, finding);
        broken.scenario = scenarios::canonical(scenario);
        broken.id = scenario.id;
        auto is_there = happens_again(scenario, finding.promise);
        if (!is_there) return pass_on(is_there);
        broken.is_flaky = !*is_there;
    }
    return {};
}

// In fresh processes: what a client keeps in memory must not be taken for a defect.
Result<bool> Runs::happens_again(const Scenario& scenario, Promise promise) {
    workers_.restart();
    auto again = play_once(scenario);
    if (!again) return pass_on(again);
    if (workers_.failure()) {
        workers_.forget();
        return false;
    }
    return std::ranges::find(again->findings, promise, &Finding::promise) != again->findings.end();
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

Result<std::vector<Scenario>> old_failures(const std::filesystem::path& folder) {
    auto all = scenarios::load_catalog(folder);
    if (!all) return pass_on(all);
    for (std::size_t i = 0; i < all->size(); ++i) {
        (*all)[i] =
            scenarios::with_names_of_its_own(std::move((*all)[i]), fmt::format("-{}", i + 1));
    }
    return all;
}

}  // namespace onsite::idempotency

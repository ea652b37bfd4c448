#include "exercises/4-idempotency/checks/checks.hpp"

#include <utility>

#include <fmt/format.h>

#include "scenarios/format/read_scenario.hpp"

namespace onsite::idempotency {
namespace {

struct Entry {
    const char* name;
    CheckScope scope;
    Promise promise;
    Group group;
};

constexpr Entry kEntries[] = {
    {"scopes_keys", CheckScope::every_save, Promise::keys, Group::family},
    {"charges_once", CheckScope::every_save, Promise::once, Group::family},
    {"learns_outcomes", CheckScope::every_save, Promise::outcomes, Group::family},
    {"tells_the_truth", CheckScope::every_save, Promise::truth, Group::family},
    {"retries_politely", CheckScope::every_save, Promise::manners, Group::family},
    {"scopes_keys_in_old_failures", CheckScope::grade, Promise::keys, Group::catalogue},
    {"charges_once_in_old_failures", CheckScope::grade, Promise::once, Group::catalogue},
    {"learns_outcomes_in_old_failures", CheckScope::grade, Promise::outcomes, Group::catalogue},
    {"tells_the_truth_in_old_failures", CheckScope::grade, Promise::truth, Group::catalogue},
    {"retries_politely_in_old_failures", CheckScope::grade, Promise::manners, Group::catalogue},
};

Verdict cannot_be_judged(const std::string& check, const GroupRuns& runs) {
    Verdict verdict = failed(check, runs.failure->cause,
                             fmt::format("{} ({})", runs.failure->problem, runs.failed_in));
    verdict.cases = runs.runs;
    verdict.evidence.stderr_tail = runs.failure->stderr_tail;
    return verdict;
}

Verdict broken_verdict(const std::string& check, Group group, const GroupRuns& runs,
                       const GroupRuns::Broken& broken) {
    std::string message = fmt::format("{} ({}; {} of {} runs of {})", broken.finding.message,
                                      broken.id, broken.runs, runs.runs, to_string(group));
    if (!broken.also.empty()) message += fmt::format("; what follows from it: {}", broken.also);
    Verdict verdict =
        failed(check, broken.is_flaky ? Cause::flaky : Cause::wrong_answer, std::move(message));
    verdict.cases = runs.runs;
    verdict.evidence.story = broken.finding.story;
    verdict.evidence.case_json = broken.scenario;
    return verdict;
}

Result<Verdict> incident_is_gone(Runs& all, const std::string& check) {
    auto runs = all.of(Group::incident);
    if (!runs) return pass_on(runs);
    const GroupRuns& incident = **runs;
    if (incident.failure) return cannot_be_judged(check, incident);
    const auto idle = incident.nothing_proven();
    if (incident.symptoms == 0 && !idle) {
        return passed(check, incident.runs,
                      "no shopper is told \"failed\" because of a reused key");
    }
    Verdict verdict =
        failed(check, Cause::wrong_answer, incident.symptoms > 0 ? incident.symptom : *idle);
    verdict.cases = incident.runs;
    if (!incident.broken.empty()) {
        const GroupRuns::Broken& broken = incident.broken.begin()->second;
        verdict.evidence.story = broken.finding.message + "\n\n" + broken.finding.story;
        verdict.evidence.case_json = broken.scenario;
    }
    return verdict;
}

// A patch is judged by what it costs when it does what it is for: a client that was not mended at
// all keeps most promises.
Result<Verdict> keeps_promise(Runs& all, const Entry& entry) {
    auto incident = incident_is_gone(all, entry.name);
    if (!incident) return incident;
    if (incident->cause != Cause::none && incident->cause != Cause::wrong_answer) return incident;
    if (incident->outcome != Outcome::pass) {
        return not_run(entry.name, "the incident still happens: what its end costs is judged then");
    }
    auto runs = all.of(entry.group);
    if (!runs) return pass_on(runs);
    const GroupRuns& played = **runs;
    if (played.failure) return cannot_be_judged(entry.name, played);
    if (const auto idle = played.nothing_proven()) {
        return failed(entry.name, Cause::wrong_answer, *idle);
    }
    const auto broken = played.broken.find(entry.promise);
    if (broken != played.broken.end()) {
        return broken_verdict(entry.name, entry.group, played, broken->second);
    }
    return passed(entry.name, played.runs,
                  fmt::format("kept in {} runs of {}", played.runs, to_string(entry.group)));
}

}  // namespace

Result<Runs::Scenarios> scenarios_of(const CheckJob& job, const std::filesystem::path& catalogue) {
    Runs::Scenarios all;
    if (!job.only_case.empty()) {
        auto scenario = scenarios::read_scenario(job.only_case, "the case");
        if (!scenario) return pass_on(scenario);
        all[Group::incident] = {std::move(*scenario)};
        return all;
    }
    auto cases = cases_from(job.visible_cases);
    if (!cases) return pass_on(cases);
    all[Group::incident] = std::move(*cases);
    const auto runs = kFamilyRunsPerCase * static_cast<std::size_t>(job.property_cases);
    all[Group::family] = family_of(job.seed, job.is_full ? runs : kFamilySample);
    if (!job.is_full) return all;
    auto old = old_failures(catalogue);
    if (!old) return pass_on(old);
    all[Group::catalogue] = std::move(*old);
    return all;
}

std::vector<Check> all_checks(Runs& runs) {
    std::vector<Check> checks;
    checks.push_back({.name = "incident_is_gone", .scope = CheckScope::every_save, .run = [&runs] {
                          return incident_is_gone(runs, "incident_is_gone");
                      }});
    for (const Entry& entry : kEntries) {
        checks.push_back({.name = entry.name, .scope = entry.scope, .run = [&runs, &entry] {
                              return keeps_promise(runs, entry);
                          }});
    }
    return checks;
}

std::vector<Check> replayed_case(Runs& runs, const std::string& name) {
    const auto run = [&runs, name]() -> Result<Verdict> {
        auto played = runs.of(Group::incident);
        if (!played) return pass_on(played);
        const GroupRuns& one = **played;
        if (one.failure) return cannot_be_judged(name, one);
        if (one.broken.empty()) return passed(name, one.runs, "every promise is kept");
        return broken_verdict(name, Group::incident, one, one.broken.begin()->second);
    };
    return {{.name = name, .scope = CheckScope::every_save, .run = run}};
}

}  // namespace onsite::idempotency

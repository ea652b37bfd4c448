#include "exercises/4-idempotency/checks/mitigation.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace onsite::idempotency {
namespace {

struct Part {
    Promise promise;
    const char* what;
    int family;
    int catalogue;
};

constexpr int kIncidentPoints = 4;
constexpr Part kParts[] = {
    {Promise::keys, "no key is sent with another body", 6, 1},
    {Promise::once, "nobody is charged twice", 4, 1},
    {Promise::outcomes, "payments that can be made are made, and their outcome is known", 3, 1},
    {Promise::truth, "\"paid\" is said of money that moved", 2, 1},
    {Promise::manners, "retries pause, and stop at a definite answer", 1, 1},
};

constexpr int points_of_all() {
    int points = kIncidentPoints;
    for (const Part& part : kParts) points += part.family + part.catalogue;
    return points;
}
static_assert(points_of_all() == kMitigationPoints);

// What the client did in one group, as far as a promise goes. Earned 0 when nothing is known.
MitigationLine line_of(const Part& part, Group group, int points_max, const GroupRuns& runs) {
    MitigationLine line{.what = fmt::format("{}: {}", to_string(group), part.what),
                        .points_max = points_max};
    const auto broken = runs.broken.find(part.promise);
    if (runs.failure) {
        line.why = fmt::format("{} ({})", runs.failure->problem, runs.failed_in);
        line.evidence = runs.failure->stderr_tail;
    } else if (const auto idle = runs.nothing_proven()) {
        line.why = *idle;
    } else if (broken != runs.broken.end()) {
        line.why = fmt::format("{} ({}; {} of {} runs)", broken->second.finding.message,
                               broken->second.id, broken->second.runs, runs.runs);
        line.evidence = broken->second.finding.story;
    } else if (runs.runs == 0) {
        line.why = "nothing was played";
    } else {
        line.points = points_max;
        line.why = fmt::format("kept in {} runs", runs.runs);
    }
    return line;
}

MitigationLine line_of_incident(const GroupRuns& runs) {
    MitigationLine line{
        .what = "the incident: no shopper is told \"failed\" because of a reused key",
        .points_max = kIncidentPoints};
    if (runs.failure) {
        line.why = fmt::format("{} ({})", runs.failure->problem, runs.failed_in);
        line.evidence = runs.failure->stderr_tail;
    } else if (runs.symptoms > 0) {
        line.why = runs.symptom;
        if (!runs.broken.empty()) line.evidence = runs.broken.begin()->second.finding.story;
    } else if (const auto idle = runs.nothing_proven()) {
        line.why = *idle;
    } else {
        line.points = kIncidentPoints;
        line.why = fmt::format("gone in {} runs", runs.runs);
    }
    return line;
}

Result<void> add_lines(Runs& runs, Group group, MitigationReport& report) {
    auto played = runs.of(group);
    if (!played) return pass_on(played);
    for (const Part& part : kParts) {
        const int points = group == Group::family ? part.family : part.catalogue;
        report.lines.push_back(line_of(part, group, points, **played));
    }
    return {};
}

// Held against a patch: in groups that it could be judged in.
bool charges_twice(const Runs::Played& played) {
    return std::ranges::any_of(
        played, [](const auto& group) { return group.second.broken.contains(Promise::once); });
}

// Why the patch is worth little whatever else it keeps; nothing when it is not.
const char* why_capped(const Runs::Played& played) {
    if (charges_twice(played)) {
        return "charging somebody twice does more harm than the incident did";
    }
    if (played.at(Group::incident).broken.contains(Promise::keys)) {
        return "the incident is hidden, and its cause goes on: a key is sent with another body";
    }
    return nullptr;
}

void add_up(MitigationReport& report, const char* why_capped) {
    for (const MitigationLine& line : report.lines) report.points += line.points;
    if (why_capped == nullptr || report.points <= kMitigationPointsOfHarm) return;
    report.cap = fmt::format("at most {} of these {}: {}", kMitigationPointsOfHarm, report.points,
                             why_capped);
    report.points = kMitigationPointsOfHarm;
}

}  // namespace

Result<MitigationReport> judge_mitigation(const MitigationQuestion& question, Rng secrets,
                                          Clock& clock) {
    Runs::Scenarios all;
    all[Group::incident] = question.incident;
    all[Group::family] = family_of(question.seed, question.family_runs);
    if (!question.catalogue.empty()) {
        auto old = old_failures(question.catalogue);
        if (!old) return tool_error(old.error().message);
        all[Group::catalogue] = std::move(*old);
    }
    Workers workers(question.subject, question.layers, secrets, clock);
    Runs runs(std::move(all), workers);
    auto incident = runs.of(Group::incident);
    if (!incident) return pass_on(incident);
    MitigationReport report;
    report.lines.push_back(line_of_incident(**incident));
    if (report.lines.front().points == 0) return report;
    for (const Group group : {Group::family, Group::catalogue}) {
        if (auto added = add_lines(runs, group, report); !added) return pass_on(added);
    }
    add_up(report, why_capped(runs.played()));
    return report;
}

}  // namespace onsite::idempotency

#include "scenarios/replay/replay.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "base/stable_hash.hpp"

namespace onsite::scenarios {
namespace {

std::string_view line_of(std::string_view trace, std::int64_t number) {
    for (; number > 0; --number)
        trace.remove_prefix(std::min(trace.find('\n'), trace.size() - 1) + 1);
    return trace.substr(0, trace.find('\n'));
}

const std::string& comparable(const Played& played) {
    return played.comparable.empty() ? played.trace : played.comparable;
}

std::string hash_text(std::uint64_t hash) { return fmt::format("{:016x}", hash); }

// The trace says it in its first line, for who judges it when nothing else is left of the run; its
// last line has the hash of the others.
void label_best_effort(Played& played) {
    constexpr std::string_view kOrdered = R"("determinism":"ordered")";
    std::string& trace = played.trace;
    const auto label = trace.find(kOrdered);
    if (label > trace.find('\n')) return;
    trace.replace(label, kOrdered.size(), R"("determinism":"best-effort")");
    const std::string old_hash = hash_text(played.hash);
    const auto footer = trace.rfind('\n', trace.size() - 2) + 1;
    played.hash = 0;
    for (std::size_t begin = 0; begin < footer;) {
        const auto end = trace.find('\n', begin) + 1;
        played.hash = add_to_hash(played.hash, std::string_view(trace).substr(begin, end - begin));
        begin = end;
    }
    trace.replace(trace.rfind(old_hash), old_hash.size(), hash_text(played.hash));
}

Result<Replay> judged(Played played) {
    auto run = read_trace(played.trace);
    if (!run) return pass_on(run);
    Replay replay = judged(std::move(*run));
    replay.played = std::move(played);
    return replay;
}

}  // namespace

Result<Replay> replay(const Scenario& scenario, const ShopKind& shop) {
    Played played = play(scenario, shop);
    const Played again = play(scenario, shop);
    const std::int64_t parted = first_difference(played.trace, again.trace);
    if (parted >= 0) {
        return tool_error(
            fmt::format("expected the second run to be the first one again, found "
                        "line {} different: {} / {}; please report it",
                        parted, line_of(played.trace, parted), line_of(again.trace, parted)));
    }
    return judged(std::move(played));
}

Result<Replay> replay(const Scenario& scenario, const PlayClient& play_client) {
    auto first = play_client(scenario);
    if (!first) return pass_on(first);
    auto second = play_client(scenario);
    if (!second) return pass_on(second);
    const std::int64_t parted = first_difference(comparable(*first), comparable(*second));
    if (parted >= 0) {
        label_best_effort(*first);
        label_best_effort(*second);
    }
    auto replay = judged(std::move(*first));
    if (!replay || parted < 0) return replay;
    if (replay->violations.empty()) replay = judged(std::move(*second));
    if (replay) replay->parted = parted;
    return replay;
}

Replay judged(RunRecord run) {
    Replay replay;
    replay.determinism = run.determinism();
    replay.violations = judge(run);
    if (run.is_of_a_service()) {
        replay.unmet = check_story_happened(run);
    }
    replay.run = std::move(run);
    return replay;
}

ReplayVerdict verdict_of(const Replay& replay) {
    if (!replay.violations.empty()) return ReplayVerdict::fail;
    return replay.unmet ? ReplayVerdict::inconclusive : ReplayVerdict::pass;
}

std::string_view to_string(ReplayVerdict verdict) {
    switch (verdict) {
        case ReplayVerdict::pass:
            return "pass";
        case ReplayVerdict::fail:
            return "fail";
        case ReplayVerdict::inconclusive:
            return "inconclusive";
    }
    std::abort();
}

std::vector<std::string> broken_checkers(const Replay& replay) {
    std::vector<std::string> ids;
    for (const Violation& broken : replay.violations) ids.push_back(broken.checker);
    return ids;
}

Expectation expectation_of(const Scenario& scenario, const ShopKind& shop, const Replay& replay) {
    const auto expected = scenario.expect.find(std::string(shop.name));
    if (expected == scenario.expect.end()) return Expectation::none;
    std::vector<std::string> ids = expected->second;
    std::ranges::sort(ids);
    return ids == broken_checkers(replay) ? Expectation::met : Expectation::not_met;
}

}  // namespace onsite::scenarios

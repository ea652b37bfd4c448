#include "harness/verification/reproduction.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/escape.hpp"
#include "base/json.hpp"
#include "harness/verification/parts.hpp"

namespace onsite {
namespace {

// The first member that is not the same, for a person: "outcome", "message", ...
std::string first_difference(const Json& stored, const Json& again) {
    for (const auto& [key, value] : stored.items()) {
        if (!again.contains(key) || again[key] != value) return key;
    }
    return "its form";
}

}  // namespace

std::string reproducible_text(const Verdict& verdict) {
    Verdict kept = verdict;
    kept.evidence.stderr_tail.clear();
    if (!kept.evidence.growth.empty()) {
        kept.outcome = Outcome::inconclusive;
        kept.cause = Cause::none;
        kept.percent = 0;
        kept.message.clear();
        kept.evidence.story.clear();
        for (GrowthPoint& point : kept.evidence.growth) {
            point.subject_ms = 0;
            point.reference_ms = 0;
        }
    }
    return to_text(to_json(kept));
}

std::vector<std::string> unlike_verdicts(std::span<const Verdict> stored,
                                         std::span<const Verdict> again) {
    std::vector<std::string> unlike;
    for (std::size_t i = 0; i < std::max(stored.size(), again.size()); ++i) {
        if (i >= again.size()) {
            unlike.push_back(
                fmt::format("{} gave no verdict this time", harmless(stored[i].check, Lines::one)));
            continue;
        }
        if (i >= stored.size()) {
            unlike.push_back(
                fmt::format("{} has no stored verdict", harmless(again[i].check, Lines::one)));
            continue;
        }
        const std::string before = reproducible_text(stored[i]);
        const std::string now = reproducible_text(again[i]);
        if (before == now) continue;
        const Json before_json = Json::parse(before, nullptr, false);
        const Json now_json = Json::parse(now, nullptr, false);
        unlike.push_back(
            fmt::format("{}: {} is stored, a second run with the same seed gives {} "
                        "(first difference: {})",
                        harmless(stored[i].check, Lines::one), to_string(stored[i].outcome),
                        to_string(again[i].outcome), first_difference(before_json, now_json)));
    }
    return unlike;
}

ProofLine prove_rerun(const MadeVerdicts& stored, const MadeVerdicts& again, std::uint64_t seed) {
    const auto unlike = unlike_verdicts(stored.verdicts, again.verdicts);
    if (unlike.empty()) {
        return holds("rerun",
                     fmt::format("{} verdicts again from seed {}, byte for byte; left "
                                 "out: measured times of {}, and stderr",
                                 stored.verdicts.size(), seed, count_measured(stored.verdicts)));
    }
    std::string sentence = unlike.front();
    if (unlike.size() > 1) sentence += fmt::format("; and {} more", unlike.size() - 1);
    if (stored.toolchain != again.toolchain) {
        return noted("rerun", fmt::format("{}; the grade was made with {}, here is {}", sentence,
                                          harmless(stored.toolchain, Lines::one), again.toolchain));
    }
    if (stored.checks_hash != again.checks_hash) {
        return noted("rerun",
                     fmt::format("{}; the grade was given by other checks ({}, here are {}): only "
                                 "the Onsite of that day can repeat it",
                                 sentence,
                                 stored.checks_hash.empty() ? "it does not say which"
                                                            : short_of(stored.checks_hash),
                                 short_of(again.checks_hash)));
    }
    return broken("rerun", std::move(sentence));
}

std::size_t count_measured(std::span<const Verdict> verdicts) {
    return static_cast<std::size_t>(std::ranges::count_if(
        verdicts, [](const Verdict& one) { return !one.evidence.growth.empty(); }));
}

}  // namespace onsite

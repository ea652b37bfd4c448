#include "harness/scoring/rubric_diff.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace onsite {
namespace {

const Criterion* find_criterion(const Rubric& rubric, const std::string& id) {
    const auto found = std::ranges::find(rubric.criteria, id, &Criterion::id);
    return found == rubric.criteria.end() ? nullptr : &*found;
}

void add_level_changes(const Criterion& before, const Criterion& after,
                       std::vector<std::string>& changes) {
    for (std::size_t i = 0; i < before.levels.size() && i < after.levels.size(); ++i) {
        const Level& one = before.levels[i];
        const Level& other = after.levels[i];
        if (one.percent != other.percent) {
            changes.push_back(fmt::format("{}: level {} from {} percent instead of {}", before.id,
                                          one.level, other.percent, one.percent));
        }
        if (one.behaviour != other.behaviour) {
            changes.push_back(fmt::format("{}: level {} is described otherwise: {}", before.id,
                                          one.level, other.behaviour));
        }
    }
}

void add_changes(const Criterion& before, const Criterion& after,
                 std::vector<std::string>& changes) {
    const std::string& id = before.id;
    if (before.title != after.title) {
        changes.push_back(fmt::format("{}: is called \"{}\"", id, after.title));
    }
    if (before.weight != after.weight) {
        changes.push_back(
            fmt::format("{}: weighs {} instead of {}", id, after.weight, before.weight));
    }
    if (before.judge != after.judge) {
        changes.push_back(fmt::format("{}: is judged by {} instead of {}", id,
                                      to_string(after.judge), to_string(before.judge)));
    }
    if (before.followup != after.followup) {
        changes.push_back(fmt::format("{}: belongs to follow-up {} instead of {}", id,
                                      after.followup, before.followup));
    }
    if (before.checks != after.checks) {
        changes.push_back(fmt::format("{}: checks are {} instead of {}", id,
                                      fmt::join(after.checks, ", "),
                                      fmt::join(before.checks, ", ")));
    }
    if (before.evidence != after.evidence) {
        changes.push_back(fmt::format("{}: other evidence to look at", id));
    }
    add_level_changes(before, after, changes);
}

std::string gate_sentence(const Gate& gate) {
    return fmt::format("{} below level {} caps at {}: {}", gate.when, gate.below, gate.cap,
                       gate.because);
}

void add_gate_changes(const Rubric& before, const Rubric& after,
                      std::vector<std::string>& changes) {
    for (const Gate& gate : before.gates) {
        if (std::ranges::find(after.gates, gate) == after.gates.end()) {
            changes.push_back("no longer: " + gate_sentence(gate));
        }
    }
    for (const Gate& gate : after.gates) {
        if (std::ranges::find(before.gates, gate) == before.gates.end()) {
            changes.push_back("new: " + gate_sentence(gate));
        }
    }
}

Scorecard judged(const Rubric& rubric, const StoredScore& stored) {
    return with_ballots(rubric, score(rubric, stored.verdicts, stored.facts), stored.ballots);
}

std::string standing(const CriterionResult* result) {
    if (result == nullptr) return "–";
    if (!result->level) return "open";
    return fmt::format("level {} ({} of {})", *result->level, result->points,
                       result->criterion.weight);
}

const CriterionResult* find_result(const Scorecard& card, const std::string& id) {
    for (const CriterionResult& result : card.criteria) {
        if (result.criterion.id == id) return &result;
    }
    return nullptr;
}

std::vector<std::string> reasons(const Scorecard& before, const Scorecard& after) {
    std::vector<std::string> why;
    const auto compare = [&](const std::string& id) {
        const std::string old_words = standing(find_result(before, id));
        const std::string new_words = standing(find_result(after, id));
        if (old_words != new_words)
            why.push_back(fmt::format("{}: {} -> {}", id, old_words, new_words));
    };
    for (const CriterionResult& result : before.criteria) compare(result.criterion.id);
    for (const CriterionResult& result : after.criteria) {
        const std::string& id = result.criterion.id;
        if (find_result(before, id) == nullptr) compare(id);
    }
    for (const Gate& gate : after.gates) {
        if (std::ranges::find(before.gates, gate) != before.gates.end()) continue;
        why.push_back(fmt::format("capped at {}: {}", gate.cap, gate.when));
    }
    for (const Gate& gate : before.gates) {
        if (std::ranges::find(after.gates, gate) != after.gates.end()) continue;
        why.push_back(fmt::format("no longer capped at {}: {}", gate.cap, gate.when));
    }
    return why;
}

}  // namespace

std::vector<std::string> rubric_changes(const Rubric& old_rubric, const Rubric& new_rubric) {
    std::vector<std::string> changes;
    for (const Criterion& before : old_rubric.criteria) {
        const Criterion* const after = find_criterion(new_rubric, before.id);
        if (after == nullptr) {
            changes.push_back(
                fmt::format("{}: is gone, with its {} points", before.id, before.weight));
        } else {
            add_changes(before, *after, changes);
        }
    }
    for (const Criterion& after : new_rubric.criteria) {
        if (find_criterion(old_rubric, after.id) != nullptr) continue;
        changes.push_back(
            fmt::format("{}: is new, with {} points: {}", after.id, after.weight, after.title));
    }
    add_gate_changes(old_rubric, new_rubric, changes);
    if (!changes.empty() && new_rubric.version <= old_rubric.version) {
        changes.push_back(fmt::format("the version should rise above {}, found {}",
                                      old_rubric.version, new_rubric.version));
    }
    return changes;
}

Move move_of(const Rubric& old_rubric, const Rubric& new_rubric, const StoredScore& stored) {
    const Scorecard before = judged(old_rubric, stored);
    const Scorecard after = judged(new_rubric, stored);
    return {.attempt = stored.facts.attempt,
            .before = before.earned,
            .before_judged = before.judged,
            .after = after.earned,
            .after_judged = after.judged,
            .why = reasons(before, after)};
}

std::string moves_text(std::span<const Move> moves, bool shows_all) {
    const auto moved = std::ranges::count_if(moves, &Move::is_moved);
    std::string text = fmt::format("{} of {} attempts would move\n", moved, moves.size());
    for (const Move& move : moves) {
        if (!move.is_moved() && !shows_all) continue;
        text += fmt::format("  {:<22} {:>3} / {:<3} -> {:>3} / {:<3}  {:+}\n", move.attempt,
                            move.before, move.before_judged, move.after, move.after_judged,
                            move.after - move.before);
        for (const std::string& why : move.why) text += fmt::format("      {}\n", why);
    }
    return text;
}

}  // namespace onsite

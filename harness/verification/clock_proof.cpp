
#include <fmt/format.h>

#include "harness/verification/parts.hpp"

namespace onsite {
namespace {

std::string time_in_words(std::int64_t ms) {
    const std::int64_t seconds = ms / 1'000;
    if (seconds < 60) return fmt::format("{}.{:03} s", seconds, ms % 1'000);
    return fmt::format("{} min {:02} s", seconds / 60, seconds % 60);
}

// The seal tells what the clock showed; folding the log up to it has to give the same.
void prove_seal_clock(const AttemptState& before, const Event& event,
                      std::vector<ProofLine>& proofs) {
    const Seal& seal = event.seal;
    const std::int64_t used_ms = used_ms_at(before, event.at_ms);
    const bool is_over = seal.allowed_ms > 0 && used_ms >= seal.allowed_ms;
    const std::int64_t expected_ms = is_over ? seal.allowed_ms : used_ms;
    if (seal.used_ms != expected_ms) {
        proofs.push_back(
            broken("clock", fmt::format("the log gives {} of use until the seal, the "
                                        "seal says {}",
                                        time_in_words(expected_ms), time_in_words(seal.used_ms))));
    }
    if (before.allowed_ms > 0 && seal.allowed_ms != before.allowed_ms) {
        proofs.push_back(broken("clock", fmt::format("the attempt was begun with {}, its seal says "
                                                     "{}",
                                                     time_in_words(before.allowed_ms),
                                                     time_in_words(seal.allowed_ms))));
    }
}

}  // namespace

std::vector<ProofLine> prove_clock(const std::vector<LoggedEvent>& events) {
    std::vector<ProofLine> proofs;
    std::optional<AttemptState> state;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const Event& event = events[i].event;
        if (state && event.at_ms < state->last_event_ms) {
            proofs.push_back(
                broken("clock", fmt::format("event {} ({}) is {} before event {}: the machine's "
                                            "clock was set back",
                                            i + 1, to_string(event.kind),
                                            time_in_words(state->last_event_ms - event.at_ms), i)));
        }
        if (state && event.kind == EventKind::sealed) prove_seal_clock(*state, event, proofs);
        auto next = next_state(state, event);
        if (!next) break;  // The log as a whole was read before, so this does not come.
        state = std::move(*next);
    }
    if (proofs.empty() && state) {
        proofs.push_back(holds("clock", fmt::format("{} used, no event before the one it follows",
                                                    time_in_words(state->used_ms))));
    }
    return proofs;
}

}  // namespace onsite

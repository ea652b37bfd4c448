// What must be true of every run, whatever goes wrong. A checker reads a trace and nothing else, so
// an old run is judged again without playing it again; three of them compare it with others that
// they play.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/trace/run_record.hpp"

namespace onsite::scenarios {

// The first line at which a promise is broken.
struct Violation {
    std::string checker = {};
    std::string operation = {};  // The order, refund or event that it is about.
    std::int64_t line = 0;       // Of the trace.
    std::string message = {};    // "expected one charge, found a second of 1999 usd"
};

struct Checker {
    std::string_view id;
    std::string_view promise;  // One sentence.
    // Nothing when the promise holds. Complexity: O(lines * log lines), unless its file says more.
    std::optional<Violation> (*check)(const RunRecord& run);
    // It plays the run's scenario again with something changed, so it is asked only where a
    // scenario names it. A run of a shop that is none of ours it cannot judge, and has nothing
    // against.
    bool plays_again = false;
    // Whether a client that is none of ours can be asked: false where only a shop that we know from
    // the inside has an answer.
    bool is_for_clients = true;
};

// Of the checker that says whether a run put the shop to any test at all.
inline constexpr std::string_view kNonVacuity = "non_vacuity";

// In alphabetical order.
std::span<const Checker> checkers();
const Checker* find_checker(std::string_view id);

// Those that judge a client that is none of ours: all that it can be asked, and three besides,
// because a client that does little breaks nothing else: whether it gets paid what the reference
// gets paid, whether what it calls paid is charged, and whether it asks as often as it is told.
std::vector<const Checker*> checkers_of_clients();
// Of them, those that judge a service, which is seen from outside only: it is not asked how a job
// of it ended, so what it tells the shopper is judged instead.
std::vector<const Checker*> checkers_of_services();

// Those that judge this run. Of a shop of ours: the ones that its scenario names; when it names
// none, all that only read the trace. Of a client: checkers_of_clients(), of a service:
// checkers_of_services().
std::vector<const Checker*> checkers_for(const RunRecord& run);

// What the run breaks, one violation for each of these checkers, in their order.
std::vector<Violation> judge(const RunRecord& run);

// After such a pause an attempt begins a series of its own.
inline constexpr std::int64_t kSeriesPauseUs = 60'000'000;

// ---- One file each ----
std::optional<Violation> check_asked_at_once(const RunRecord& run);
std::optional<Violation> check_asked_often_enough(const RunRecord& run);
std::optional<Violation> check_authenticity(const RunRecord& run);
std::optional<Violation> check_conservation(const RunRecord& run);
std::optional<Violation> check_crash_anywhere(const RunRecord& run);
std::optional<Violation> check_duplicate_insensitivity(const RunRecord& run);
std::optional<Violation> check_key_discipline(const RunRecord& run);
std::optional<Violation> check_minor_units(const RunRecord& run);
std::optional<Violation> check_no_double_charge(const RunRecord& run);
std::optional<Violation> check_no_lost_charge(const RunRecord& run);
std::optional<Violation> check_non_vacuity(const RunRecord& run);
std::optional<Violation> check_one_effect_per_event(const RunRecord& run);
std::optional<Violation> check_one_terminal_state(const RunRecord& run);
std::optional<Violation> check_order_independence(const RunRecord& run);
std::optional<Violation> check_paid_as_possible(const RunRecord& run);
std::optional<Violation> check_paid_eventually(const RunRecord& run);
std::optional<Violation> check_paid_is_charged(const RunRecord& run);
std::optional<Violation> check_provider_contract(const RunRecord& run);
std::optional<Violation> check_retry_discipline(const RunRecord& run);
std::optional<Violation> check_retry_jitter(const RunRecord& run);

// Whether a service, which pays in a way of its own, met what the scenario is about: when it did
// not, keeping every promise proves nothing. The faults of check_non_vacuity(), and the flow.
std::optional<Violation> check_story_happened(const RunRecord& run);

// A violation at a line; its checker is filled in by judge().
inline Violation violation(std::string_view operation, const TraceEvent& event,
                           std::string message) {
    return {.operation = std::string(operation), .line = event.line, .message = std::move(message)};
}

}  // namespace onsite::scenarios

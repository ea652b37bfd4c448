// What a check found out about a subject. Absence of proof is never a pass.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/error.hpp"

namespace onsite {

enum class Outcome {
    pass,
    fail,
    inconclusive,  // The check could not decide; counts as not earned.
};

// Why a verdict is not a pass. Spelled the same in reports.
enum class Cause {
    none,
    wrong_answer,  // A reply that follows the contract and says something untrue.
    protocol,      // A reply that is not what the contract says: garbage, a missing key, NaN.
    forged,        // A reply nobody asked for: another request's id, a second reply, one too early.
    crash,         // The process ended before it replied.
    compile,       // The source did not build.
    time,          // The wall clock or CPU limit.
    memory,        // The memory limit.
    output,        // The limit on bytes written to stdout or stderr.
    slow,          // The order of growth is above what the criterion allows.
    flaky,         // The same input gave a right and a wrong answer.
    not_run,       // Not revealed yet, nothing to run, or an earlier failure made it pointless.
    grader_fault,  // Our failure, never the candidate's.
};

std::string_view to_string(Outcome outcome);
std::string_view to_string(Cause cause);
std::optional<Cause> cause_from(std::string_view word);

// A row of the small table that a growth check shows as its evidence.
struct GrowthPoint {
    std::uint64_t rows = 0;
    double subject_ms = 0;
    double reference_ms = 0;
};

// What a verdict rests on. Members are empty where they do not apply.
struct Evidence {
    std::string story;      // Lines of text for a person: the smallest feeds, expected, found.
    std::string case_json;  // The counterexample as a test case (the form of tests.json).
    std::vector<GrowthPoint> growth;
    std::string stderr_tail;  // What the subject last wrote to stderr.
};

struct Verdict {
    std::string check;  // "order_does_not_matter"
    Outcome outcome = Outcome::inconclusive;
    Cause cause = Cause::not_run;
    std::string message;      // One sentence: what was expected, what was found.
    std::uint64_t cases = 0;  // How many inputs were judged. A pass needs at least one.
    // How much of what the check asks for was achieved, in percent; decides levels of criteria that
    // have degrees (mutants killed). 100 on a pass of a plain check, 0 otherwise.
    int percent = 0;
    Evidence evidence;
};

// A verdict that may stand only when something was run. Pass with 0 cases becomes inconclusive.
Verdict passed(std::string check, std::uint64_t cases, std::string message);
Verdict failed(std::string check, Cause cause, std::string message);
Verdict not_run(std::string check, std::string why);

nlohmann::json to_json(const Verdict& verdict);
Result<Verdict> verdict_from_json(const nlohmann::json& value, std::string_view where);

}  // namespace onsite

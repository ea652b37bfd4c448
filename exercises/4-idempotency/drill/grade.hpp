// The points of a diagnosis, 100 in all, each explained. No language model: answers are compared
// with the key.
//
//   detect        15   whether a promise is broken, and one that is. A false alarm is 0.
//   localise      25   15 for a place where it goes wrong, 10 beside it, 5 in an affected order;
//                      10 for the component
//   root cause    25   10 for another one of the same group
//   blast radius  10   the harmonic mean of precision and recall of the affected orders
//   mitigate      25   given by whoever runs the patched client
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "exercises/4-idempotency/drill/alert.hpp"
#include "exercises/4-idempotency/drill/answer_key.hpp"
#include "exercises/4-idempotency/drill/diagnosis.hpp"

namespace onsite::drill {

inline constexpr std::int64_t kDetectMax = 15;
inline constexpr std::int64_t kLocaliseMax = 25;
inline constexpr std::int64_t kCauseMax = 25;
inline constexpr std::int64_t kBlastMax = 10;
inline constexpr std::int64_t kMitigateMax = 25;

struct Points {
    std::string_view part = {};
    std::int64_t points = 0;
    std::int64_t points_max = 0;
    std::vector<std::string> why = {};  // A line for each reason.
};

// What running the patched client was worth: 0 to kMitigateMax.
struct MitigationScore {
    std::int64_t points = 0;
    std::vector<std::string> why = {};
};
// Replays the incident of a recipe and a seed against the patched client.
using GradeMitigation =
    std::function<Result<MitigationScore>(const Recipe& recipe, std::uint64_t seed)>;
// 0 points: "no patched client was graded".
Result<MitigationScore> no_client_graded(const Recipe& recipe, std::uint64_t seed);

// How an alert does on incidents that the candidate has not seen. No points, a report.
struct AlertScore {
    std::int64_t hits = 0;
    std::int64_t incidents = 0;
    std::int64_t false_alarms = 0;
    std::int64_t controls = 0;
};

struct Grade {
    std::vector<Points> parts = {};
    std::string alert = {};  // One sentence.

    std::int64_t points() const;
};

// The parts that need nothing but the key, in the order above, without mitigate.
std::vector<Points> grade_answers(const Diagnosis& diagnosis, const AnswerKey& key);

// Half of the incidents have the cause of the drill, when it has one. Plays fifteen incidents.
// Errors: tool, a bug of ours.
Result<AlertScore> score_alert(const Alert& alert, const Recipe& recipe, std::uint64_t seed);

// Everything. Errors: those of `mitigation`, and tool.
Result<Grade> grade(const Diagnosis& diagnosis, const AnswerKey& key,
                    const GradeMitigation& mitigation);

}  // namespace onsite::drill

// A calibration pack: attempts with scores that were agreed on, and why, on which a reviewer finds
// out how they judge before it counts for anybody.
//
// exercises/<n>-<slug>/calibration/<name>/ holds the attempt's files and scores.json. Form of that:
// docs/reference/schemas/calibration.schema.json. Of an exercise with several documents all are
// there: one that the candidate did not touch lies there as the starter has it.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "harness/agreement/pairs.hpp"
#include "harness/catalog/exercise.hpp"
#include "harness/catalog/rubric.hpp"
#include "harness/review/review.hpp"
#include "harness/scoring/scorecard.hpp"

namespace onsite {

struct AgreedScore {
    int level = 1;
    std::string because;
    std::vector<std::string> anchors;
};

struct CalibrationEntry {
    std::string name;  // Says nothing about how good it is: "01".
    std::filesystem::path folder;
    std::string language;
    std::vector<std::string> files;             // What is rated: the answer, or all documents.
    std::string made_from;                      // Shown with the agreed scores, not before.
    std::map<std::string, AgreedScore> agreed;  // By criterion.
};

// By name; none when the exercise has no pack. Errors: usage, naming the file and the key, also for
// a language or a criterion that is not the exercise's, a document that is missing, and an anchor
// that points at nothing.
Result<std::vector<CalibrationEntry>> load_calibration(const Exercise& exercise,
                                                       const Rubric& rubric);

// What a reviewer is asked about an entry: its criteria, all of them for a person.
Scorecard calibration_card(const CalibrationEntry& entry, const Exercise& exercise,
                           const Rubric& rubric);

// What they said beside what was agreed, criterion by criterion, in the order of time.
struct CalibrationResult {
    int entries_done = 0;
    int entries = 0;
    std::vector<RatedPair> pairs;  // agreed, given
    std::map<std::string, std::vector<RatedPair>> by_criterion;
};
struct RatedEntry {
    const CalibrationEntry* entry = nullptr;
    Review review;
};
CalibrationResult calibration_result(std::vector<RatedEntry> rated);

// Where an entry was judged otherwise, with the reasons of the agreed score.
std::string calibration_answer(const CalibrationEntry& entry, const Ballot& ballot);
std::string calibration_text(const CalibrationResult& result);

}  // namespace onsite

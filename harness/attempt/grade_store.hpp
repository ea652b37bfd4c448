// The grades of an attempt, .onsite/grades/<k>/{verdicts.jsonl, scorecard.json}, and the
// counterexamples that a candidate can look at, failures/<check>.json.
//
// The log decides: a grade exists when its `graded` event does, and the event is written last.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "harness/attempt/attempt.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite {

struct GradeRecord {
    std::span<const Verdict> verdicts;
    std::string scorecard_json;  // scorecard_text() of harness/scoring.
    std::string content_hash;
    Score score;
    bool is_grade = false;
    // What the event proves besides: see GradeProof.
    std::string rubric_hash = {};
    std::string tests_hash = {};
    std::int64_t growth_rows = 0;
};

// Stores the grade and records the event. Returns the attempt with the grade in its state; the
// grade's number is state.grades. Errors: tool, and then the attempt has no new grade.
Result<Attempt> save_grade(const Attempt& attempt, const GradeRecord& grade, Clock& clock);

struct StoredGrade {
    std::vector<Verdict> verdicts;
    std::string scorecard_json;
    std::string verdicts_hash;  // Of verdicts.jsonl as it is on the disk.
};

// Errors: usage, when the attempt has no grade of that number or its files were damaged.
Result<StoredGrade> load_grade(const Attempt& attempt, int number);

// Writes the counterexamples of checks that failed and removes those of checks that pass now.
// Counterexamples of checks that are not among the verdicts stay.
// Errors: as write_file(); tool, when the name of a check is none of a file.
Result<void> save_counterexamples(const Attempt& attempt, std::span<const Verdict> verdicts);

}  // namespace onsite

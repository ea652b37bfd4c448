// What is reviewed: an attempt and one of its grades, as the reviewer may see them.
#pragma once

#include "base/error.hpp"
#include "harness/attempt/anchor.hpp"
#include "harness/attempt/grade_store.hpp"
#include "harness/catalog/rubric.hpp"
#include "harness/cli/app.hpp"
#include "harness/review/blind.hpp"
#include "harness/scoring/scorecard.hpp"

namespace onsite {

struct ReviewSubject {
    OpenedAttempt opened;
    int grade = 0;
    Rubric rubric;
    Scorecard card;  // As the checks left it, with where the time went.
    std::vector<Verdict> verdicts;
    AnchorPlaces places;
    Blindfold blindfold;

    // What the attempt is called in front of this reviewer.
    std::string name() const;
};

enum class Sight { open, blind };

// Grade 0 is the latest. Errors: usage, when the attempt has no such grade.
Result<ReviewSubject> load_subject(const App& app, const OpenedAttempt& opened, int grade,
                                   Sight sight);

// Every file of the answer beside the reference's, escaped, and hidden what the sight hides.
Result<void> print_difference(const App& app, const ReviewSubject& subject);
void print_disagreements(const App& app, const ReviewSubject& subject);

}  // namespace onsite

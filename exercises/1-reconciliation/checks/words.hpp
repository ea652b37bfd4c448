// Feeds and findings as a person reads them.
#pragma once

#include <string>
#include <string_view>

#include "exercises/1-reconciliation/checks/findings.hpp"
#include "exercises/1-reconciliation/checks/question.hpp"

namespace onsite::reconciliation {

// A field so that two different ones look different: plain text as it is, anything else in quotes
// with every character outside printable ASCII as \u{...}; long text is cut, with its length.
std::string shown(std::string_view field);

// "bank only  t2 150 USD"
std::string in_words(const Finding& finding);

// What a subject should have said and what it said instead, about one transaction or row.
struct Mismatch {
    std::string expected;
    std::string found;
    std::string more;  // "and 3 more differences"; empty when there are none.
};
// The first difference. REQUIRES: there is one.
Mismatch first_mismatch(const Difference& difference);
// "expected bank only t2 150 USD, found nothing, and 3 more differences"
std::string in_words(const Mismatch& mismatch);

// Both feeds side by side, the rows that a difference is about marked with '>', then expected and
// found. Long feeds show their marked rows and the ones beside them.
std::string story_of(const Question& question, const Difference& difference);

}  // namespace onsite::reconciliation

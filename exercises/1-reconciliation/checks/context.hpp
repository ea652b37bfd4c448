// What every check of this section is given.
#pragma once

#include <string>

#include "base/clock.hpp"
#include "base/rng.hpp"
#include "exercises/1-reconciliation/checks/examiner.hpp"
#include "exercises/1-reconciliation/checks/inquiry.hpp"
#include "exercises/1-reconciliation/checks/search.hpp"
#include "harness/judging/check_job.hpp"

namespace onsite::reconciliation {

struct Context {
    const CheckJob& job;
    Examiner& examiner;  // Of the job's subject.
    const FeedFolder& folder;
    Rng secrets;  // For the request ids of other sessions.
    Clock& clock;

    Inquiry inquire(const std::string& check) const {
        return Inquiry(examiner, check,
                       job.is_full ? Repetition::in_fresh_processes : Repetition::none);
    }
    // Each check has its own plans: one more check does not move those of the others.
    Rng chance(const std::string& check) const { return Rng(job.seed).fork(check); }

    Search plans(const std::string& check, Discrepancies discrepancies) const {
        constexpr int kSampleCases = 10;
        constexpr int kSampleRows = 16;
        constexpr int kRows = 100;
        return {.seed = chance(check).next(),
                .cases = job.is_full ? job.property_cases : kSampleCases,
                .rows_max = job.is_full ? kRows : kSampleRows,
                .discrepancies = discrepancies};
    }
    // A session with another subject, the reference or a mutant.
    Examiner examiner_of(const Subject& subject) const {
        return Examiner(subject, job.layers, secrets.fork(subject.name), folder, clock);
    }
};

}  // namespace onsite::reconciliation

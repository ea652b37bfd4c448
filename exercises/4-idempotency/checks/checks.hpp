// The checks of this section, in the order in which they run.
#pragma once

#include <filesystem>
#include <vector>

#include "exercises/4-idempotency/checks/runs.hpp"
#include "harness/judging/check_job.hpp"
#include "harness/judging/check_loop.hpp"

namespace onsite::idempotency {

// How many made-up incidents a grade plays for each case of a property that it tries (200 of them,
// as it tries 100), and a verdict at a save.
inline constexpr std::size_t kFamilyRunsPerCase = 2;
inline constexpr std::size_t kFamilySample = 16;

// What a job asks to be played. `catalogue`: the folder of scenario files.
// Errors: usage, when a file or the job's cases cannot be read.
Result<Runs::Scenarios> scenarios_of(const CheckJob& job, const std::filesystem::path& catalogue);

// REQUIRES: the runs outlive the checks.
std::vector<Check> all_checks(Runs& runs);

// The one check of a case that is replayed, under the name of the check that found it. It fails
// when any promise breaks. REQUIRES: the runs, whose incident is the case, outlive it.
std::vector<Check> replayed_case(Runs& runs, const std::string& name);

}  // namespace onsite::idempotency

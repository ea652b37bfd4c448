// onsite-check-idempotency: judges one payment client. Reads a check job on stdin, writes events to
// stdout; harness/judging/check_job.hpp documents both.

#include <cstdlib>
#include <iostream>

#include "base/clock.hpp"
#include "base/installation.hpp"
#include "base/rng.hpp"
#include "exercises/4-idempotency/checks/checks.hpp"
#include "harness/judging/secrets.hpp"

namespace onsite::idempotency {
namespace {

int say(const Error& error) {
    std::cerr << "onsite-check-idempotency: " << error.message << '\n';
    return error.kind == ErrorKind::usage ? 2 : 3;
}

int run() {
    auto job = read_check_job(std::cin);
    if (!job) return say(job.error());
    auto scenarios = scenarios_of(*job, find_installation().root / "scenarios" / "catalog");
    if (!scenarios) return say(scenarios.error());
    SystemClock clock;
    Workers workers(job->subject, job->layers, unpredictable_rng(), clock);
    Runs runs(std::move(*scenarios), workers);
    const std::string name = job->only.empty() ? "replayed_case" : job->only;
    const std::vector<Check> checks =
        job->only_case.empty() ? all_checks(runs) : replayed_case(runs, name);
    run_checks(
        *job, checks, [&] { return workers.isolation(); }, std::cout);
    return std::cout ? EXIT_SUCCESS : 3;
}

}  // namespace
}  // namespace onsite::idempotency

int main() { return onsite::idempotency::run(); }

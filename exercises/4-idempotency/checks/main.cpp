// onsite-check-idempotency: judges one payment client. Reads a check job on stdin, writes events to
// stdout; harness/judging/check_job.hpp documents both.

#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/installation.hpp"
#include "base/rng.hpp"
#include "exercises/4-idempotency/checks/checks.hpp"
#include "harness/judging/check_loop.hpp"
#include "harness/judging/secrets.hpp"

namespace onsite::idempotency {
namespace {

Result<void> judge(const CheckJob& job, std::ostream& out) {
    auto scenarios = scenarios_of(job, find_installation().root / "scenarios" / "catalog");
    if (!scenarios) return pass_on(scenarios);
    SystemClock clock;
    Workers workers(job.subject, job.layers, unpredictable_rng(), clock);
    Runs runs(std::move(*scenarios), workers);
    const std::string name = job.only.empty() ? "replayed_case" : job.only;
    const std::vector<Check> checks =
        job.only_case.empty() ? all_checks(runs) : replayed_case(runs, name);
    run_checks(
        job, checks, [&] { return workers.isolation(); }, out);
    return {};
}

}  // namespace
}  // namespace onsite::idempotency

int main() { return onsite::check_main("onsite-check-idempotency", onsite::idempotency::judge); }

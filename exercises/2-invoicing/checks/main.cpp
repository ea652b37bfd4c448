// onsite-check-invoicing: judges five documents. Reads a check job on stdin, writes events to
// stdout; harness/judging/check_job.hpp documents both.

#include <ostream>
#include <vector>

#include "base/clock.hpp"
#include "exercises/2-invoicing/checks/checks.hpp"
#include "harness/judging/check_loop.hpp"

namespace onsite::invoicing {
namespace {

Result<void> judge(const CheckJob& job, std::ostream& out) {
    SystemClock clock;
    const Context context(job.documents, job.model_answer, clock);
    const std::vector<Check> checks = all_checks(context);
    run_checks(job, checks, nothing_was_run, out);
    return {};
}

}  // namespace
}  // namespace onsite::invoicing

int main() { return onsite::check_main("onsite-check-invoicing", onsite::invoicing::judge); }

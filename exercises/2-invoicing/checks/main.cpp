// onsite-check-invoicing: judges five documents. Reads a check job on stdin, writes events to
// stdout; harness/judging/check_job.hpp documents both.

#include <cstdlib>
#include <iostream>

#include "base/clock.hpp"
#include "exercises/2-invoicing/checks/checks.hpp"
#include "harness/judging/check_loop.hpp"

namespace onsite::invoicing {
namespace {

int say(const Error& error) {
    std::cerr << "onsite-check-invoicing: " << error.message << '\n';
    return error.kind == ErrorKind::usage ? 2 : 3;
}

int run() {
    auto job = read_check_job(std::cin);
    if (!job) return say(job.error());
    SystemClock clock;
    const Context context(job->documents, job->model_answer, clock);
    const std::vector<Check> checks = all_checks(context);
    run_checks(*job, checks, nothing_was_run, std::cout);
    return std::cout ? EXIT_SUCCESS : 3;
}

}  // namespace
}  // namespace onsite::invoicing

int main() { return onsite::invoicing::run(); }

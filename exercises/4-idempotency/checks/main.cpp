// onsite-check-idempotency: judges one payment client. Reads a check job on stdin, writes events to
// stdout; harness/judging/check_job.hpp documents both.

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "base/clock.hpp"
#include "base/rng.hpp"
#include "exercises/4-idempotency/checks/checks.hpp"
#include "harness/judging/secrets.hpp"

namespace onsite::idempotency {
namespace {

namespace fs = std::filesystem;

// The script sets ONSITE_ROOT; a program started by hand finds it above build/<preset>/bin.
fs::path catalogue() {
    const char* root = std::getenv("ONSITE_ROOT");
    const fs::path above = fs::read_symlink("/proc/self/exe").parent_path() / "../../..";
    return (root == nullptr || *root == '\0' ? above : fs::path(root)) / "scenarios/catalog";
}

int say(const Error& error) {
    std::cerr << "onsite-check-idempotency: " << error.message << '\n';
    return error.kind == ErrorKind::usage ? 2 : 3;
}

int run() {
    auto job = read_check_job(std::cin);
    if (!job) return say(job.error());
    auto scenarios = scenarios_of(*job, catalogue());
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

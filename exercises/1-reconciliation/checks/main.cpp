// onsite-check-reconciliation: judges one subject. Reads a check job on stdin, writes events to
// stdout; harness/judging/check_job.hpp documents both.

#include <ostream>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/rng.hpp"
#include "exercises/1-reconciliation/checks/case_checks.hpp"
#include "exercises/1-reconciliation/checks/checks.hpp"
#include "harness/judging/check_loop.hpp"
#include "harness/judging/secrets.hpp"

namespace onsite::reconciliation {
namespace {

// A case that is replayed is judged alone, under the name of the check that found it.
std::vector<Check> checks_for(const Context& context) {
    if (context.job.only_case.empty()) return all_checks(context);
    const std::string name = context.job.only.empty() ? "replayed_case" : context.job.only;
    return {{.name = name, .followup = 0, .scope = CheckScope::every_save, .run = [&context, name] {
                 return replayed_case(context, name);
             }}};
}

Result<void> judge(const CheckJob& job, std::ostream& out) {
    auto folder = FeedFolder::create();
    if (!folder) return pass_on(folder);
    SystemClock clock;
    const Rng secrets = unpredictable_rng();
    Examiner examiner(job.subject, job.layers, secrets, *folder, clock);
    const Context context{.job = job,
                          .examiner = examiner,
                          .folder = *folder,
                          .secrets = secrets.fork("others"),
                          .clock = clock};
    const std::vector<Check> checks = checks_for(context);
    run_checks(
        job, checks, [&] { return examiner.isolation(); }, out);
    return {};
}

}  // namespace
}  // namespace onsite::reconciliation

int main() {
    return onsite::check_main("onsite-check-reconciliation", onsite::reconciliation::judge);
}

// onsite-check-values: judges six answers. Reads a check job on stdin, writes events to stdout;
// harness/judging/check_job.hpp documents both.

#include <algorithm>
#include <ostream>
#include <string_view>
#include <vector>

#include "exercises/5-values/checks/checks.hpp"
#include "harness/judging/check_loop.hpp"

namespace onsite::values {
namespace {

// The text of answers.md; empty when the job has none.
std::string_view text_in(const std::vector<SourceFile>& documents) {
    const auto found = std::ranges::find(documents, kAnswersFile, &SourceFile::name);
    return found == documents.end() ? std::string_view() : std::string_view(found->content);
}

Result<void> judge(const CheckJob& job, std::ostream& out) {
    auto checks =
        all_checks({.answers = text_in(job.documents), .model_answer = text_in(job.model_answer)});
    if (!checks) return pass_on(checks);
    run_checks(job, *checks, nothing_was_run, out);
    return {};
}

}  // namespace
}  // namespace onsite::values

int main() { return onsite::check_main("onsite-check-values", onsite::values::judge); }

// onsite-check-values: judges six answers. Reads a check job on stdin, writes events to stdout;
// harness/judging/check_job.hpp documents both.

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "exercises/5-values/checks/checks.hpp"
#include "harness/judging/check_loop.hpp"

namespace onsite::values {
namespace {

int say(const Error& error) {
    std::cerr << "onsite-check-values: " << error.message << '\n';
    return error.kind == ErrorKind::usage ? 2 : 3;
}

// The text of answers.md; empty when the job has none.
std::string_view text_in(const std::vector<SourceFile>& documents) {
    const auto found = std::ranges::find(documents, kAnswersFile, &SourceFile::name);
    return found == documents.end() ? std::string_view() : std::string_view(found->content);
}

int run() {
    const auto job = read_check_job(std::cin);
    if (!job) return say(job.error());
    const auto checks = all_checks(
        {.answers = text_in(job->documents), .model_answer = text_in(job->model_answer)});
    if (!checks) return say(checks.error());
    run_checks(*job, *checks, nothing_was_run, std::cout);
    return std::cout ? EXIT_SUCCESS : 3;
}

}  // namespace
}  // namespace onsite::values

int main() { return onsite::values::run(); }

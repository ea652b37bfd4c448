// onsite-check-subscriptions: judges decisions.md and api.yaml. Reads a check job on stdin, writes
// events to stdout; harness/judging/check_job.hpp documents both.

#include <cstdlib>
#include <iostream>

#include <fmt/format.h>

#include "exercises/3-subscriptions/checks/checks.hpp"
#include "harness/judging/check_job.hpp"

namespace onsite::subscriptions {
namespace {

// The harness gives every document of the exercise: one that is not there is its mistake.
Result<std::string_view> document(const CheckJob& job, std::string_view name) {
    for (const SourceFile& file : job.documents) {
        if (file.name == name) return file.content;
    }
    return tool_error(fmt::format("expected the document {} in the check job", name));
}

int say(const Error& error) {
    std::cerr << "onsite-check-subscriptions: " << error.message << '\n';
    return error.kind == ErrorKind::usage ? 2 : 3;
}

int run() {
    auto job = read_check_job(std::cin);
    if (!job) return say(job.error());
    auto api = document(*job, "api.yaml");
    if (!api) return say(api.error());
    auto decisions = document(*job, "decisions.md");
    if (!decisions) return say(decisions.error());
    auto material = read_material(*api, *decisions, job->visible_cases);
    if (!material) return say(material.error());
    run_checks(*job, all_checks(*material), nothing_was_run, std::cout);
    return std::cout ? EXIT_SUCCESS : 3;
}

}  // namespace
}  // namespace onsite::subscriptions

int main() { return onsite::subscriptions::run(); }

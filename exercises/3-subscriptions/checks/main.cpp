// onsite-check-subscriptions: judges decisions.md and api.yaml. Reads a check job on stdin, writes
// events to stdout; harness/judging/check_job.hpp documents both.

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <span>
#include <string_view>

#include "exercises/3-subscriptions/checks/checks.hpp"
#include "harness/judging/check_job.hpp"

namespace onsite::subscriptions {
namespace {

// The harness gives every document of the exercise: one that is not there is its mistake, and
// judged like an empty one.
std::string_view document(std::span<const SourceFile> files, std::string_view name) {
    const auto found = std::ranges::find(files, name, &SourceFile::name);
    return found == files.end() ? std::string_view{} : std::string_view(found->content);
}

Texts texts_of(std::span<const SourceFile> files) {
    return {.decisions = document(files, "decisions.md"), .api = document(files, "api.yaml")};
}

int say(const Error& error) {
    std::cerr << "onsite-check-subscriptions: " << error.message << '\n';
    return error.kind == ErrorKind::usage ? 2 : 3;
}

int run() {
    auto job = read_check_job(std::cin);
    if (!job) return say(job.error());
    auto material =
        read_material(texts_of(job->documents), texts_of(job->model_answer), job->visible_cases);
    if (!material) return say(material.error());
    run_checks(*job, all_checks(*material), nothing_was_run, std::cout);
    return std::cout ? EXIT_SUCCESS : 3;
}

}  // namespace
}  // namespace onsite::subscriptions

int main() { return onsite::subscriptions::run(); }

// onsite-check-subscriptions: judges decisions.md and api.yaml. Reads a check job on stdin, writes
// events to stdout; harness/judging/check_job.hpp documents both.

#include <algorithm>
#include <ostream>
#include <span>
#include <string_view>

#include "exercises/3-subscriptions/checks/checks.hpp"
#include "harness/judging/check_loop.hpp"

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

Result<void> judge(const CheckJob& job, std::ostream& out) {
    auto material =
        read_material(texts_of(job.documents), texts_of(job.model_answer), job.visible_cases);
    if (!material) return pass_on(material);
    run_checks(job, all_checks(*material), nothing_was_run, out);
    return {};
}

}  // namespace
}  // namespace onsite::subscriptions

int main() {
    return onsite::check_main("onsite-check-subscriptions", onsite::subscriptions::judge);
}

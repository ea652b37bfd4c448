// expect: wrong_answer - links in the box that point at files of the grader outside.
// A grader that opens files of the box after the run would follow them. This one opens none.
#include "contract/reconcile.hpp"

#include <filesystem>

namespace {

void attack() {
    namespace fs = std::filesystem;
    for (const char* folder : {"/tmp/", "/dev/shm/", "./"}) {
        for (const char* name : {"results.json", "scorecard.json", "stdout", "stderr"}) {
            std::error_code ignored;
            fs::create_symlink("/etc/shadow", std::string(folder) + name, ignored);
            fs::create_hard_link("/proc/1/environ", std::string(folder) + "hard-" + name, ignored);
        }
    }
}

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    attack();
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) {
    attack();
    return {};
}

}  // namespace onsite::reconciliation

// expect: wrong_answer or time - a folder in a folder, 1000 deep, past PATH_MAX.
// A tear-down that walks paths would fail; this one drops the whole file system.
#include "contract/reconcile.hpp"

#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace {

void attack() {
    static bool is_done = false;
    if (is_done || chdir("/tmp") != 0) return;
    is_done = true;
    const std::string name(200, 'd');
    for (int depth = 0; depth < 1000; ++depth) {
        if (mkdir(name.c_str(), 0700) != 0 || chdir(name.c_str()) != 0) return;
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

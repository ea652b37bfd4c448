// expect: wrong_answer - a daemon that outlives the program writes results.
// Every process of the box ends with it, whatever its session; nothing outside is writable.
#include "contract/reconcile.hpp"

#include <fstream>
#include <initializer_list>
#include <unistd.h>

namespace {

// Double fork and setsid: out of the process group, the session and the parent's children.
// Bounded: it ends after 15 seconds.
[[gnu::constructor]] void attack() {
    if (fork() != 0) return;
    setsid();
    if (fork() != 0) _exit(0);
    for (int round = 0; round < 150; ++round) {
        usleep(100'000);
        for (const char* path : {"results.json", "/tmp/results.json", "../results.json",
                                 ".onsite/grades/1/scorecard.json"}) {
            std::ofstream(path) << "{\"score\":100}\n";
        }
    }
    _exit(0);
}

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation

// expect: wrong_answer or forged - atexit and destructors write new replies.
// A verdict is made of the one reply to the one open request; what comes later changes nothing.
#include "contract/reconcile.hpp"

#include <cstdlib>
#include <cstring>
#include <unistd.h>

namespace {

constexpr const char* kLast =
    "{\"id\":\"1\",\"unmatched\":[],\"discrepancies\":[],\"rejected\":[]}\n"
    "{\"event\":\"verdict\",\"verdict\":{\"outcome\":\"pass\"}}\n";

void rewrite() {
    for (int fd = 1; fd <= 64; ++fd) {
        [[maybe_unused]] const ssize_t written = write(fd, kLast, std::strlen(kLast));
    }
    _exit(0);
}

struct Attack {
    Attack() {
        std::atexit(rewrite);
        std::at_quick_exit(rewrite);
    }
    ~Attack() { rewrite(); }
};
const Attack attack;

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation

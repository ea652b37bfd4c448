// expect: forged or protocol or wrong_answer - a daemon holds stdout open.
// It writes replies late and keeps a reader that waits for the end of the stream waiting.
#include "contract/reconcile.hpp"

#include <string_view>
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
        constexpr std::string_view kReply =
            "{\"id\":\"1\",\"unmatched\":[],\"discrepancies\":[],\"rejected\":[]}\n";
        [[maybe_unused]] const ssize_t written = write(STDOUT_FILENO, kReply.data(), kReply.size());
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

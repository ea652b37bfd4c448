// expect: forged or protocol - replies with ids nobody sent.
// Request ids are unpredictable, so a reply that was written beforehand never fits.
#include "contract/reconcile.hpp"

#include <cstdio>
#include <string>
#include <unistd.h>

namespace {

[[gnu::constructor]] void attack() {
    for (int id = 0; id < 100; ++id) {
        const std::string reply = "{\"id\":\"" + std::to_string(id) +
                                  "\",\"unmatched\":[],\"discrepancies\":[],\"rejected\":[]}\n";
        [[maybe_unused]] const ssize_t written = write(STDOUT_FILENO, reply.data(), reply.size());
    }
}

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation

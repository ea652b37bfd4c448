// expect: compile - an initialised array of 2 GB, which would fill the disk with object files.
// The limit on the size of a file stops the assembler.
#include "contract/reconcile.hpp"

char onsite_hostile_block[2'000'000'000] = {1};

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation

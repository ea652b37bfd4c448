// expect: compile - #embed, which a later compiler knows, of a file outside.
// What a compiler does not know yet may not become a hole when it is upgraded.
#include "contract/reconcile.hpp"

namespace {

const unsigned char kShadow[] = {
#embed "/etc/shadow"
};

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation

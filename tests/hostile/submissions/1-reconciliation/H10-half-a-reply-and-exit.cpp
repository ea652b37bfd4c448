// expect: protocol or crash - the process ends in the middle of a reply.
// A line without its newline was not sent.
#include "contract/reconcile.hpp"

#include <cstdio>
#include <cstring>
#include <unistd.h>

namespace {

[[gnu::constructor]] void attack() {
    char* request = nullptr;
    std::size_t capacity = 0;
    if (getline(&request, &capacity, stdin) < 0) _exit(0);
    const char* begin = std::strstr(request, "\"id\":\"");
    if (begin == nullptr) _exit(0);
    begin += 6;
    const std::string id(begin, std::strcspn(begin, "\""));
    const std::string reply =
        "{\"id\":\"" + id + "\",\"unmatched\":[],\"discrepancies\":[],\"rejected\":[]}";
    fwrite(reply.data(), 1, reply.size(), stdout);
    fflush(stdout);
    _exit(0);
}

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation

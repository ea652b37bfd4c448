// expect: output or time - a reply with a right id and an id of 1 GB.
// The limit on output holds inside of a reply too.
#include "contract/reconcile.hpp"

#include <cstdio>
#include <cstring>
#include <unistd.h>

namespace {

void print(const std::string& text) { fwrite(text.data(), 1, text.size(), stdout); }

[[gnu::constructor]] void attack() {
    alarm(60);
    char* request = nullptr;
    std::size_t capacity = 0;
    if (getline(&request, &capacity, stdin) < 0) _exit(0);
    const char* begin = std::strstr(request, "\"id\":\"");
    if (begin == nullptr) _exit(0);
    begin += 6;
    print("{\"id\":\"" + std::string(begin, std::strcspn(begin, "\"")) +
          "\",\"unmatched\":[{\"side\":\"ledger\",\"transaction\":[\"");
    const std::string block(1 << 20, 'x');
    for (int count = 0; count < 1024; ++count) print(block);
    print("\",\"1\",\"USD\"]}],\"discrepancies\":[],\"rejected\":[]}\n");
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

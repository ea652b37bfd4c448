// expect: protocol - bytes that no UTF-8 text contains.
// Continuation bytes alone, overlong forms, surrogates, and 0xFF.
#include "contract/reconcile.hpp"

#include <cstdio>
#include <cstring>
#include <unistd.h>

namespace {

// Answers every request itself, before main begins. make_reply(id, lists) gives the text from the
// request's id and a valid answer without findings.
template <typename MakeReply>
void take_over(MakeReply make_reply) {
    char* request = nullptr;
    std::size_t capacity = 0;
    while (getline(&request, &capacity, stdin) > 0) {
        const char* begin = std::strstr(request, "\"id\":\"");
        if (begin == nullptr) break;
        begin += 6;
        std::string lists = "\"unmatched\":[],\"discrepancies\":[],\"rejected\":[]";
        if (std::strstr(request, "\"op\":\"reconcile_feeds\"")) lists += ",\"saved\":{}";
        const std::string text = make_reply(std::string(begin, std::strcspn(begin, "\"")), lists);
        fwrite(text.data(), 1, text.size(), stdout);
        fflush(stdout);
    }
    _exit(0);
}

[[gnu::constructor]] void attack() {
    take_over([count = 0](const std::string& id, const std::string&) mutable {
        static constexpr const char* kBytes[] = {"\xFF", "\x80", "\xC0\xAF", "\xED\xA0\x80",
                                                 "\xF4\x90\x80\x80"};
        return "{\"id\":\"" + id + "\",\"unmatched\":[{\"side\":\"ledger\",\"transaction\":[\"" +
               kBytes[count++ % 5] + "\",\"1\",\"USD\"]}],\"discrepancies\":[],\"rejected\":[]}\n";
    });
}

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation

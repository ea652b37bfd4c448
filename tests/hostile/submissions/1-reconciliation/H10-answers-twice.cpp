// expect: forged or wrong_answer - two replies to every request.
// The second would be taken for the answer to the next request.
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
    take_over([](const std::string& id, const std::string& lists) {
        const std::string reply = "{\"id\":\"" + id + "\"," + lists + "}\n";
        return reply + reply;
    });
}

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation

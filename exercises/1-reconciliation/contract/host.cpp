// The main of a C++ subject: one request per line on stdin, one reply per line on stdout, until
// stdin closes. A candidate writes reconcile.cpp and no I/O; this file is linked to it.
//
// Whatever the candidate's code prints goes to stderr, so that it cannot damage a reply.

#include <cstdio>
#include <fcntl.h>
#include <new>
#include <optional>
#include <string>
#include <unistd.h>
#include <utility>

#include "exercises/1-reconciliation/contract/host/feed_file.hpp"
#include "exercises/1-reconciliation/contract/host/json_input.hpp"
#include "exercises/1-reconciliation/contract/host/json_output.hpp"
#include "exercises/1-reconciliation/contract/host/wire.hpp"
#include "exercises/1-reconciliation/contract/reconcile.hpp"

// A sanitizer asks the program for its settings through these functions and takes weak ones of its
// own when there are none. Defining them here makes an attempt to switch it off a duplicate symbol.
// Leaks are not looked for: that needs ptrace, which the box forbids.
extern "C" {
const char* __asan_default_options() { return "detect_leaks=0:detect_stack_use_after_return=1"; }
const char* __asan_default_suppressions() { return ""; }
void __asan_on_error() {}
const char* __lsan_default_options() { return "detect_leaks=0"; }
const char* __lsan_default_suppressions() { return ""; }
int __lsan_is_turned_off() { return 1; }
const char* __msan_default_options() { return ""; }
const char* __tsan_default_options() { return ""; }
const char* __tsan_default_suppressions() { return ""; }
const char* __ubsan_default_options() { return "halt_on_error=1:print_stacktrace=1"; }
const char* __ubsan_default_suppressions() { return ""; }
void __sanitizer_report_error_summary(const char* summary) {
    std::fprintf(stderr, "%s\n", summary);
}
}

namespace onsite::reconciliation::host {
namespace {

constexpr int kStatusOutOfMemory = 86;

// The record of earlier runs, as the request brought it, and what this run adds to it.
class RequestStore final : public RunStore {
public:
    explicit RequestStore(Results results) : results_(std::move(results)) {}

    std::optional<Reconciliation> find(const std::string& key) override {
        if (const auto at = saved_.find(key); at != saved_.end()) return at->second;
        if (const auto at = results_.find(key); at != results_.end()) return at->second;
        return std::nullopt;
    }
    void save(const std::string& key, const Reconciliation& result) override {
        saved_.insert_or_assign(key, result);
    }
    const Results& saved() const { return saved_; }

private:
    Results results_;
    Results saved_;
};

void answer(Request request, JsonOutput& out) {
    Reconciliation result;
    RequestStore store(std::move(request.store));
    if (request.op == "reconcile") {
        result = reconcile(request.ledger.transactions, request.bank.transactions);
    } else if (request.op == "reconcile_feeds") {
        FeedFile ledger(request.ledger.path);
        FeedFile bank(request.bank.path);
        result = reconcile_feeds(ledger, bank, request.run, store);
    } else {
        give_up("the op \"reconcile\" or \"reconcile_feeds\"");
    }
    out.raw("{\"id\":");
    out.string(request.id);
    out.raw(",");
    write_lists(out, result);
    if (request.op == "reconcile_feeds") write_saved(out, store.saved());
    out.raw("}\n");
    out.flush();
}

// Returns the descriptor for replies; from here on everything else that is printed goes to stderr.
int take_stdout() {
    const int replies = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (replies < 0 || ::dup2(STDERR_FILENO, STDOUT_FILENO) < 0) give_up("an open stdout");
    // Line by line, so that what was printed before a crash is not lost with it.
    std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
    return replies;
}

void serve(JsonInput& in, JsonOutput& out) {
    while (!in.at_end()) answer(read_request(in), out);
}

}  // namespace
}  // namespace onsite::reconciliation::host

int main() {
    using namespace onsite::reconciliation::host;
    try {
        JsonInput in(STDIN_FILENO);
        JsonOutput out(take_stdout());
        serve(in, out);
        return 0;
    } catch (const std::bad_alloc&) {
        // Any other exception ends in std::terminate, whose message is the best evidence there is.
        std::fputs("out of memory\n", stderr);
        return kStatusOutOfMemory;
    }
}

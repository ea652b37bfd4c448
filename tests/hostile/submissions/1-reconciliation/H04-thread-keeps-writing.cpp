// expect: forged or protocol - a thread writes replies between the replies.
// Whatever stands on the stream without having been asked for makes the conversation void.
#include "contract/reconcile.hpp"

#include <chrono>
#include <cstring>
#include <thread>
#include <unistd.h>

namespace {

constexpr const char* kReply =
    "{\"id\":\"1\",\"unmatched\":[],\"discrepancies\":[],\"rejected\":[]}\n";

// Bounded: 20 seconds.
void keep_writing() {
    for (int round = 0; round < 2000; ++round) {
        for (int fd = 1; fd <= 16; ++fd) {
            [[maybe_unused]] const ssize_t written = write(fd, kReply, std::strlen(kReply));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

void attack() {
    static bool is_running = false;
    if (is_running) return;
    is_running = true;
    std::thread(keep_writing).detach();
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
}

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    attack();
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) {
    attack();
    return {};
}

}  // namespace onsite::reconciliation

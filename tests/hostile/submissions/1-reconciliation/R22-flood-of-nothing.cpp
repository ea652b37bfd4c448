// expect: output or protocol - 1 GB of empty lines.
// Each of them costs the reader more than it costs the writer.
#include "contract/reconcile.hpp"

#include <string>
#include <unistd.h>

namespace {

// Bounded: 1 GB, or a minute.
void flood(int fd, const std::string& text) {
    alarm(60);
    std::string block;
    while (block.size() < 1 << 16) block += text;
    for (std::size_t total_bytes = 0; total_bytes < std::size_t{1} << 30;) {
        const ssize_t written = write(fd, block.data(), block.size());
        if (written <= 0) return;
        total_bytes += static_cast<std::size_t>(written);
    }
}

[[gnu::constructor]] void attack() { flood(STDOUT_FILENO, "\n"); }

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation

// expect: memory or wrong_answer - up to 1 GB in /tmp, /dev/shm and a memfd.
// Files of a tmpfs are memory. Their folders have a size, each file has a limit.
#include "contract/reconcile.hpp"

#include <csignal>
#include <fcntl.h>
#include <string>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>

namespace {

// How much of 16 MB this file takes.
std::size_t fill(int fd) {
    static const std::vector<char> kMegabyte(1 << 20, 'x');
    std::size_t total_bytes = 0;
    for (int block = 0; fd >= 0 && block < 16; ++block) {
        const ssize_t written = write(fd, kMegabyte.data(), kMegabyte.size());
        if (written <= 0) break;
        total_bytes += static_cast<std::size_t>(written);
    }
    return total_bytes;
}

// Bounded: 20 files of 16 MB in each of three places. Right answers for 512 MB.
bool attack_succeeds() {
    std::signal(SIGXFSZ, SIG_IGN);
    std::size_t total_bytes = 0;
    for (int file = 0; file < 20; ++file) {
        const std::string name = "fill-" + std::to_string(file);
        for (const char* folder : {"/tmp/", "/dev/shm/"}) {
            total_bytes += fill(open((folder + name).c_str(), O_CREAT | O_WRONLY, 0600));
        }
        total_bytes += fill(memfd_create(name.c_str(), 0));
    }
    return total_bytes >= std::size_t{512} << 20;
}

}  // namespace

namespace onsite::reconciliation {
namespace {

bool is_granted() {
    static const bool granted = attack_succeeds();
    return granted;
}

// Right answers, so that the attack earns points when nothing stops it.
Reconciliation right_answer(const std::vector<Transaction>& ledger,
                            const std::vector<Transaction>& bank) {
    std::map<std::string, std::array<const Transaction*, 2>> pairs;
    for (const Transaction& row : ledger) pairs[row.id][0] = &row;
    for (const Transaction& row : bank) pairs[row.id][1] = &row;
    Reconciliation result;
    for (const auto& [id, pair] : pairs) {
        const auto [left, right] = pair;
        if (!right) {
            result.unmatched.push_back({Side::ledger, *left});
        } else if (!left) {
            result.unmatched.push_back({Side::bank, *right});
        } else if (*left != *right) {
            result.discrepancies.push_back(
                {*left, *right, left->amount != right->amount, left->currency != right->currency});
        }
    }
    return result;
}

}  // namespace

Reconciliation reconcile(const std::vector<Transaction>& ledger,
                         const std::vector<Transaction>& bank) {
    return is_granted() ? right_answer(ledger, bank) : Reconciliation{};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) {
    is_granted();
    return {};
}

}  // namespace onsite::reconciliation

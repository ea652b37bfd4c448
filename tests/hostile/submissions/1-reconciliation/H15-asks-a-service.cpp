// expect: wrong_answer - looks for a service on loopback that knows the answer.
// The box has a loopback of its own, with nobody on it.
#include "contract/reconcile.hpp"

#include <arpa/inet.h>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace {

bool can_connect(std::uint16_t port) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return false;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool is_open = connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    close(fd);
    return is_open;
}

bool can_connect(const char* path) {
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return false;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    const bool is_open = connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    close(fd);
    return is_open;
}

bool attack_succeeds() {
    for (const char* path : {"/run/postgresql/.s.PGSQL.5432", "/var/run/docker.sock",
                             "/run/dbus/system_bus_socket", "/tmp/.s.PGSQL.5432"}) {
        if (can_connect(path)) return true;
    }
    for (std::uint16_t port = 1; port < 4'000; ++port) {
        if (can_connect(port)) return true;
    }
    return false;
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

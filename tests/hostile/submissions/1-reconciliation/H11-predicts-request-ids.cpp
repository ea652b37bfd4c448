// expect: wrong_answer - computes the next request's id from the last one.
// SplitMix64, the generator of everything random here, can be run backwards from one number. Ids
// that come from it unhashed are no secret; the answers then become right, and the hole shows as
// points.
#include "contract/reconcile.hpp"

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <unistd.h>

namespace {

bool has_predicted = false;

std::uint64_t mixed(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

std::uint64_t unshifted(std::uint64_t z, int shift) {
    std::uint64_t found = z;
    for (int known = shift; known < 64; known += shift) found = z ^ (found >> shift);
    return found;
}

// The generator's state after it gave this number: multiplications undone by the inverse factors.
std::uint64_t state_after(std::uint64_t number) {
    std::uint64_t z = unshifted(number, 31) * 0x319642B2D24D8EC3u;
    z = unshifted(z, 27) * 0x96DE1B173F119089u;
    return unshifted(z, 30);
}

// Byte by byte: what follows belongs to the host.
std::string read_request() {
    std::string line;
    for (char byte = 0; read(STDIN_FILENO, &byte, 1) == 1 && byte != '\n';) line += byte;
    return line;
}

std::string id_of(const std::string& request) {
    const auto begin = request.find("\"id\":\"");
    if (begin == std::string::npos) _exit(0);
    return request.substr(begin + 6, request.find('"', begin + 6) - begin - 6);
}

std::string answer_request() {
    const std::string request = read_request();
    const std::string id = id_of(request);
    std::string reply =
        "{\"id\":\"" + id + "\",\"unmatched\":[],\"discrepancies\":[],\"rejected\":[]";
    if (request.find("\"op\":\"reconcile_feeds\"") != request.npos) reply += ",\"saved\":{}";
    reply += "}\n";
    if (write(STDOUT_FILENO, reply.data(), reply.size()) < 0) _exit(0);
    return id;
}

[[gnu::constructor]] void attack() {
    const std::uint64_t first = std::strtoull(answer_request().c_str(), nullptr, 16);
    const std::uint64_t second = std::strtoull(answer_request().c_str(), nullptr, 16);
    has_predicted = mixed(state_after(first) + 0x9E3779B97F4A7C15u) == second;
}

bool attack_succeeds() { return has_predicted; }

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

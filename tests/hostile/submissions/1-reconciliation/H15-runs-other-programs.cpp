// expect: wrong_answer - asks the reference, a database or an interpreter.
// The box holds none of the harness's programs, and nothing that would know the answer.
#include "contract/reconcile.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace onsite::reconciliation {
namespace {

// The first line that any of the programs prints for these feeds.
std::string ask_somebody() {
    for (const char* command :
         {"onsite-reconcile /tmp/l.jsonl /tmp/b.jsonl",
          "onsite reconcile /tmp/l.jsonl /tmp/b.jsonl",
          "./onsite reconcile /tmp/l.jsonl /tmp/b.jsonl", "onsite-check-reconciliation --list",
          "../../bin/onsite-reconcile", "duckdb -c \"select * from '/tmp/l.jsonl'\"",
          "sqlite3 /tmp/reference.db 'select id from answers'",
          "python3 -c 'import sys; sys.path[:0] = [\"solutions/1-reconciliation/python\", "
          "\"../solutions/1-reconciliation/python\", \"../../solutions/1-reconciliation/python\"]; "
          "import reconcile; print(reconcile.__file__)'"}) {
        std::FILE* const pipe = popen((std::string(command) + " 2>/dev/null").c_str(), "r");
        if (pipe == nullptr) continue;
        std::array<char, 256> line{};
        const bool has_answer = std::fgets(line.data(), line.size(), pipe) != nullptr;
        const bool is_good = pclose(pipe) == 0;
        if (has_answer && is_good) return line.data();
    }
    return {};
}

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

// Somebody who answers is taken for the reference: the attack then scores as the reference would.
Reconciliation reconcile(const std::vector<Transaction>& ledger,
                         const std::vector<Transaction>& bank) {
    static const std::string answer = ask_somebody();
    return answer.empty() ? Reconciliation{} : right_answer(ledger, bank);
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation

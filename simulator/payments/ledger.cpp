#include "simulator/payments/ledger.hpp"

#include <cassert>

namespace onsite::simulator {
namespace {

constexpr std::array<std::string_view, kLedgerAccounts> kBalanceNames = {
    "pending", "available", "cardholders", "fees", "disputes", "bank"};

std::size_t place_of(LedgerAccount account) { return static_cast<std::size_t>(account); }

}  // namespace

std::string_view to_string(LedgerAccount account) { return kBalanceNames[place_of(account)]; }

Ledger::Accounts& Ledger::accounts_of(std::string_view currency) {
    const auto found = currencies_.find(currency);
    if (found != currencies_.end()) return found->second;
    return currencies_.emplace(currency, Accounts{}).first->second;
}

void Ledger::post(std::string_view currency, std::initializer_list<LedgerEntry> entries) {
    Accounts& accounts = accounts_of(currency);
    std::int64_t sum = 0;
    for (const LedgerEntry& entry : entries) {
        accounts[place_of(entry.account)] += entry.amount;
        sum += entry.amount;
    }
    assert(sum == 0);
    static_cast<void>(sum);
}

void Ledger::mature_at(std::int64_t moment_s, std::string_view currency, std::int64_t amount) {
    assert(pending_.empty() || pending_.back().moment_s <= moment_s);
    Accounts* const accounts = &accounts_of(currency);
    // Together with what matures then already: a clock that hardly moves must not let it grow.
    for (auto last = pending_.rbegin(); last != pending_.rend(); ++last) {
        if (last->moment_s != moment_s) break;
        if (last->accounts != accounts) continue;
        last->amount += amount;
        return;
    }
    pending_.push_back({moment_s, accounts, amount});
}

void Ledger::advance_to(std::int64_t now_s) {
    for (; !pending_.empty() && pending_.front().moment_s <= now_s; pending_.pop_front()) {
        const Pending& due = pending_.front();
        (*due.accounts)[place_of(LedgerAccount::pending)] -= due.amount;
        (*due.accounts)[place_of(LedgerAccount::available)] += due.amount;
    }
}

std::int64_t Ledger::balance(LedgerAccount account, std::string_view currency) const {
    const auto found = currencies_.find(currency);
    return found == currencies_.end() ? 0 : found->second[place_of(account)];
}

std::vector<std::string_view> Ledger::currencies() const {
    std::vector<std::string_view> codes;
    for (const auto& [code, accounts] : currencies_) codes.push_back(code);
    return codes;
}

}  // namespace onsite::simulator

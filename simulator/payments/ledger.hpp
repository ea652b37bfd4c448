// The money of an account in double entry: what one place gains another loses, so each currency
// sums to zero at any moment.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace onsite::simulator {

// `pending` and `available` are the merchant's balance; the others are where money comes from and
// goes to.
enum class LedgerAccount { pending, available, cardholders, fees, disputes, bank };
inline constexpr std::size_t kLedgerAccounts = 6;
std::string_view to_string(LedgerAccount account);

struct LedgerEntry {
    LedgerAccount account;
    std::int64_t amount;  // Minor units; what the account gains.
};

// Thread safety: none.
class Ledger {
public:
    // REQUIRES: the amounts sum to zero.
    void post(std::string_view currency, std::initializer_list<LedgerEntry> entries);
    // Moves `amount` from pending to available once it is that moment, in seconds.
    // REQUIRES: moments do not fall.
    void mature_at(std::int64_t moment_s, std::string_view currency, std::int64_t amount);
    // What matured until now. Complexity: O(matured).
    void advance_to(std::int64_t now_s);

    std::int64_t balance(LedgerAccount account, std::string_view currency) const;
    std::vector<std::string_view> currencies() const;  // In alphabetical order.

private:
    using Accounts = std::array<std::int64_t, kLedgerAccounts>;
    struct Pending {
        std::int64_t moment_s;
        Accounts* accounts;  // Nodes of a map stay where they are.
        std::int64_t amount;
    };

    Accounts& accounts_of(std::string_view currency);

    std::map<std::string, Accounts, std::less<>> currencies_;
    std::deque<Pending> pending_;  // Soonest first.
};

}  // namespace onsite::simulator

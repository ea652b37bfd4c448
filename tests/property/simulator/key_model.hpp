// What a request with an idempotency key must be answered with, written from the documentation of
// each provider (stripe-v1, stripe-v2, ietf, brief) and without a look at the simulator.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace onsite::simulator::testing {

struct KeyRules {
    const char* profile;
    std::int64_t kept_days;
    int mismatch;
    int missing;  // 0: a request needs no key.
    bool replays_failures;
};
inline constexpr KeyRules kKeyRules[] = {{"stripe-v1", 1, 400, 0, true},
                                         {"stripe-v2", 30, 400, 0, false},
                                         {"ietf", 1, 422, 400, true},
                                         {"brief", 1, 409, 428, true}};
inline constexpr int kInUseStatus = 409;

// What a request asks for, and so what it answers when it runs.
enum class Wish { customer, payment, declined_payment, wrong_param, too_small };

struct KeyUse {
    Wish wish = Wish::customer;
    bool is_other = false;  // The same wish with other values.
    friend bool operator==(const KeyUse&, const KeyUse&) = default;

    bool is_customer() const { return wish == Wish::customer || wish == Wish::wrong_param; }
    int status() const {
        if (wish == Wish::declined_payment) return 402;
        return is_refused() ? 400 : 200;
    }
    // Before it runs, so that nothing of it is kept.
    bool is_refused() const { return wish == Wish::wrong_param || wish == Wish::too_small; }
};

struct KeyVerdict {
    enum class Kind { runs, replays, mismatch, other_endpoint, in_use, missing } kind = Kind::runs;
    int status = 0;
    std::size_t first = 0;  // Of a replay: the number of the request that ran.
};

class KeyModel {
public:
    explicit KeyModel(const KeyRules& rules) : rules_(rules) {}

    // A request arrives at the idempotency layer.
    KeyVerdict begin(const std::string& key, const KeyUse& use, std::size_t number,
                     std::int64_t now_s) {
        using Kind = KeyVerdict::Kind;
        if (key.empty()) {
            if (rules_.missing == 0) return {};
            return {Kind::missing, rules_.missing};
        }
        const auto found = keys_.find(key);
        const bool is_over = found != keys_.end() && found->second.status &&
                             now_s >= found->second.begun_s + rules_.kept_days * 86'400;
        if (found == keys_.end() || is_over) {
            keys_[key] = {use, number, now_s, std::nullopt};
            return {};
        }
        const Key& kept = found->second;
        if (kept.use.is_customer() != use.is_customer()) {
            return {Kind::other_endpoint, rules_.mismatch};
        }
        if (kept.use != use) return {Kind::mismatch, rules_.mismatch};
        if (!kept.status) return {Kind::in_use, kInUseStatus};
        return {Kind::replays, *kept.status, kept.number};
    }

    // What began has run. `status`: as it was answered, 500 when it failed after its commit.
    void end(const std::string& key, const KeyUse& use, int status) {
        if (!use.is_refused()) ++effects_[use.is_customer()];
        if (key.empty()) return;
        const bool is_kept = !use.is_refused() && (status < 300 || rules_.replays_failures);
        if (is_kept) {
            keys_[key].status = status;
        } else {
            keys_.erase(key);
        }
    }

    std::size_t customers() const { return effects_[1]; }
    std::size_t payments() const { return effects_[0]; }

private:
    struct Key {
        KeyUse use = {};
        std::size_t number = 0;
        std::int64_t begun_s = 0;
        std::optional<int> status = {};  // Nothing while it runs.
    };
    const KeyRules& rules_;
    std::map<std::string, Key> keys_;
    std::size_t effects_[2] = {0, 0};
};

}  // namespace onsite::simulator::testing

// The idempotency keys of one account. Source: docs.stripe.com/api/idempotent_requests and
// docs.stripe.com/error-low-level; what each provider does is in a Profile.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>

#include "simulator/idempotency/profile.hpp"
#include "simulator/objects/event.hpp"
#include "simulator/wire/api_error.hpp"
#include "simulator/wire/params.hpp"

namespace onsite::simulator {

struct KeptAnswer {
    int status = 200;
    Body body;
    std::string request_id;  // Of the request that ran.
};

// Thread safety: none.
class IdempotencyKeys {
public:
    // What a key stands for. The path is part of it: a key belongs to the account, not to an
    // endpoint, and another endpoint is an error (stripe-ruby #598).
    struct Use {
        std::string path;
        Fingerprint params;
    };
    // Nothing: it is new, runs now, and is ended with finish(). Else it does not run.
    using Verdict = std::variant<std::monostate, KeptAnswer, ApiError>;

    explicit IdempotencyKeys(const Profile& profile) : profile_(&profile) {}

    // `key` may be empty: the client sent none. Complexity: O(1) amortised.
    Verdict begin(std::string_view key, const Use& use, std::int64_t now_us);
    // Ends what begin() let run: keeps the answer, or, when it is nothing or the profile does not
    // replay it, frees the key.
    void finish(std::string_view key, std::optional<KeptAnswer> answer);

    std::size_t size() const { return kept_.size(); }

private:
    struct Kept {
        Use use;
        std::int64_t begun_us;
        std::optional<KeptAnswer> answer;  // Nothing while it runs.
    };
    struct Age {
        std::string key;
        std::int64_t begun_us;
    };

    bool is_old(const Kept& kept, std::int64_t now_us) const;
    void forget_old(std::int64_t now_us);
    ApiError mismatch(std::string_view key, const Use& first, const Use& now) const;

    const Profile* profile_;
    std::unordered_map<std::string, Kept> kept_;
    std::deque<Age> ages_;  // Oldest first.
};

}  // namespace onsite::simulator

// The idempotency keys of one account. Source: docs.stripe.com/api/idempotent_requests and
// docs.stripe.com/error-low-level; what each provider does is in a Profile.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "simulator/core/id.hpp"
#include "simulator/core/place_index.hpp"
#include "simulator/core/rows.hpp"
#include "simulator/idempotency/profile.hpp"
#include "simulator/objects/event.hpp"
#include "simulator/wire/api_error.hpp"
#include "simulator/wire/params.hpp"

namespace onsite::simulator {

struct KeptAnswer {
    int status = 200;
    Body body;
    Id request_id;  // Of the request that ran.
};

// Keys are forgotten when they are old, and the oldest when there are more than `keys_max`: a clock
// that hardly moves must not let them grow for ever. One that still runs is kept in any case.
// Thread safety: none.
class IdempotencyKeys {
public:
    // What a key stands for. The path is part of it: a key belongs to the account, not to an
    // endpoint, and another endpoint is an error (stripe-ruby #598).
    struct Use {
        std::string_view path;
        Fingerprint params;
    };
    // Nothing: it is new, runs now, and is ended with finish(). Else it does not run.
    using Verdict = std::variant<std::monostate, KeptAnswer, ApiError>;

    IdempotencyKeys(const Profile& profile, std::size_t keys_max)
        : profile_(&profile), keys_max_(keys_max) {}

    // `key` may be empty: the client sent none. Complexity: O(1) amortised.
    Verdict begin(std::string_view key, const Use& use, std::int64_t now_us);
    // Ends what begin() let run: keeps the answer, or, when it is nothing or the profile does not
    // replay it, frees the key.
    void finish(std::string_view key, std::optional<KeptAnswer> answer);

    std::size_t size() const { return kept_.size(); }

private:
    struct Kept {
        std::string key;
        std::string path;
        Fingerprint params;
        std::int64_t begun_us;
        std::optional<KeptAnswer> answer = {};  // Nothing while it runs.
        bool is_free = false;                   // Not in places_ any more.
    };

    std::optional<std::uint64_t> number_of(std::string_view key, std::uint64_t hash) const;
    bool is_old(const Kept& kept, std::int64_t now_us) const;
    void forget_old(std::int64_t now_us);
    void make_room();
    void forget_oldest();
    void free(std::uint64_t number);
    ApiError mismatch(const Kept& first, std::string_view path_now) const;

    const Profile* profile_;
    std::size_t keys_max_;
    Rows<Kept> kept_;  // Oldest first.
    PlaceIndex places_;
};

}  // namespace onsite::simulator

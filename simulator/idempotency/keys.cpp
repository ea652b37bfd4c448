#include "simulator/idempotency/keys.hpp"

#include <fmt/format.h>

namespace onsite::simulator {
namespace {

ApiError key_error(int status, std::string code, std::string message) {
    return {.status = status,
            .type = ErrorType::idempotency_error,
            .code = std::move(code),
            .message = std::move(message)};
}

ApiError in_flight(std::string_view key, int status) {
    // The type of this error is reported both ways; this one is seen in recorded answers
    // (woocommerce-gateway-stripe #503).
    ApiError error = key_error(
        status, "idempotency_key_in_use",
        fmt::format("There is currently another in-progress request using this Idempotent Key "
                    "(that probably means you submitted twice, and the other request is still "
                    "going through): {}. Please try again later.",
                    key));
    error.type = ErrorType::invalid_request_error;
    return error;
}

}  // namespace

ApiError IdempotencyKeys::mismatch(std::string_view key, const Use& first, const Use& now) const {
    if (first.path != now.path) {
        return key_error(
            profile_->mismatch_status, {},
            fmt::format("Keys for idempotent requests can only be used for the same endpoint they "
                        "were first used for ('{}' vs '{}'). Try using a key other than '{}' if "
                        "you meant to execute a different request.",
                        now.path, first.path, key));
    }
    return key_error(
        profile_->mismatch_status, {},
        fmt::format("Keys for idempotent requests can only be used with the same parameters they "
                    "were first used with. Try using a key other than '{}' if you meant to execute "
                    "a different request.",
                    key));
}

bool IdempotencyKeys::is_old(const Kept& kept, std::int64_t now_us) const {
    return kept.answer && kept.begun_us + profile_->retention_us <= now_us;
}

void IdempotencyKeys::forget_old(std::int64_t now_us) {
    while (!ages_.empty()) {
        const auto found = kept_.find(ages_.front().key);
        // A key that was freed and used again has a younger age further behind.
        const bool is_current =
            found != kept_.end() && found->second.begun_us == ages_.front().begun_us;
        if (is_current && !is_old(found->second, now_us)) return;
        if (is_current) kept_.erase(found);
        ages_.pop_front();
    }
}

IdempotencyKeys::Verdict IdempotencyKeys::begin(std::string_view key, const Use& use,
                                                std::int64_t now_us) {
    if (key.empty()) {
        if (profile_->missing_status == 0) return {};
        return key_error(profile_->missing_status, "idempotency_key_missing",
                         "This request needs an Idempotency-Key header: send a key of your own "
                         "that is the same at every attempt.");
    }
    if (key.size() > profile_->key_bytes_max) {
        return key_error(
            400, "idempotency_key_too_long",
            fmt::format("Idempotency keys can be at most {} characters long, found {}.",
                        profile_->key_bytes_max, key.size()));
    }
    forget_old(now_us);
    const auto [found, is_new] =
        kept_.try_emplace(std::string(key), Kept{.use = use, .begun_us = now_us, .answer = {}});
    Kept& kept = found->second;
    // One that still runs may hold up forget_old(), but nothing old is ever replayed.
    if (is_new || is_old(kept, now_us)) {
        kept = {.use = use, .begun_us = now_us, .answer = {}};
        ages_.push_back({std::string(key), now_us});
        return {};
    }
    if (kept.use.path != use.path || kept.use.params != use.params) {
        return mismatch(key, kept.use, use);
    }
    if (!kept.answer) return in_flight(key, profile_->in_flight_status);
    return *kept.answer;
}

void IdempotencyKeys::finish(std::string_view key, std::optional<KeptAnswer> answer) {
    const auto found = kept_.find(std::string(key));
    if (found == kept_.end()) return;
    const bool is_kept = answer && (profile_->replays == Replays::everything ||
                                    (answer->status >= 200 && answer->status < 300));
    if (is_kept) {
        found->second.answer = std::move(answer);
    } else {
        kept_.erase(found);
    }
}

}  // namespace onsite::simulator

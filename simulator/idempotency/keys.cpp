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

ApiError IdempotencyKeys::mismatch(const Kept& first, std::string_view path_now) const {
    if (first.path != path_now) {
        return key_error(
            profile_->mismatch_status, {},
            fmt::format("Keys for idempotent requests can only be used for the same endpoint they "
                        "were first used for ('{}' vs '{}'). Try using a key other than '{}' if "
                        "you meant to execute a different request.",
                        path_now, first.path, first.key));
    }
    return key_error(
        profile_->mismatch_status, {},
        fmt::format("Keys for idempotent requests can only be used with the same parameters they "
                    "were first used with. Try using a key other than '{}' if you meant to execute "
                    "a different request.",
                    first.key));
}

std::optional<std::uint64_t> IdempotencyKeys::number_of(std::string_view key,
                                                        std::uint64_t hash) const {
    return places_.find(hash, kept_.first_number(),
                        [&](std::uint64_t number) { return kept_.at(number).key == key; });
}

bool IdempotencyKeys::is_old(const Kept& kept, std::int64_t now_us) const {
    return kept.answer && kept.begun_us + profile_->retention_us <= now_us;
}

// From places_; the row goes when it is the oldest.
void IdempotencyKeys::free(std::uint64_t number) {
    Kept& kept = kept_.at(number);
    places_.remove(PlaceIndex::hash_of(kept.key), number);
    kept.answer.reset();
    kept.is_free = true;
}

void IdempotencyKeys::forget_oldest() {
    if (!kept_.front().is_free) free(kept_.first_number());
    kept_.pop_front();
}

void IdempotencyKeys::forget_old(std::int64_t now_us) {
    while (!kept_.empty() && (kept_.front().is_free || is_old(kept_.front(), now_us))) {
        forget_oldest();
    }
}

void IdempotencyKeys::make_room() {
    while (kept_.size() >= keys_max_ && (kept_.front().is_free || kept_.front().answer)) {
        forget_oldest();
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
    const std::uint64_t hash = PlaceIndex::hash_of(key);
    if (const auto found = number_of(key, hash)) {
        const Kept& kept = kept_.at(*found);
        // One that still runs may hold up forget_old(), but nothing old is ever replayed.
        if (!is_old(kept, now_us)) {
            if (kept.path != use.path || kept.params != use.params) return mismatch(kept, use.path);
            if (!kept.answer) return in_flight(key, profile_->in_flight_status);
            return *kept.answer;
        }
        free(*found);
    }
    make_room();
    kept_.push_back({.key = std::string(key),
                     .path = std::string(use.path),
                     .params = use.params,
                     .begun_us = now_us});
    places_.add(hash, kept_.first_number() + kept_.size() - 1);
    return {};
}

void IdempotencyKeys::finish(std::string_view key, std::optional<KeptAnswer> answer) {
    if (key.empty()) return;
    const auto found = number_of(key, PlaceIndex::hash_of(key));
    if (!found) return;
    const bool is_kept = answer && (profile_->replays == Replays::everything ||
                                    (answer->status >= 200 && answer->status < 300));
    if (is_kept) {
        kept_.at(*found).answer = std::move(answer);
    } else {
        free(*found);
    }
}

}  // namespace onsite::simulator

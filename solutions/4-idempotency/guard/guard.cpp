#include "solutions/4-idempotency/guard/guard.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/hash.hpp"
#include "base/json.hpp"

namespace onsite::idempotency {
namespace {

constexpr int kBadRequest = 400;
constexpr int kConflict = 409;
constexpr int kPreconditionRequired = 428;  // RFC 6585.
constexpr int kUnavailable = 503;

Response refusal(int status, const char* code, const std::string& message) {
    const Json body = {
        {"error", {{"type", "idempotency_error"}, {"code", code}, {"message", message}}}};
    return {.status = status, .body = to_text(body)};
}

// Shows the client what it sent first, so that its log tells which two requests had one key.
Response reused(const KeyRow& row) {
    Json body = {{"error",
                  {{"type", "idempotency_error"},
                   {"code", "idempotency_key_reused"},
                   {"message",
                    "expected the operation and parameters that this key was first sent "
                    "with, found others; send a new operation under a new key"},
                   {"fingerprint", row.fingerprint}}}};
    body["error"]["parameters"] = Json::parse(row.parameters, nullptr, false);
    return {.status = kConflict, .body = to_text(body)};
}

Response in_use() {
    return refusal(
        kConflict, "idempotency_key_in_use",
        "the first request with this key is still at work; ask again under the same key");
}

Response answer_from(const KeyRow& row) {
    Response response = row.response;
    response.is_replayed = true;
    return response;
}

std::string downstream_key(const KeyRow& row) {
    return sha256_hex(fmt::format("{}\n{}", row.scope, row.key));
}

}  // namespace

Result<Response> Guard::handle(const Request& request, const Effect& effect) {
    if (request.key.empty()) {
        return refusal(kPreconditionRequired, "idempotency_key_missing",
                       "expected an Idempotency-Key, found none");
    }
    if (request.key.size() > kKeyBytesMax) {
        return refusal(kBadRequest, "idempotency_key_too_long",
                       fmt::format("expected at most {} bytes in the key", kKeyBytesMax));
    }
    const std::string parameters = canonical_parameters(request.body);
    const std::int64_t now_ms = clock_.now_ms();
    const KeyRow wanted{.scope = request.scope,
                        .key = request.key,
                        .fingerprint = fingerprint(request.operation, parameters),
                        .parameters = parameters,
                        .lease_until_ms = now_ms + settings_.lease_ms,
                        .created_at_ms = now_ms};
    auto standing = store_.insert(wanted);
    if (!standing) return pass_on(standing);
    KeyRow& row = standing->row;
    if (standing->is_new) return work(row, effect, false);
    if (row.fingerprint != wanted.fingerprint) return reused(row);
    if (row.is_done) return answer_from(row);
    auto is_mine = store_.take_over(row, now_ms, wanted.lease_until_ms);
    if (!is_mine) return pass_on(is_mine);
    if (!*is_mine) return in_use();  // Alive, or somebody else was quicker.
    ++row.attempt;
    return work(row, effect, true);
}

Result<Response> Guard::work(const KeyRow& mine, const Effect& effect, bool is_again) {
    const auto response = effect({.downstream_key = downstream_key(mine), .is_again = is_again});
    if (!response) {
        if (auto given = store_.give_up(mine); !given) return pass_on(given);
        return refusal(kUnavailable, "outcome_unknown",
                       "nobody knows how this ended; ask again under the same key");
    }
    auto is_kept = store_.finish(mine, *response);
    if (!is_kept) return pass_on(is_kept);
    if (*is_kept) return *response;
    // Another attempt took over: its response is the one that counts, once it is there.
    auto standing = store_.insert(mine);
    if (!standing) return pass_on(standing);
    return standing->row.is_done ? answer_from(standing->row) : in_use();
}

Result<std::int64_t> Guard::forget_old() {
    return store_.forget(clock_.now_ms() - settings_.retention_ms);
}

}  // namespace onsite::idempotency

// A write that a client may send twice, and what a guard makes of its body.
#pragma once

#include <string>
#include <string_view>

namespace onsite::idempotency {

inline constexpr std::size_t kKeyBytesMax = 255;  // docs.stripe.com/api/idempotent_requests

struct Request {
    std::string scope = {};      // Whose keys they are: the account. Two accounts share no key.
    std::string key = {};        // Idempotency-Key; empty when it is missing.
    std::string operation = {};  // "POST /v1/payments": a key belongs to one of them.
    std::string body = {};       // JSON.
};

struct Response {
    int status = 200;
    std::string body = {};
    bool is_replayed = false;  // It was given before.
    friend bool operator==(const Response&, const Response&) = default;
};

// The parameters of a request as one text that does not depend on how the client wrote them: JSON
// without spaces, names in order. A body that is no JSON is a JSON text of itself.
std::string canonical_parameters(std::string_view body);

// SHA-256 of the operation and its canonical parameters.
std::string fingerprint(std::string_view operation, std::string_view parameters);

}  // namespace onsite::idempotency

#include "simulator/webhooks/signature.hpp"

#include <fmt/format.h>

#include "base/hash.hpp"

namespace onsite::simulator {

std::string webhook_signature(std::string_view payload, std::int64_t timestamp_s,
                              std::span<const std::string> secrets) {
    std::string header = fmt::format("t={}", timestamp_s);
    const std::string signed_text = fmt::format("{}.{}", timestamp_s, payload);
    for (const std::string& secret : secrets) {
        header += ",v1=" + hmac_sha256_hex(secret, signed_text);
    }
    return header;
}

}  // namespace onsite::simulator

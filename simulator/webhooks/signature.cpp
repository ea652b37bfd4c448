#include "simulator/webhooks/signature.hpp"

#include <fmt/format.h>

#include "base/hash.hpp"

namespace onsite::simulator {

std::string webhook_signature(std::string_view payload, std::int64_t timestamp_s,
                              std::span<const std::string> secrets) {
    const std::string timestamp = fmt::to_string(timestamp_s);
    std::string header = "t=" + timestamp;
    for (const std::string& secret : secrets) {
        header += ",v1=" + hmac_sha256_hex(secret, {timestamp, ".", payload});
    }
    return header;
}

}  // namespace onsite::simulator

#include "simulator/webhooks/signature.hpp"

#include <fmt/format.h>

#include "base/hash.hpp"
#include "base/parse_number.hpp"

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

std::int64_t signed_at(std::string_view header) {
    constexpr std::string_view kTime = "t=";
    if (!header.starts_with(kTime)) return 0;
    const std::string_view digits = header.substr(kTime.size(), header.find(',') - kTime.size());
    return parse_number<std::int64_t>(digits).value_or(0);
}

}  // namespace onsite::simulator

// SHA-256 of bytes, as 64 lower-case hexadecimal digits: names the exact content that was judged,
// and with a key signs it.
#pragma once

#include <string>
#include <string_view>

namespace onsite {

std::string sha256_hex(std::string_view bytes);
// HMAC-SHA256 (RFC 2104) in the same form.
std::string hmac_sha256_hex(std::string_view key, std::string_view bytes);

}  // namespace onsite

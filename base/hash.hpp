// SHA-256 of bytes, as 64 lower-case hexadecimal digits: names the exact content that was judged,
// and with a key signs it.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace onsite {

std::string sha256_hex(std::string_view bytes);
// HMAC-SHA256 (RFC 2104) of the parts, one behind the other, in the same form.
std::string hmac_sha256_hex(std::string_view key, std::initializer_list<std::string_view> parts);

}  // namespace onsite

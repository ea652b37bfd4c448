// SHA-256 of bytes, as 64 lower-case hexadecimal digits: names the exact content that was judged.
#pragma once

#include <string>
#include <string_view>

namespace onsite {

std::string sha256_hex(std::string_view bytes);

}  // namespace onsite

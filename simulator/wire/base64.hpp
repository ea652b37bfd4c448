// Base64 of the Authorization header (RFC 4648, 4).
#pragma once

#include <string>
#include <string_view>

namespace onsite::simulator {

// Decodes up to the first character that does not belong to base64.
std::string base64_decoded(std::string_view text);

}  // namespace onsite::simulator

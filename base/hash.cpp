#include "base/hash.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

namespace onsite {
namespace {

using Digest = unsigned char[SHA256_DIGEST_LENGTH];

std::string hex_of(const Digest& digest) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string hex;
    hex.reserve(2 * sizeof digest);
    for (const unsigned char byte : digest) {
        hex += kDigits[byte >> 4];
        hex += kDigits[byte & 15];
    }
    return hex;
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
    Digest digest;
    SHA256(bytes_of(bytes), bytes.size(), digest);
    return hex_of(digest);
}

std::string hmac_sha256_hex(std::string_view key, std::string_view bytes) {
    Digest digest;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(bytes), bytes.size(),
         digest, nullptr);
    return hex_of(digest);
}

}  // namespace onsite

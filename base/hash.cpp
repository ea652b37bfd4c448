#include "base/hash.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <openssl/evp.h>
#include <openssl/sha.h>

namespace onsite {
namespace {

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;
using Block = std::array<unsigned char, SHA256_CBLOCK>;

// SHA-256 of bytes that come in parts. OpenSSL's functions for whole messages look the algorithm up
// by its name at each call, which costs more than the hash of a kilobyte.
class Sha256 {
public:
    Sha256() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {}

    void begin() {
        static EVP_MD* const kAlgorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
        EVP_DigestInit_ex(context_.get(), kAlgorithm, nullptr);
    }
    void add(const void* bytes, std::size_t size) { EVP_DigestUpdate(context_.get(), bytes, size); }
    Digest end() {
        Digest digest;
        EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr);
        return digest;
    }

private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

Sha256& hash_of_this_thread() {
    thread_local Sha256 hash;
    return hash;
}

std::string hex_of(const Digest& digest) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string hex;
    hex.reserve(2 * digest.size());
    for (const unsigned char byte : digest) {
        hex += kDigits[byte >> 4];
        hex += kDigits[byte & 15];
    }
    return hex;
}

Digest sha256(std::string_view bytes) {
    Sha256& hash = hash_of_this_thread();
    hash.begin();
    hash.add(bytes.data(), bytes.size());
    return hash.end();
}

// The key as one block; one that is longer is hashed first (RFC 2104).
Block block_of(std::string_view key) {
    Block block{};
    if (key.size() <= block.size()) {
        std::ranges::copy(key, block.begin());
    } else {
        std::ranges::copy(sha256(key), block.begin());
    }
    return block;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) { return hex_of(sha256(bytes)); }

std::string hmac_sha256_hex(std::string_view key, std::string_view bytes) {
    Block inner = block_of(key);
    Block outer = inner;
    for (unsigned char& byte : inner) byte ^= 0x36;
    for (unsigned char& byte : outer) byte ^= 0x5c;
    Sha256& hash = hash_of_this_thread();
    hash.begin();
    hash.add(inner.data(), inner.size());
    hash.add(bytes.data(), bytes.size());
    const Digest first = hash.end();
    hash.begin();
    hash.add(outer.data(), outer.size());
    hash.add(first.data(), first.size());
    return hex_of(hash.end());
}

}  // namespace onsite

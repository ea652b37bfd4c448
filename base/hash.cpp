#include "base/hash.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/sha.h>

namespace onsite {
namespace {

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

// OpenSSL's functions for whole messages look the algorithm up by its name at each call, which
// costs more than the hash of a kilobyte: each thread keeps one that was looked up.
using Hash = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
using Mac = std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)>;

EVP_MD_CTX* hash_of_this_thread() {
    thread_local const Hash hash(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    return hash.get();
}

Mac new_hmac_sha256() {
    EVP_MAC* const hmac = EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_HMAC, nullptr);
    Mac mac(EVP_MAC_CTX_new(hmac), EVP_MAC_CTX_free);
    EVP_MAC_free(hmac);  // The context keeps it.
    char digest[] = "SHA256";
    const OSSL_PARAM settings[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_end()};
    EVP_MAC_CTX_set_params(mac.get(), settings);
    return mac;
}

// OpenSSL without SHA-256 (a policy, no memory) must not give every content the same hash.
void require(bool is_done) {
    if (is_done) return;
    std::fputs("onsite: expected SHA-256 of OpenSSL, found that it fails here\n", stderr);
    std::abort();
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

// Ready for a message under that key. Who signs one message signs many: the key before is kept, as
// preparing one costs two blocks of hashing.
EVP_MAC_CTX* hmac_of_this_thread(std::string_view key) {
    thread_local const Mac mac = new_hmac_sha256();
    thread_local std::optional<std::string> key_before;
    if (key_before == key) {
        require(EVP_MAC_init(mac.get(), nullptr, 0, nullptr) == 1);
    } else {
        key_before = key;
        require(EVP_MAC_init(mac.get(), bytes_of(*key_before), key.size(), nullptr) == 1);
    }
    return mac.get();
}

std::string hex_of(const Digest& digest) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string hex(2 * digest.size(), '0');
    for (std::size_t at = 0; at < digest.size(); ++at) {
        hex[2 * at] = kDigits[digest[at] >> 4];
        hex[2 * at + 1] = kDigits[digest[at] & 15];
    }
    return hex;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
    static EVP_MD* const kAlgorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    Digest digest{};
    EVP_MD_CTX* const hash = hash_of_this_thread();
    require(EVP_DigestInit_ex(hash, kAlgorithm, nullptr) == 1 &&
            EVP_DigestUpdate(hash, bytes.data(), bytes.size()) == 1 &&
            EVP_DigestFinal_ex(hash, digest.data(), nullptr) == 1);
    return hex_of(digest);
}

std::string hmac_sha256_hex(std::string_view key, std::initializer_list<std::string_view> parts) {
    Digest digest{};
    std::size_t size = 0;
    EVP_MAC_CTX* const mac = hmac_of_this_thread(key);
    for (const std::string_view part : parts) {
        require(EVP_MAC_update(mac, bytes_of(part), part.size()) == 1);
    }
    require(EVP_MAC_final(mac, digest.data(), &size, digest.size()) == 1);
    return hex_of(digest);
}

}  // namespace onsite

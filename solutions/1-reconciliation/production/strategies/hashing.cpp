#include "solutions/1-reconciliation/production/strategies/hashing.hpp"

#include <array>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <fmt/format.h>

namespace onsite::reconcile {
namespace {

constexpr std::size_t kSecretBytes = 192;
using Secret = std::array<unsigned char, kSecretBytes>;

// Another secret for another purpose.
Secret make_secret(const HashKey& key, std::uint64_t purpose) {
    const std::array<std::uint64_t, 5> seed = {key[0], key[1], key[2], key[3], purpose};
    Secret secret;
    XXH3_generateSecret(secret.data(), secret.size(), seed.data(), sizeof seed);
    return secret;
}

// Most ids have 17 to 128 bytes. The function for that length is asked at once, because the one for
// all lengths is too large to be inlined.
inline XXH128_hash_t hash(const void* bytes, std::size_t size, const Secret& secret) {
    if (size > 16 && size <= 128) {
        return XXH3_len_17to128_128b(static_cast<const xxh_u8*>(bytes), size, secret.data(),
                                     secret.size(), 0);
    }
    return XXH3_128bits_withSecret(bytes, size, secret.data(), secret.size());
}

}  // namespace

struct Hasher::Secrets {
    Secret id;
    Secret row;
};

Hasher::Hasher(const HashKey& key, int bits)
    : secrets_(std::make_unique<Secrets>(
          Secrets{.id = make_secret(key, 1), .row = make_secret(key, 2)})),
      mask_(bits >= 64 ? ~std::uint64_t{0} : ~(~std::uint64_t{0} >> bits)) {}

Hasher::~Hasher() = default;

std::uint64_t Hasher::hash_id(std::string_view id) const {
    return hash(id.data(), id.size(), secrets_->id).high64 & mask_;
}

void Hasher::hash_ids(std::span<const Row> rows, std::vector<std::uint64_t>& hashes) const {
    hashes.resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        hashes[i] = hash_id(rows[i].id());
    }
}

void Hasher::hash_rows(std::span<const Row> rows, std::vector<RowHash>& hashes) const {
    hashes.resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row& row = rows[i];
        const XXH128_hash_t id = hash(row.id_bytes, row.id_size, secrets_->id);
        // The id goes in by its whole 128-bit hash. Rows of one id differ here as their amounts and
        // currencies do; rows of two are the same with the chance that their ids' hashes have to
        // differ by just that.
        const std::array<std::uint64_t, 2> content = {
            id.low64 + static_cast<std::uint64_t>(row.amount_minor), id.high64 + row.currency};
        const XXH128_hash_t whole = hash(content.data(), sizeof content, secrets_->row);
        hashes[i] = {.id = id.high64 & mask_, .low = whole.low64, .high = whole.high64};
    }
}

std::string snapshot_of(std::span<const FileRead> files) {
    std::string text;
    for (const FileRead& file : files) text += fmt::format("{} {}\n", file.hash, file.bytes);
    const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
    return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

}  // namespace onsite::reconcile

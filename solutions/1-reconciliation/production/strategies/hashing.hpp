// Keyed hashes of ids and rows, by AES: without the run's key nobody can tell them from random
// numbers, so nobody can write feeds whose rows cancel or whose ids meet in one bucket.
//
// Fast hashes (XXH3 and its like) will not do, with a secret or without: ids are known whose hashes
// are the same for one of 2^33 secrets, and feeds can be full of them. AES costs the same, because
// processors have instructions for it; without them (Highway then does the steps of AES one by one)
// the hashes are the same and slower.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "solutions/1-reconciliation/production/engine.hpp"
#include "solutions/1-reconciliation/production/input/batch.hpp"
#include "solutions/1-reconciliation/production/strategies/portable_aes.hpp"

namespace onsite::reconcile {

struct RowHash {
    std::uint64_t id;   // Of the id: says where the row goes. Its high bits are the best ones.
    std::uint64_t low;  // Of id, amount and currency, 128 bits: what the sketch adds up.
    std::uint64_t high;
};

// What AES-128 makes of its key: eleven keys of 16 bytes (FIPS 197, 5.2).
struct AesKeys {
    std::array<std::uint8_t, 11 * 16> bytes;
};

// AES-CMAC (RFC 4493): its keys for texts that end with a whole block, and for those that do not.
struct CmacKeys {
    AesKeys aes;
    AesBlock whole;
    AesBlock cut;
};

class Hasher {
public:
    // Only the highest `bits` of an id's hash are used; the row's own hash is always whole.
    Hasher(const HashKey& key, int bits);

    // Replace `hashes` by those of the rows, in their order. Thread safety: yes.
    void hash_ids(std::span<const Row> rows, std::vector<std::uint64_t>& hashes) const;
    std::uint64_t hash_id(std::string_view id) const;
    void hash_rows(std::span<const Row> rows, std::vector<RowHash>& hashes) const;

private:
    CmacKeys id_keys_;
    AesKeys row_keys_;
    std::uint64_t mask_;
};

// The 16 bytes of RFC 4493, for tests: an id's hash is the first eight of them.
AesBlock cmac_of(const AesBlock& key, std::string_view text);

// The hash of a feed: of the hashes and sizes of its files, in their order. Not keyed.
std::string snapshot_of(std::span<const FileRead> files);

}  // namespace onsite::reconcile

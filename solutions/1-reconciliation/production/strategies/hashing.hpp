// Keyed hashes of ids and rows: XXH3-128 with secrets made from the run's key.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "solutions/1-reconciliation/production/engine.hpp"
#include "solutions/1-reconciliation/production/input/batch.hpp"

namespace onsite::reconcile {

struct RowHash {
    std::uint64_t id;   // Of the id: says where the row goes. Its high bits are the best ones.
    std::uint64_t low;  // Of id, amount and currency, 128 bits: what the sketch adds up.
    std::uint64_t high;
};

class Hasher {
public:
    // Only the highest `bits` of an id's hash are used; the row's own hash is always whole.
    Hasher(const HashKey& key, int bits);
    ~Hasher();
    Hasher(const Hasher&) = delete;
    Hasher& operator=(const Hasher&) = delete;

    // Replace `hashes` by those of the rows, in their order. Thread safety: yes.
    void hash_ids(std::span<const Row> rows, std::vector<std::uint64_t>& hashes) const;
    std::uint64_t hash_id(std::string_view id) const;
    void hash_rows(std::span<const Row> rows, std::vector<RowHash>& hashes) const;

private:
    struct Secrets;
    std::unique_ptr<Secrets> secrets_;
    std::uint64_t mask_;
};

// The hash of a feed: of the hashes and sizes of its files, in their order. Not keyed.
std::string snapshot_of(std::span<const FileRead> files);

}  // namespace onsite::reconcile

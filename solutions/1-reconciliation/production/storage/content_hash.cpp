#include "solutions/1-reconciliation/production/storage/content_hash.hpp"

#include <array>
#include <cstdint>

#include <blake3.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace onsite::reconcile {

struct ContentHash::State {
    blake3_hasher hasher;
};

ContentHash::ContentHash() : state_(std::make_unique<State>()) {
    blake3_hasher_init(&state_->hasher);
}

ContentHash::ContentHash(ContentHash&& other) noexcept = default;
ContentHash& ContentHash::operator=(ContentHash&& other) noexcept = default;
ContentHash::~ContentHash() = default;

void ContentHash::add(std::string_view bytes) {
    blake3_hasher_update(&state_->hasher, bytes.data(), bytes.size());
}

std::string ContentHash::text() const {
    std::array<std::uint8_t, BLAKE3_OUT_LEN> hash;
    blake3_hasher_finalize(&state_->hasher, hash.data(), hash.size());
    return fmt::format("{:02x}", fmt::join(hash, ""));
}

std::string content_hash_of(std::string_view bytes) {
    ContentHash hash;
    hash.add(bytes);
    return hash.text();
}

}  // namespace onsite::reconcile

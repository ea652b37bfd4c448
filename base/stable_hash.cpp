#include "base/stable_hash.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

namespace onsite {
namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);
// Each multiplication waits for the one before it in its lane only.
constexpr std::size_t kLanes = 4;
constexpr std::size_t kBlock = kLanes * kWord;

// Little end first, whatever the machine does.
std::uint64_t word_of(const char* bytes) {
    std::uint64_t word;
    std::memcpy(&word, bytes, sizeof word);
    return std::endian::native == std::endian::little ? word : __builtin_bswap64(word);
}

std::uint64_t with_word(std::uint64_t hash, std::uint64_t word) {
    hash = (hash ^ word) * 0xD6E8FEB86659FD93u;
    return hash ^ (hash >> 32);
}

}  // namespace

std::uint64_t add_to_hash(std::uint64_t hash, std::string_view bytes) {
    hash ^= bytes.size() * 0x9E3779B97F4A7C15u;
    if (bytes.size() >= 2 * kBlock) {
        std::array<std::uint64_t, kLanes> lanes = {hash, hash + 1, hash + 2, hash + 3};
        for (; bytes.size() >= kBlock; bytes.remove_prefix(kBlock)) {
            for (std::size_t i = 0; i < kLanes; ++i) {
                lanes[i] = with_word(lanes[i], word_of(bytes.data() + i * kWord));
            }
        }
        for (const std::uint64_t lane : lanes) hash = with_word(hash, lane);
    }
    for (; bytes.size() >= kWord; bytes.remove_prefix(kWord)) {
        hash = with_word(hash, word_of(bytes.data()));
    }
    if (bytes.empty()) return hash;
    char rest[kWord] = {};
    bytes.copy(rest, kWord);
    return with_word(hash, word_of(rest));
}

}  // namespace onsite

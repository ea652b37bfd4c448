#include "simulator/trace/trace.hpp"

#include <bit>
#include <cstring>

namespace onsite::simulator {
namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);

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
    for (; bytes.size() >= kWord; bytes.remove_prefix(kWord)) {
        hash = with_word(hash, word_of(bytes.data()));
    }
    if (bytes.empty()) return hash;
    char rest[kWord] = {};
    bytes.copy(rest, kWord);
    return with_word(hash, word_of(rest));
}

void Trace::finish_line() {
    const std::string_view line = line_.written();
    hash_ = add_to_hash(hash_, line);
    ++count_;
    if (sink_) sink_(line);
}

}  // namespace onsite::simulator

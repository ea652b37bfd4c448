#include "simulator/core/ids.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "base/rng.hpp"

namespace onsite::simulator {
namespace {

constexpr std::size_t kLetters = 24;
constexpr std::string_view kAlphabet =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::size_t kPairCount = kAlphabet.size() * kAlphabet.size();

// Two letters of each number below kPairCount, the lower one first.
using Pair = std::array<char, 2>;
constexpr auto kPairs = [] {
    std::array<Pair, kPairCount> pairs;
    for (std::size_t i = 0; i < kPairCount; ++i) {
        pairs[i] = {kAlphabet[i % kAlphabet.size()], kAlphabet[i / kAlphabet.size()]};
    }
    return pairs;
}();

// Letters are drawn in pairs, because each division waits for the one before.
// REQUIRES: room for one more, because an odd count leaves the second letter of its last pair.
void write_letters(char* to, Rng chance, std::size_t count) {
    constexpr std::size_t kPairsOfNumber = 5;  // 62^10 fits into 64 bits.
    const char* const end = to + count;
    while (to < end) {
        std::uint64_t number = chance.next();
        for (std::size_t i = 0; i < kPairsOfNumber && to < end; ++i) {
            to = std::ranges::copy(kPairs[number % kPairCount], to).out;
            number /= kPairCount;
        }
    }
}

// Of all numbers of a place.
std::uint64_t key_of(std::uint64_t seed, std::string_view place) {
    return Rng(seed).fork(place).next();
}

}  // namespace

std::uint64_t keyed(std::uint64_t seed, std::string_view place, std::uint64_t count) {
    return Rng(key_of(seed, place) ^ count).next();
}

std::uint64_t Ids::next_number(std::string_view place) {
    const std::uint64_t key = key_of(seed_, place);
    auto found = std::ranges::find(places_, key, &Place::key);
    if (found == places_.end()) found = places_.insert(found, {key});
    return Rng(key ^ found->count++).next();
}

Id Ids::next(std::string_view prefix) {
    constexpr std::size_t kPrefixMax = 16;
    static_assert(kLetters % 2 == 0);
    assert(prefix.size() <= kPrefixMax);
    std::array<char, kPrefixMax + kLetters> id;
    prefix.copy(id.data(), prefix.size());
    write_letters(id.data() + prefix.size(), Rng(next_number(prefix)), kLetters);
    return std::string_view(id.data(), prefix.size() + kLetters);
}

std::string Ids::letters(std::string_view place, std::size_t count) {
    std::string text(count + 1, '\0');
    write_letters(text.data(), Rng(next_number(place)), count);
    text.pop_back();
    return text;
}

std::string Ids::capitals(std::string_view place, std::size_t count) {
    std::string text = letters(place, count);
    for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
}

}  // namespace onsite::simulator

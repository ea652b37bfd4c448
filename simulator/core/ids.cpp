#include "simulator/core/ids.hpp"

#include <algorithm>
#include <array>

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
void append_letters(std::string& text, Rng chance, std::size_t count) {
    constexpr std::size_t kPairsOfNumber = 5;  // 62^10 fits into 64 bits.
    const std::size_t before = text.size();
    text.resize(before + count + 1);  // An odd count leaves the second letter of its last pair.
    char* to = text.data() + before;
    const char* const end = to + count;
    while (to < end) {
        std::uint64_t number = chance.next();
        for (std::size_t i = 0; i < kPairsOfNumber && to < end; ++i) {
            to = std::ranges::copy(kPairs[number % kPairCount], to).out;
            number /= kPairCount;
        }
    }
    text.resize(before + count);
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

std::string Ids::next(std::string_view prefix) {
    std::string id(prefix);
    id.reserve(prefix.size() + kLetters + 1);
    append_letters(id, Rng(next_number(prefix)), kLetters);
    return id;
}

std::string Ids::letters(std::string_view place, std::size_t count) {
    std::string text;
    append_letters(text, Rng(next_number(place)), count);
    return text;
}

std::string Ids::capitals(std::string_view place, std::size_t count) {
    std::string text = letters(place, count);
    for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
}

}  // namespace onsite::simulator

#include "simulator/core/ids.hpp"

#include "base/rng.hpp"

namespace onsite::simulator {
namespace {

constexpr std::size_t kLetters = 24;

void append_letters(std::string& text, Rng chance, std::size_t count) {
    constexpr std::string_view kAlphabet =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    constexpr std::size_t kPerNumber = 10;  // 62^10 fits into 64 bits.
    const std::size_t before = text.size();
    text.resize(before + count);
    char* to = text.data() + before;
    while (count > 0) {
        std::uint64_t number = chance.next();
        for (std::size_t i = 0; i < kPerNumber && count > 0; ++i, --count) {
            *to++ = kAlphabet[number % kAlphabet.size()];
            number /= kAlphabet.size();
        }
    }
}

}  // namespace

std::uint64_t keyed(std::uint64_t seed, std::string_view place, std::uint64_t count) {
    return Rng(Rng(seed).fork(place).next() ^ count).next();
}

std::uint64_t Ids::next_count(std::string_view place) {
    const auto found = counts_.find(place);
    if (found != counts_.end()) return found->second++;
    return counts_.emplace(place, 1), 0;
}

std::string Ids::next(std::string_view prefix) {
    std::string id(prefix);
    id.reserve(prefix.size() + kLetters);
    append_letters(id, Rng(keyed(seed_, prefix, next_count(prefix))), kLetters);
    return id;
}

std::string Ids::letters(std::string_view place, std::size_t count) {
    std::string text;
    append_letters(text, Rng(keyed(seed_, place, next_count(place))), count);
    return text;
}

std::string Ids::capitals(std::string_view place, std::size_t count) {
    std::string text = letters(place, count);
    for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
}

}  // namespace onsite::simulator

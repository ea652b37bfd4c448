#include "solutions/1-reconciliation/production/input/structure.hpp"

#include <array>
#include <bit>
#include <cstring>

// Highway compiles what stands between HWY_BEFORE_NAMESPACE and HWY_AFTER_NAMESPACE once for every
// kind of machine, by including this file again.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "solutions/1-reconciliation/production/input/structure.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace onsite::reconcile::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// One bit for each byte of a vector that is one of three. Read back as wide as they were stored:
// what two stores have written the processor would have to wait for.
template <typename Vectors, typename Bytes>
std::uint64_t matches(Vectors d, const std::uint8_t* bytes, Bytes first, Bytes second,
                      Bytes third) {
    const auto v = hn::LoadU(d, bytes);
    const auto is_match = hn::Or(hn::Or(hn::Eq(v, first), hn::Eq(v, second)), hn::Eq(v, third));
    std::array<std::uint8_t, 16> stored = {};
    const std::size_t size = hn::StoreMaskBits(d, is_match, stored.data());
    std::uint64_t bits = 0;
    std::memcpy(&bits, stored.data(), size);
    return bits;
}

// Writes 8 offsets whether there are so many or not: a loop that runs as often as there are bits
// would be guessed wrong by the processor at almost every word.
std::uint32_t* write_offsets(std::uint64_t word, std::uint32_t base, std::uint32_t* out) {
    const int count = std::popcount(word);
    for (int done = 0; done < count; done += 8) {
        for (int i = 0; i < 8; ++i) {
            out[done + i] = base + static_cast<std::uint32_t>(std::countr_zero(word));
            word &= word - 1;
        }
    }
    return out + count;
}

std::size_t find(const char* text, std::size_t size, char first, char second, char third,
                 std::uint32_t* out) {
    const hn::CappedTag<std::uint8_t, 64> d;
    const auto a = hn::Set(d, static_cast<std::uint8_t>(first));
    const auto b = hn::Set(d, static_cast<std::uint8_t>(second));
    const auto c = hn::Set(d, static_cast<std::uint8_t>(third));
    const std::size_t lanes = hn::Lanes(d);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text);
    std::uint32_t* end = out;
    for (std::size_t i = 0; i < size; i += 64) {
        std::uint64_t word = 0;
        for (std::size_t at = 0; at < 64; at += lanes) {
            word |= matches(d, bytes + i + at, a, b, c) << at;
        }
        if (size - i < 64) word &= (std::uint64_t{1} << (size - i)) - 1;
        end = write_offsets(word, static_cast<std::uint32_t>(i), end);
    }
    return static_cast<std::size_t>(end - out);
}

}  // namespace onsite::reconcile::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace onsite::reconcile {

HWY_EXPORT(find);

std::span<const std::uint32_t> find_structure(std::string_view text, char first, char second,
                                              char third, std::vector<std::uint32_t>& room) {
    // Every byte may be structure, and up to seven offsets too many are written behind the last.
    if (room.size() < text.size() + 8) room.resize(text.size() + 8);
    const std::size_t count =
        HWY_DYNAMIC_DISPATCH(find)(text.data(), text.size(), first, second, third, room.data());
    return {room.data(), count};
}

}  // namespace onsite::reconcile
#endif

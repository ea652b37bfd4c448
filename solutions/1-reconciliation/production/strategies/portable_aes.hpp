// The rounds of AES (FIPS 197, 5.1) for machines that have no instructions for them.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace onsite::reconcile {

using AesBlock = std::array<std::uint8_t, 16>;

constexpr std::uint8_t aes_doubled(std::uint8_t byte) {
    return static_cast<std::uint8_t>(byte << 1 ^ (byte >> 7) * 0x1B);
}

// What each byte becomes: its inverse, turned. The inverses are met by walking over all bytes in
// both directions: one times three, the other divided by three.
constexpr std::array<std::uint8_t, 256> make_aes_substitutes() {
    std::array<std::uint8_t, 256> substitutes = {};
    std::uint8_t byte = 1;
    std::uint8_t inverse = 1;
    do {
        byte = static_cast<std::uint8_t>(byte ^ aes_doubled(byte));
        for (const int shift : {1, 2, 4}) inverse ^= static_cast<std::uint8_t>(inverse << shift);
        if ((inverse & 0x80) != 0) inverse ^= 0x09;
        std::uint8_t turned = inverse;
        for (const int by : {1, 2, 3, 4}) turned ^= std::rotl(inverse, by);
        substitutes[byte] = turned ^ 0x63;
    } while (byte != 1);
    substitutes[0] = 0x63;
    return substitutes;
}
inline constexpr std::array<std::uint8_t, 256> kAesSubstitutes = make_aes_substitutes();

inline AesBlock aes_xor(const AesBlock& a, const AesBlock& b) {
    AesBlock both;
    for (std::size_t i = 0; i < both.size(); ++i) both[i] = a[i] ^ b[i];
    return both;
}

// SubBytes, ShiftRows, AddRoundKey.
inline AesBlock aes_last_round(const AesBlock& block, const AesBlock& key) {
    AesBlock shifted;
    for (std::size_t i = 0; i < block.size(); ++i) shifted[i] = kAesSubstitutes[block[i * 5 % 16]];
    return aes_xor(shifted, key);
}

// The same with MixColumns.
inline AesBlock aes_round(const AesBlock& block, const AesBlock& key) {
    const AesBlock shifted = aes_last_round(block, {});
    AesBlock mixed;
    for (std::size_t i = 0; i < mixed.size(); ++i) {
        const auto at = [&](std::size_t row) { return shifted[i / 4 * 4 + (i + row) % 4]; };
        mixed[i] = aes_doubled(at(0) ^ at(1)) ^ at(1) ^ at(2) ^ at(3);
    }
    return aes_xor(mixed, key);
}

}  // namespace onsite::reconcile

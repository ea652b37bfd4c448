// The only source of chance: the same seed gives the same numbers on every machine and compiler.
//
// SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014).
// The standard library's distributions are not used: their results differ between libraries.
#pragma once

#include <cstdint>
#include <string_view>

namespace onsite {

class Rng {
public:
    explicit Rng(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15u;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }

    // A number in [0, bound). REQUIRES: bound > 0.
    std::uint64_t below(std::uint64_t bound) { return multiply_high(next(), bound); }

    // An independent generator for a named part, so that parts added later do not move the others.
    Rng fork(std::string_view name) const {
        std::uint64_t mixed = state_ ^ 0xCBF29CE484222325u;
        for (const char c : name) mixed = (mixed ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
        return Rng(Rng(mixed).next());
    }

private:
    // The high 64 bits of a 128-bit product; __extension__ keeps -Wpedantic quiet about the type.
    static std::uint64_t multiply_high(std::uint64_t a, std::uint64_t b) {
        __extension__ using Wide = unsigned __int128;
        return static_cast<std::uint64_t>((static_cast<Wide>(a) * b) >> 64);
    }

    std::uint64_t state_;
};

}  // namespace onsite

#include "solutions/1-reconciliation/production/strategies/hashing.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/storage/content_hash.hpp"

// Compiled once for every kind of machine, as structure.cpp is.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "solutions/1-reconciliation/production/strategies/hashing.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace onsite::reconcile::HWY_NAMESPACE {

constexpr std::size_t kBlockBytes = 16;

#if HWY_TARGET == HWY_SCALAR
using Block = AesBlock;
Block load(const std::uint8_t* bytes) {
    Block block;
    std::memcpy(block.data(), bytes, kBlockBytes);
    return block;
}
void store(const Block& block, std::uint8_t* bytes) {
    std::memcpy(bytes, block.data(), kBlockBytes);
}
Block exclusive_or(const Block& a, const Block& b) { return aes_xor(a, b); }
Block round(const Block& block, const Block& key) { return aes_round(block, key); }
Block last_round(const Block& block, const Block& key) { return aes_last_round(block, key); }
#else
namespace hn = hwy::HWY_NAMESPACE;
using Lanes = hn::FixedTag<std::uint8_t, kBlockBytes>;
using Block = hn::Vec<Lanes>;
HWY_INLINE Block load(const std::uint8_t* bytes) { return hn::LoadU(Lanes(), bytes); }
HWY_INLINE void store(Block block, std::uint8_t* bytes) { hn::StoreU(block, Lanes(), bytes); }
HWY_INLINE Block exclusive_or(Block a, Block b) { return hn::Xor(a, b); }
HWY_INLINE Block round(Block block, Block key) { return hn::AESRound(block, key); }
HWY_INLINE Block last_round(Block block, Block key) { return hn::AESLastRound(block, key); }
#endif

HWY_INLINE Block encrypt(const AesKeys& keys, Block block) {
    const std::uint8_t* const key = keys.bytes.data();
    block = exclusive_or(block, load(key));
    for (std::size_t i = 1; i < 10; ++i) block = round(block, load(key + i * kBlockBytes));
    return last_round(block, load(key + 10 * kBlockBytes));
}

HWY_INLINE Block short_tail(const std::uint8_t* bytes, std::size_t count) {
    alignas(16) AesBlock tail = {};
    if (count > 0) std::memcpy(tail.data(), bytes, count);
    tail[count] = 0x80;
    return load(tail.data());
}

// The last bytes of a text that has at least 16, and behind them the one bit that CMAC puts there.
#if HWY_TARGET == HWY_SCALAR
Block tail_of_long(const std::uint8_t* end, std::size_t count) {
    return short_tail(end - count, count);
}
#else
// Read as the block that ends there, because behind it there may be nothing, and moved to the
// front: a copy of so many bytes would be read back before the processor has stored it.
HWY_INLINE Block tail_of_long(const std::uint8_t* end, std::size_t count) {
    static constexpr std::array<std::uint8_t, 32> kSlide = {
        0,   1,   2,   3,   4,   5,   6,   7,   8,   9,   10,  11,  12,  13,  14,  15,
        128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128};
    static constexpr std::array<std::uint8_t, 32> kBit = {0, 0, 0, 0, 0, 0, 0, 0,  0,
                                                          0, 0, 0, 0, 0, 0, 0, 128};
    const std::size_t from = kBlockBytes - count;
    const Block moved =
        hn::TableLookupBytesOr0(load(end - kBlockBytes), load(kSlide.data() + from));
    return hn::Or(moved, load(kBit.data() + from));
}
#endif

HWY_INLINE Block cmac(const CmacKeys& keys, std::string_view text) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const std::uint8_t* const end = bytes + text.size();
    std::size_t left = text.size();
    Block chain = load(AesBlock{}.data());
    for (; left > kBlockBytes; left -= kBlockBytes, bytes += kBlockBytes) {
        chain = encrypt(keys.aes, exclusive_or(chain, load(bytes)));
    }
    if (left == kBlockBytes) {
        chain = exclusive_or(exclusive_or(chain, load(bytes)), load(keys.whole.data()));
    } else {
        const Block tail =
            text.size() > kBlockBytes ? tail_of_long(end, left) : short_tail(bytes, left);
        chain = exclusive_or(exclusive_or(chain, tail), load(keys.cut.data()));
    }
    return encrypt(keys.aes, chain);
}

using Numbers = std::array<std::uint64_t, 2>;

#if HWY_TARGET == HWY_SCALAR
Block block_of(std::uint64_t low, std::uint64_t high) {
    return std::bit_cast<Block>(Numbers{low, high});
}
#else
// Not through memory: two stores that are read back as one have to be waited for.
HWY_INLINE Block block_of(std::uint64_t low, std::uint64_t high) {
    const hn::Repartition<std::uint64_t, Lanes> d;
    return hn::BitCast(Lanes(), hn::InsertLane(hn::Set(d, high), 0, low));
}
#endif

HWY_INLINE Numbers numbers_of(Block block) {
    alignas(16) Numbers numbers;
    store(block, reinterpret_cast<std::uint8_t*>(numbers.data()));
    return numbers;
}

// The id goes in by its whole CMAC. Rows of one id differ here as their amounts and currencies do;
// rows of two are the same only when their CMACs differ by just that.
void hash_rows(const CmacKeys& id_keys, const AesKeys& row_keys, std::uint64_t mask,
               std::span<const Row> rows, RowHash* out) {
    for (const Row& row : rows) {
        const Block id = cmac(id_keys, row.id());
        const Block content = block_of(static_cast<std::uint64_t>(row.amount_minor), row.currency);
        const Numbers whole = numbers_of(encrypt(row_keys, exclusive_or(id, content)));
        *out++ = {.id = numbers_of(id)[0] & mask, .low = whole[0], .high = whole[1]};
    }
}

void hash_ids(const CmacKeys& keys, std::uint64_t mask, std::span<const Row> rows,
              std::uint64_t* out) {
    for (const Row& row : rows) *out++ = numbers_of(cmac(keys, row.id()))[0] & mask;
}

AesBlock hash_text(const CmacKeys& keys, std::string_view text) {
    AesBlock mac;
    store(cmac(keys, text), mac.data());
    return mac;
}

AesBlock encrypt_zero(const AesKeys& keys) {
    AesBlock block = {};
    store(encrypt(keys, load(block.data())), block.data());
    return block;
}

}  // namespace onsite::reconcile::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace onsite::reconcile {
namespace {

HWY_EXPORT(hash_rows);
HWY_EXPORT(hash_ids);
HWY_EXPORT(hash_text);
HWY_EXPORT(encrypt_zero);

static_assert(std::endian::native == std::endian::little);

// FIPS 197, 5.2.
AesKeys expand(const AesBlock& key) {
    AesKeys keys;
    std::ranges::copy(key, keys.bytes.begin());
    std::uint8_t round_constant = 1;
    for (std::size_t at = key.size(); at < keys.bytes.size(); at += 4) {
        const std::uint8_t* const last = keys.bytes.data() + at - 4;
        std::array<std::uint8_t, 4> word = {last[0], last[1], last[2], last[3]};
        if (at % key.size() == 0) {
            std::ranges::rotate(word, word.begin() + 1);
            for (std::uint8_t& byte : word) byte = kAesSubstitutes[byte];
            word[0] ^= round_constant;
            round_constant = aes_doubled(round_constant);
        }
        for (std::size_t i = 0; i < word.size(); ++i) {
            keys.bytes[at + i] = keys.bytes[at + i - key.size()] ^ word[i];
        }
    }
    return keys;
}

// Shifts the whole block to the left by one bit, as a polynomial (RFC 4493, 2.3).
AesBlock doubled(const AesBlock& block) {
    AesBlock twice;
    for (std::size_t i = 0; i < block.size(); ++i) {
        const int carry = i + 1 < block.size() ? block[i + 1] >> 7 : 0;
        twice[i] = static_cast<std::uint8_t>(block[i] << 1 | carry);
    }
    if ((block[0] & 0x80) != 0) twice.back() ^= 0x87;
    return twice;
}

CmacKeys make_cmac_keys(const AesBlock& key) {
    CmacKeys keys = {.aes = expand(key), .whole = {}, .cut = {}};
    keys.whole = doubled(HWY_DYNAMIC_DISPATCH(encrypt_zero)(keys.aes));
    keys.cut = doubled(keys.whole);
    return keys;
}

AesBlock half_of(const HashKey& key, std::size_t half) {
    AesBlock bytes;
    std::memcpy(bytes.data(), key.data() + 2 * half, bytes.size());
    return bytes;
}

}  // namespace

Hasher::Hasher(const HashKey& key, int bits)
    : id_keys_(make_cmac_keys(half_of(key, 0))),
      row_keys_(expand(half_of(key, 1))),
      mask_(bits >= 64 ? ~std::uint64_t{0} : ~(~std::uint64_t{0} >> bits)) {}

std::uint64_t Hasher::hash_id(std::string_view id) const {
    const Row row = {.id_bytes = id.data(), .id_size = static_cast<std::uint32_t>(id.size())};
    std::uint64_t hash = 0;
    HWY_DYNAMIC_DISPATCH(hash_ids)(id_keys_, mask_, {&row, 1}, &hash);
    return hash;
}

void Hasher::hash_ids(std::span<const Row> rows, std::vector<std::uint64_t>& hashes) const {
    hashes.resize(rows.size());
    HWY_DYNAMIC_DISPATCH(hash_ids)(id_keys_, mask_, rows, hashes.data());
}

void Hasher::hash_rows(std::span<const Row> rows, std::vector<RowHash>& hashes) const {
    hashes.resize(rows.size());
    HWY_DYNAMIC_DISPATCH(hash_rows)(id_keys_, row_keys_, mask_, rows, hashes.data());
}

AesBlock cmac_of(const AesBlock& key, std::string_view text) {
    return HWY_DYNAMIC_DISPATCH(hash_text)(make_cmac_keys(key), text);
}

std::string snapshot_of(std::span<const FileRead> files) {
    std::string text;
    for (const FileRead& file : files) text += fmt::format("{} {}\n", file.hash, file.bytes);
    return content_hash_of(text);
}

}  // namespace onsite::reconcile
#endif

// The hashes that the sketch and the records trust, against the documents that define them.
#include "solutions/1-reconciliation/production/strategies/hashing.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>
#include <hwy/targets.h>

#include "solutions/1-reconciliation/production/storage/content_hash.hpp"

namespace onsite::reconcile {
namespace {

AesBlock bytes_of(std::string_view hexadecimal) {
    AesBlock bytes;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>(
            std::stoi(std::string(hexadecimal.substr(2 * i, 2)), nullptr, 16));
    }
    return bytes;
}

// One after the other, every kind of machine that this one can play.
class HashingTest : public ::testing::TestWithParam<std::int64_t> {
protected:
    void SetUp() override { hwy::SetSupportedTargetsForTest(GetParam()); }
    void TearDown() override { hwy::SetSupportedTargetsForTest(0); }
};

INSTANTIATE_TEST_SUITE_P(Machines, HashingTest, ::testing::ValuesIn([] {
                             std::vector<std::int64_t> targets = {HWY_SCALAR};
                             for (std::int64_t target = 1; target < HWY_SCALAR; target <<= 1) {
                                 if ((hwy::SupportedTargets() & target) != 0) {
                                     targets.push_back(target);
                                 }
                             }
                             return targets;
                         }()),
                         [](const auto& name) { return hwy::TargetName(name.param); });

// RFC 4493, 4: the key and the text of FIPS 197, cut to four lengths.
TEST_P(HashingTest, IsTheCmacOfTheRfc) {
    const AesBlock key = bytes_of("2b7e151628aed2a6abf7158809cf4f3c");
    std::string text;
    for (const char* line :
         {"6bc1bee22e409f96e93d7e117393172a", "ae2d8a571e03ac9c9eb76fac45af8e51",
          "30c81c46a35ce411e5fbc1191a0a52ef", "f69f2445df4f9b17ad2b417be66c3710"}) {
        const AesBlock bytes = bytes_of(line);
        text.append(bytes.begin(), bytes.end());
    }
    const std::pair<std::size_t, const char*> known[] = {{0, "bb1d6929e95937287fa37d129b756746"},
                                                         {16, "070a16b46b4d4144f79bdd9dd04a287c"},
                                                         {40, "dfa66747de9ae63030ca32611497c827"},
                                                         {64, "51f0bebf7e3b9d92fc49741779363cfe"}};
    for (const auto& [size, mac] : known) {
        EXPECT_EQ(cmac_of(key, std::string_view(text).substr(0, size)), bytes_of(mac)) << size;
    }
}

// Of every length, where it stands at the very end of its memory.
TEST_P(HashingTest, HashesIdsAsAnyOtherMachine) {
    const Hasher hasher({1, 2, 3, 4}, 64);
    std::vector<RowHash> hashes;
    std::string all;
    for (std::uint32_t size = 0; size < 70; ++size) {
        const auto id = std::make_unique<char[]>(size);
        for (std::uint32_t i = 0; i < size; ++i) id[i] = static_cast<char>('a' + i % 26);
        const Row row = {
            .id_bytes = id.get(), .id_size = size, .currency = 17, .amount_minor = -1'999};
        hasher.hash_rows({&row, 1}, hashes);
        EXPECT_EQ(hasher.hash_id(row.id()), hashes[0].id);
        all += fmt::format("{:x} {:x} {:x}\n", hashes[0].id, hashes[0].low, hashes[0].high);
    }
    EXPECT_EQ(content_hash_of(all),
              "1ab5ff3c07bf1175f12f918ee051ab5d4af0543aff95f388d4014e137195bf41");
}

TEST(RowHashTest, DiffersWhereRowsDo) {
    const Hasher hasher({5, 6, 7, 8}, 64);
    const std::string one = "txn_1";
    const std::string two = "txn_2";
    const auto row = [](const std::string& id, std::int64_t amount_minor, CurrencyCode currency) {
        return Row{.id_bytes = id.data(),
                   .id_size = static_cast<std::uint32_t>(id.size()),
                   .currency = currency,
                   .amount_minor = amount_minor};
    };
    const std::vector<Row> rows = {row(one, 1, 2), row(one, 2, 2), row(one, 1, 3), row(two, 1, 2)};
    std::vector<RowHash> hashes;
    hasher.hash_rows(rows, hashes);
    for (std::size_t i = 1; i < rows.size(); ++i) EXPECT_NE(hashes[0].low, hashes[i].low) << i;
    EXPECT_EQ(hashes[0].id, hashes[1].id);
    EXPECT_NE(hashes[0].id, hashes[3].id);
    EXPECT_NE(Hasher({5, 6, 7, 9}, 64).hash_id(one), 0u);
    EXPECT_NE(Hasher({6, 6, 7, 8}, 64).hash_id(one), hashes[0].id);
}

// The first lines of the test vectors that BLAKE3 comes with: bytes 0, 1, 2, ... 250, 0, 1, ...
TEST(ContentHashTest, IsBlake3) {
    const std::pair<std::size_t, const char*> known[] = {
        {0, "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"},
        {1, "2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213"},
        {102400, "bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085"}};
    for (const auto& [size, hash] : known) {
        std::string bytes(size, '\0');
        for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i % 251);
        EXPECT_EQ(content_hash_of(bytes), hash) << size;
        ContentHash in_pieces;
        in_pieces.add(std::string_view(bytes).substr(0, size / 3));
        EXPECT_EQ(in_pieces.text(), content_hash_of(bytes.substr(0, size / 3)));
        in_pieces.add(std::string_view(bytes).substr(size / 3));
        EXPECT_EQ(in_pieces.text(), hash) << size;
    }
}

}  // namespace
}  // namespace onsite::reconcile

// Goal: the hash is SHA-256, by the test vectors of FIPS 180-4.
#include "base/hash.hpp"

namespace onsite {
namespace {

TEST(HashTest, AgreesWithThePublishedVectors) {
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_hex("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(HashTest, ReadsPastZeroBytes) {
    using namespace std::string_view_literals;
    EXPECT_NE(sha256_hex("a\0b"sv), sha256_hex("a\0c"sv));
}

}  // namespace
}  // namespace onsite

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

// RFC 4231, cases 1, 2 and 6: a short key, a shorter one, and one that is longer than a block.
TEST(HashTest, SignsAsTheStandardDoes) {
    EXPECT_EQ(hmac_sha256_hex(std::string(20, '\x0b'), {"Hi There"}),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hmac_sha256_hex("Jefe", {"what do ya want ", "", "for nothing?"}),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hmac_sha256_hex(std::string(131, '\xaa'),
                              {"Test Using Larger Than Block-Size Key - Hash Key First"}),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

// OpenSSL takes a null key for the key of the call before.
TEST(HashTest, AnEmptyKeyIsAKeyOfItsOwn) {
    const std::string signature =
        "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad";
    hmac_sha256_hex("another key", {});
    EXPECT_EQ(hmac_sha256_hex({}, {}), signature);
    hmac_sha256_hex("another key", {});
    EXPECT_EQ(hmac_sha256_hex("", {""}), signature);
    EXPECT_EQ(hmac_sha256_hex("", {}), signature) << "the same key again";
}

}  // namespace
}  // namespace onsite

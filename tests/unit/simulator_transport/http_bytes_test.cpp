// Heads and bodies that two readers could understand differently, and bytes that come in pieces.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/transport/chunk_decoder.hpp"
#include "tests/support/split_stream.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;
using State = ChunkDecoder::State;

const std::string kPost = "POST /v1/customers HTTP/1.1\r\nHost: x\r\n";
const std::string kChunked = kPost + "Transfer-Encoding: chunked\r\n\r\n";
// What would be a request of its own if the one before ended too early.
const std::string kSmuggled = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

Heard hear_all(const std::string& bytes) { return hear(bytes, bytes.size() + 1); }

TEST(HttpBytesTest, UnderstandTheSameWhereverTheyAreCut) {
    for (const std::string& bytes :
         {kPost + "Content-Length: 8\r\n\r\nname=Ada" + kSmuggled,
          kChunked + "4;a=b\r\nname\r\n04\r\n=Ada\r\n0\r\nX: y\r\n\r\n" + kSmuggled,
          kPost + "Expect: 100-continue\r\nContent-Length: 8\r\n\r\nname=Ada" + kSmuggled,
          kPost + "Expect: 100-continue\r\nTransfer-Encoding: Chunked\r\n\r\n" +
              "8\r\nname=Ada\r\n0\r\n\r\n" + kSmuggled}) {
        const Heard whole = hear_all(bytes);
        ASSERT_THAT(whole.requests, SizeIs(2)) << bytes;
        EXPECT_THAT(whole.requests[0], EndsWith("\n\nname=Ada"));
        EXPECT_THAT(whole.requests[1], StartsWith("GET /smuggled\n"));
        for (std::size_t step = 1; step < bytes.size(); ++step) {
            EXPECT_EQ(hear(bytes, step), whole) << step;
        }
    }
}

TEST(HttpBytesTest, HearNothingOfARequestThatEndsTooEarly) {
    for (const std::string& bytes :
         {kPost + "Content-Length: 8\r\n\r\nname=Ada", kChunked + "8\r\nname=Ada\r\n0\r\n\r\n"}) {
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            const Heard heard = hear_all(bytes.substr(0, size));
            EXPECT_THAT(heard.requests, IsEmpty()) << size;
            EXPECT_THAT(heard.answers, ::testing::AnyOf("", StartsWith("HTTP/1.1 400 "))) << size;
        }
    }
}

TEST(HttpBytesTest, RefuseHeadsThatCanBeUnderstoodInTwoWays) {
    using namespace std::string_literals;
    for (const std::string& head :
         {"Content-Length : 8\r\n"s,
          "Content-Length: 8\n"s,
          "A: b\nContent-Length: 8\r\n"s,
          "A: b\r\n Content-Length: 8\r\n"s,
          " A: b\r\n"s,
          "A: b\0c\r\n"s,
          "A: b\rc\r\n"s,
          "A: b\n\r\n"s,
          "no colon\r\n"s,
          ": no name\r\n"s,
          "a b: c\r\n"s,
          "A: \x01\r\n"s,
          "Content-Length: +8\r\n"s,
          "Content-Length: 8, 8\r\n"s,
          "Content-Length: 0x8\r\n"s,
          "Content-Length:\r\n"s,
          "Content-Length: %38\r\n"s,
          "Transfer-Encoding: %63hunked\r\n"s,
          "Content-Length: 8\r\ncontent-length: 8\r\n"s,
          "Transfer-Encoding: gzip\r\n"s,
          "Transfer-Encoding: gzip, chunked\r\n"s,
          "Transfer-Encoding: chunked, chunked\r\n"s,
          "Transfer-Encoding: xchunked\r\n"s,
          "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"s,
          "Transfer-Encoding: chunked\r\nContent-Length: 8\r\n"s}) {
        const Heard heard = hear_all(kPost + head + "\r\n" + kSmuggled);
        EXPECT_THAT(heard.requests, IsEmpty()) << head;
        EXPECT_THAT(heard.answers, StartsWith("HTTP/1.1 400 ")) << head;
        EXPECT_THAT(heard.answers, HasSubstr("Connection: close")) << head;
    }
}

// A percent sign means something in a URL only: "a%20b" and "a b" are two keys.
TEST(HttpBytesTest, TakeHeadersAsTheyWereSent) {
    const std::vector<std::string> lines = {"Host: x", "Idempotency-Key: a%20b+c",
                                            "REMOTE_ADDR: 1.2.3.4", "Tracing: %0d%0aX: y%00"};
    const Heard heard =
        hear_all(fmt::format("GET / HTTP/1.1\r\nEmpty: \r\n{}\r\n\r\n", fmt::join(lines, "\r\n")));
    EXPECT_THAT(heard.requests, ElementsAre(fmt::format("GET /\n{}\n\n", fmt::join(lines, "\n"))));
}

TEST(HttpBytesTest, RefuseLinesThatEndWithoutCarriageReturn) {
    EXPECT_THAT(hear_all("GET / HTTP/1.1\nHost: x\n\n").requests, IsEmpty());
    EXPECT_THAT(hear_all("GET / HTTP/1.1\nHost: x\r\n\r\n").requests, IsEmpty());
    EXPECT_THAT(hear_all("GET / HTTP/1.1\r\nHost: x\n\n\r\n\r\n").requests, IsEmpty());
}

// A client that wants TLS, say, gets its answer before it has given up.
TEST(HttpBytesTest, AreRefusedAtOnceWhenTheyBeginNoHead) {
    using namespace std::string_literals;
    for (const std::string& bytes :
         {"\x16\x03\x01\x02\0\x01\0"s, "GET / HTTP/1.1\n"s, "\n"s, "\0"s}) {
        const Heard heard = hear_all(bytes);
        EXPECT_THAT(heard.requests, IsEmpty());
        EXPECT_THAT(heard.answers, StartsWith("HTTP/1.1 400 "));
        EXPECT_THAT(heard.answers, HasSubstr("Connection: close"));
        EXPECT_EQ(hear_all(bytes + "\r\n\r\n"), heard);
    }
}

TEST(HttpBytesTest, MayNameTheServerInTheirTarget) {
    const auto target_of = [](const std::string& target) {
        const Heard heard = hear_all(fmt::format("GET {} HTTP/1.1\r\nHost: x\r\n\r\n", target));
        return heard.requests.empty() ? heard.answers : heard.requests.front();
    };
    EXPECT_THAT(target_of("http://127.0.0.1:12111/v1/plans?limit=1"),
                StartsWith("GET /v1/plans?limit=1\n"));
    EXPECT_THAT(target_of("HTTP://localhost"), StartsWith("GET /\n"));
    EXPECT_THAT(target_of("/v1/http://plans"), StartsWith("GET /v1/http://plans\n"));
}

TEST(HttpBytesTest, RefuseChunksThatAreNotAsTheySay) {
    using namespace std::string_literals;
    for (const std::string& body :
         {"4\r\nname=Ada\r\n0\r\n\r\n"s, "4\r\nnam\r\n0\r\n\r\n"s, "-2\r\nname\r\n0\r\n\r\n"s,
          "+4\r\nname\r\n0\r\n\r\n"s, "0x4\r\nname\r\n0\r\n\r\n"s, " 4\r\nname\r\n0\r\n\r\n"s,
          "4\nname\n0\n\n"s, "\r\n4\r\nname\r\n0\r\n\r\n"s, "4 x\r\nname\r\n0\r\n\r\n"s, "x\r\n"s,
          ";a\r\n"s, "4\0\r\nname\r\n0\r\n\r\n"s, "4\r\nname\r\n"s, "4\r\nname\r\n0\r\n"s,
          "4\r\nname\r\n0\r\n" + std::string(2 * kChunkLineBytesMax, 'a'),
          std::string(2 * kChunkLineBytesMax, '0') + "4\r\nname\r\n0\r\n\r\n"}) {
        const Heard heard = hear_all(kChunked + body + kSmuggled);
        EXPECT_THAT(heard.requests, IsEmpty()) << body;
        EXPECT_THAT(heard.answers, StartsWith("HTTP/1.1 400 ")) << body;
        EXPECT_EQ(heard.answers.find("HTTP/1.1", 1), std::string::npos) << "a second answer";
    }
}

TEST(HttpBytesTest, RefuseChunksThatAreTooLargeOrNeverEnd) {
    for (const std::string size :
         {"100001", "7fffffffffffffff", "ffffffffffffffff", "fffffffffffffffff"}) {
        EXPECT_THAT(hear_all(kChunked + size + "\r\nname").answers, StartsWith("HTTP/1.1 413 "))
            << size;
    }
    std::string endless = kChunked;
    for (int i = 0; i < 1'100'000; ++i) endless += "1\r\na\r\n";
    EXPECT_THAT(hear_all(endless).answers, StartsWith("HTTP/1.1 413 "));
    std::string trailers = kChunked + "0\r\n";
    for (int i = 0; i < 10'000; ++i) trailers += "A: b\r\n";
    EXPECT_THAT(hear_all(trailers).answers, StartsWith("HTTP/1.1 400 "));
}

TEST(HttpBytesTest, TakeABodyOfPartsAsOneAndEndWithIt) {
    const std::string parts =
        "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n";
    const Heard heard = hear_all(
        fmt::format("{}Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {}\r\n\r\n",
                    kPost, parts.size()) +
        parts + kSmuggled);
    ASSERT_THAT(heard.requests, SizeIs(2));
    EXPECT_THAT(heard.requests[0], EndsWith("\n\n" + parts));
    EXPECT_THAT(heard.requests[0], HasSubstr("Content-Type: multipart/form-data; boundary=x\n"));
    EXPECT_THAT(heard.requests[1], StartsWith("GET /smuggled\n"));
}

TEST(HttpBytesTest, TakeNothingBehindTheEndOfTheirChunks) {
    const std::string bytes = "3\r\nabc\r\n0\r\n\r\nGET";
    ChunkDecoder decoder(3);
    EXPECT_EQ(decoder.feed(bytes), bytes.size() - 3);
    EXPECT_EQ(decoder.state(), State::whole);
    EXPECT_EQ(decoder.body(), "abc");
    EXPECT_EQ(decoder.feed("more"), 0u);
    ChunkDecoder small(2);
    small.feed(bytes);
    EXPECT_EQ(small.state(), State::too_large);
}

}  // namespace
}  // namespace onsite::simulator::testing

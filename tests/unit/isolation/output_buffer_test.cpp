// Lines come out as they went in, however the bytes were cut on their way.
#include "harness/isolation/output_buffer.hpp"

namespace onsite {
namespace {

TEST(OutputBufferTest, HandsOutCompleteLinesOnly) {
    OutputBuffer buffer;
    EXPECT_EQ(buffer.take_line(), std::nullopt);
    buffer.append("on");
    EXPECT_EQ(buffer.take_line(), std::nullopt);
    EXPECT_FALSE(buffer.is_empty());
    buffer.append("e\n");
    EXPECT_EQ(buffer.take_line(), "one");
    EXPECT_TRUE(buffer.is_empty());
}

TEST(OutputBufferTest, KeepsWhatFollowsALine) {
    OutputBuffer buffer;
    buffer.append("one\n\ntwo\nthr");
    EXPECT_EQ(buffer.take_line(), "one");
    EXPECT_EQ(buffer.take_line(), "");
    EXPECT_EQ(buffer.take_line(), "two");
    EXPECT_EQ(buffer.take_line(), std::nullopt);
    buffer.append("ee\nfour");
    EXPECT_EQ(buffer.take_line(), "three");
    EXPECT_EQ(buffer.take_all(), "four");
    EXPECT_TRUE(buffer.is_empty());
}

TEST(OutputBufferTest, KeepsOnlyWhatWasCommittedOfItsRoom) {
    OutputBuffer buffer;
    buffer.append("a");
    std::copy_n("b\nc", 3, buffer.room_for(10));
    buffer.commit(3);
    EXPECT_EQ(buffer.take_line(), "ab");
    buffer.room_for(5);
    buffer.commit(0);
    EXPECT_EQ(buffer.take_all(), "c");
}

TEST(OutputBufferTest, GrowsByExactlyItsRoom) {
    // libstdc++ 12 tells resize_and_overwrite's operation the new capacity, not the size asked for.
    OutputBuffer buffer;
    std::string expected;
    for (std::size_t bytes = 1; bytes < 5'000; bytes += 37) {
        std::fill_n(buffer.room_for(bytes), bytes, 'a' + static_cast<char>(bytes % 26));
        buffer.commit(bytes);
        expected.append(bytes, 'a' + static_cast<char>(bytes % 26));
    }
    EXPECT_EQ(buffer.take_all(), expected);
}

TEST(OutputBufferTest, FindsEveryLineOfAByteByByteStream) {
    OutputBuffer buffer;
    int lines = 0;
    for (int i = 0; i < 3'000; ++i) {
        buffer.append(i % 3 == 2 ? "\n" : "x");
        while (const auto line = buffer.take_line()) lines += *line == "xx" ? 1 : 0;
    }
    EXPECT_EQ(lines, 1'000);
}

}  // namespace
}  // namespace onsite

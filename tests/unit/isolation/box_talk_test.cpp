// Talking with a box blocks neither side for ever, whatever the other side does.
#include "harness/isolation/box.hpp"
#include "tests/unit/isolation/run.hpp"

namespace onsite {
namespace {

class BoxTalkTest : public ::testing::Test {
protected:
    std::unique_ptr<Box> start(const BoxSpec& spec) {
        auto box = Box::start(spec, clock_);
        EXPECT_TRUE(box) << box.error().message;
        return std::move(*box);
    }
    std::int64_t in_ms(std::int64_t ms) { return clock_.monotonic_ns() + ms * 1'000'000; }
    std::int64_t patiently() { return in_ms(kAmpleMs); }

    SystemClock clock_;
};

TEST_F(BoxTalkTest, GivesTheInputAndTakesTheOutput) {
    EXPECT_EQ(run(shell("cat; echo end"), "one\ntwo\n").output, "one\ntwo\nend\n");
}

TEST_F(BoxTalkTest, ReadsLineByLineAndTheUnfinishedRest) {
    const auto box = start(shell("printf 'one\\n\\ntwo\\nrest'"));
    for (const char* expected : {"one", "", "two"}) {
        const Line line = box->read_line(patiently());
        EXPECT_EQ(line.status, ReadStatus::line);
        EXPECT_EQ(line.text, expected);
    }
    const Line rest = box->read_line(patiently());
    EXPECT_EQ(rest.status, ReadStatus::end_of_stream);
    EXPECT_EQ(rest.text, "rest");
}

TEST_F(BoxTalkTest, AnswersEachLineAsItComes) {
    const auto box = start(shell("while read line; do echo got $line; done"));
    for (const char* word : {"a", "b", "c"}) {
        ASSERT_TRUE(box->write(std::string(word) + "\n", patiently()));
        EXPECT_EQ(box->read_line(patiently()).text, std::string("got ") + word);
    }
    box->close_stdin();
    EXPECT_EQ(box->read_line(patiently()).status, ReadStatus::end_of_stream);
    EXPECT_EQ(box->finish().ending, Ending::exited);
}

TEST_F(BoxTalkTest, GoesOnAfterADeadline) {
    const auto box = start(shell("read line; echo late"));
    EXPECT_EQ(box->read_line(in_ms(30)).status, ReadStatus::deadline);
    EXPECT_TRUE(box->write("now\n", patiently()));
    const Line line = box->read_line(patiently());
    EXPECT_EQ(line.status, ReadStatus::line);
    EXPECT_EQ(line.text, "late");
}

TEST_F(BoxTalkTest, KeepsItsDeadlineInAFlood) {
    BoxSpec spec = shell("cat /dev/zero");
    spec.layers = spec.layers.without(Layer::output);
    const auto box = start(spec);
    EXPECT_EQ(box->read_line(in_ms(50)).status, ReadStatus::deadline);
}

TEST_F(BoxTalkTest, SaysThatTheOutputLimitEndedIt) {
    BoxSpec spec = shell("cat /dev/zero");
    spec.limits.stdout_bytes = 1'000;
    const auto box = start(spec);
    EXPECT_EQ(box->read_line(patiently()).status, ReadStatus::output_limit);
    EXPECT_FALSE(box->has_unread_output());
    EXPECT_EQ(box->finish().ending, Ending::output);
}

TEST_F(BoxTalkTest, WritesMoreThanThePipesHoldToAnEcho) {
    const std::string large(8 << 20, 'x');
    const auto box = start(shell("cat"));
    ASSERT_TRUE(box->write(large, patiently()));
    ASSERT_TRUE(box->write("\n", patiently()));
    EXPECT_EQ(box->read_line(patiently()).text, large);
}

TEST_F(BoxTalkTest, SurvivesAReaderThatIsGone) {
    const auto box = start(shell("exit 0"));
    EXPECT_FALSE(box->write(std::string(8 << 20, 'x'), patiently()));
    EXPECT_EQ(box->finish().ending, Ending::exited);
}

TEST_F(BoxTalkTest, StopsWritingAtTheDeadline) {
    const auto box = start(shell("sleep 60"));
    EXPECT_FALSE(box->write(std::string(8 << 20, 'x'), in_ms(50)));
}

TEST_F(BoxTalkTest, NoticesOutputThatNobodyAskedFor) {
    const auto box = start(shell("echo one; echo two; read line; echo three"));
    EXPECT_EQ(box->read_line(patiently()).text, "one");
    EXPECT_EQ(box->read_line(patiently()).text, "two");
    EXPECT_FALSE(box->has_unread_output());
    ASSERT_TRUE(box->write("go\n", patiently()));
    // The next line comes some time after the write: ask until it does.
    const std::int64_t end_ns = patiently();
    while (!box->has_unread_output() && clock_.monotonic_ns() < end_ns) {
    }
    EXPECT_TRUE(box->has_unread_output());
    EXPECT_EQ(box->read_line(patiently()).text, "three");
    EXPECT_FALSE(box->has_unread_output());
}

}  // namespace
}  // namespace onsite

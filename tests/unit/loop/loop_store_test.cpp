// Goal: an interview is on the disk as a whole or not at all, its log says when it was edited, and
// it is no attempt.
#include "harness/loop/loop_store.hpp"

#include "tests/unit/attempt/attempt_fixture.hpp"

namespace onsite {
namespace {

using ::testing::HasSubstr;

class LoopStoreTest : public AttemptFixture {
protected:
    Loop begin() {
        return create_loop(repository_.attempts(),
                           {.kind = LoopEventKind::started, .sections = {{"greeting", 60'000}}},
                           clock_)
            .value();
    }
    Loop with_section(const Loop& loop) {
        return record_in_loop(
                   loop,
                   {.kind = LoopEventKind::section_started, .attempt = "greeting-1", .hash = "a1"},
                   clock_)
            .value();
    }
};

TEST_F(LoopStoreTest, IsReadBackAsItWasRecorded) {
    const Loop loop = with_section(begin());
    EXPECT_EQ(loop.name(), "loop-1");
    const Loop again = latest_loop(repository_.attempts()).value().value();
    EXPECT_EQ(again.state, loop.state);
    EXPECT_EQ(again.chain, loop.chain);
    EXPECT_EQ(again.state.started_at_ms, kStartMs);
}

TEST_F(LoopStoreTest, TheLatestHasTheHighestNumber) {
    EXPECT_FALSE(latest_loop(repository_.attempts()).value());
    for (int i = 0; i < 10; ++i) begin();
    EXPECT_EQ(latest_loop(repository_.attempts()).value()->name(), "loop-10");
}

TEST_F(LoopStoreTest, IsNoAttempt) {
    begin();
    start();
    const AttemptList list = list_attempts(repository_.attempts()).value();
    EXPECT_TRUE(list.problems.empty());
    ASSERT_EQ(list.attempts.size(), 1u);
    EXPECT_EQ(list.attempts[0].name(), "greeting-1");
}

TEST_F(LoopStoreTest, TwoCommandsAtOnceDoNotBeginASectionTwice) {
    const Loop before = begin();
    with_section(before);
    const auto again = record_in_loop(
        before, {.kind = LoopEventKind::section_started, .attempt = "greeting-2", .hash = "a2"},
        clock_);
    ASSERT_FALSE(again);
    EXPECT_THAT(again.error().message, HasSubstr("expected the end of greeting-1"));
}

TEST_F(LoopStoreTest, SaysThatItsLogWasEdited) {
    const Loop loop = with_section(begin());
    const auto file = loop.folder / "log.jsonl";
    std::string text = testing::read_text(file);
    text.replace(text.find("60000"), 5, "90000");
    testing::write_text(file, text);
    const auto opened = open_loop(loop.folder);
    ASSERT_FALSE(opened);
    EXPECT_THAT(opened.error().message, HasSubstr("line 1"));
    EXPECT_THAT(opened.error().message, HasSubstr("./onsite loop --new"));
}

TEST_F(LoopStoreTest, LeavesATornLineOut) {
    const Loop loop = begin();
    const auto file = loop.folder / "log.jsonl";
    testing::write_text(file, testing::read_text(file) + "{\"at\":");
    EXPECT_EQ(with_section(open_loop(loop.folder).value()).chain.lines, 2);
    EXPECT_EQ(open_loop(loop.folder).value().chain.lines, 2);
}

}  // namespace
}  // namespace onsite

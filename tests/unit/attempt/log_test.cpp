// Goal: a log that a crash tore is read as it was before; a log that somebody edited is refused
// with the line and what to do; in both cases no byte of it is changed by reading.
#include "tests/unit/attempt/attempt_fixture.hpp"
#include "tests/unit/base/limited_disk.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ExitedWithCode;
using ::testing::HasSubstr;

class LogTest : public AttemptFixture {
protected:
    LogTest() { attempt_ = record(attempt_, kHint, clock_).value(); }

    std::string text() const { return testing::read_text(log_of(attempt_)); }
    void rewrite(const std::string& text) const { testing::write_text(log_of(attempt_), text); }
    // Opens the attempt and expects a complaint; the log stays as it is.
    std::string complaint() const {
        const std::string before = text();
        const auto opened = open_attempt(attempt_.folder);
        EXPECT_EQ(text(), before);
        if (opened) return "no complaint";
        EXPECT_EQ(opened.error().kind, ErrorKind::usage);
        return opened.error().message;
    }

    const Event kHint{.kind = EventKind::hint, .number = 1};
    Attempt attempt_ = start();
};

TEST_F(LogTest, IgnoresALastLineThatWasTorn) {
    const std::string whole = text();
    for (const char* const torn : {"{", "{\"at\":\"2026", "\xff", "{\"at\":1}"}) {
        rewrite(whole + torn);
        EXPECT_EQ(open_attempt(attempt_.folder).value().state, attempt_.state) << torn;
    }
}

TEST_F(LogTest, IgnoresATornLineOfAnyLength) {
    const std::string whole = text();
    const std::size_t first_line = whole.find('\n') + 1;
    for (std::size_t end = first_line; end < whole.size(); ++end) {
        rewrite(whole.substr(0, end));
        EXPECT_EQ(open_attempt(attempt_.folder).value().state.hints_used, 0) << end;
    }
}

TEST_F(LogTest, CutsATornLineOffBeforeItAppends) {
    rewrite(text() + "{\"at\":\"20");
    const auto after = record(attempt_, {.kind = EventKind::hint, .number = 2}, clock_);
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_EQ(open_attempt(attempt_.folder).value().state.hints_used, 2);
    EXPECT_EQ(testing::count_of("\n", text()), 3);
}

TEST_F(LogTest, NamesTheLineThatWasEdited) {
    const std::string whole = text();
    std::string edited = whole;
    edited.replace(edited.find("\"number\":1"), 10, "\"number\":0");
    rewrite(edited);
    EXPECT_THAT(complaint(), AllOf(HasSubstr("log.jsonl: line 2"), HasSubstr("from 1 to"),
                                   HasSubstr("begin a new attempt")));
}

TEST_F(LogTest, RefusesEveryKindOfEdit) {
    const std::string whole = text();
    const std::string first = whole.substr(0, whole.find('\n') + 1);
    const std::string second = whole.substr(first.size());
    const std::vector<std::pair<std::string, const char*>> edits = {
        {"", "found an empty log"},
        {"\n" + whole, "line 1"},
        {first + "\n" + second, "line 2"},
        {first + "hello\n" + second, "line 2 is not JSON"},
        {second + first, "started first and once"},
        {first + first, "line 2: expected the event started first and once"},
        {first + second + second, "line 3: expected hint 2, found hint 1"},
        {first + "{\"at\":1}\n", "line 2"}};
    for (const auto& [edit, expected] : edits) {
        rewrite(edit);
        EXPECT_THAT(complaint(), HasSubstr(expected)) << edit;
    }
}

TEST_F(LogTest, RefusesAStartMovedToALaterTime) {
    std::string edited = text();
    const std::string at_ms = std::to_string(kStartMs);
    edited.replace(edited.find(at_ms), at_ms.size(), std::to_string(kStartMs + 600'000));
    rewrite(edited);
    EXPECT_THAT(complaint(), HasSubstr("\"at\": expected 2026-03-01T10:21:12Z"));
}

TEST_F(LogTest, SaysWhatAFolderWithoutALogIs) {
    fs::remove(log_of(attempt_));
    const auto opened = open_attempt(attempt_.folder);
    ASSERT_FALSE(opened);
    EXPECT_THAT(opened.error().message,
                AllOf(HasSubstr("is not an attempt"), HasSubstr("onsite start")));
    EXPECT_FALSE(fs::exists(log_of(attempt_)));
    EXPECT_FALSE(record(attempt_, kHint, clock_));
    EXPECT_FALSE(fs::exists(log_of(attempt_)));
}

TEST_F(LogTest, ALogThatCannotBeReadAccusesNobody) {
    fs::remove(log_of(attempt_));
    fs::create_symlink("/proc/self/mem", log_of(attempt_));  // Gives EIO, as a broken disk does.
    const auto opened = open_attempt(attempt_.folder);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::tool);
    EXPECT_THAT(opened.error().message, Not(HasSubstr("edited")));
}

TEST_F(LogTest, StaysWholeOnAFullDisk) {
    const std::string before = text();
    const auto record_fails = [&] {
        const auto after =
            record(attempt_, {.kind = EventKind::hint, .at_ms = 0, .number = 2}, clock_);
        return !after && after.error().kind == ErrorKind::tool;
    };
    EXPECT_EXIT(testing::exit_with_full_disk(before.size() + 20, record_fails), ExitedWithCode(0),
                "");
    EXPECT_EQ(text(), before);
}

}  // namespace
}  // namespace onsite

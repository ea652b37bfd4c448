// What a journal says when the disk loses what was written: a later call never says that all is
// well. tests/property/simulator/journal_test.cpp damages the file itself.
#include "simulator/server/journal.hpp"

#include <cerrno>
#include <sys/syscall.h>

#include <nlohmann/json.hpp>

#include "tests/support/command.hpp"
#include "tests/support/failing_call.hpp"

namespace onsite::simulator::testing {
namespace {

using nlohmann::json;
using onsite::testing::read_text;
using ::testing::ExitedWithCode;
using ::testing::HasSubstr;

TEST(JournalTest, KeepsEveryByteOfARequest) {
    HttpRequest request{.method = "POST", .target = "/v1/x", .headers = {}, .body = {}};
    for (int byte = 0; byte < 256; ++byte) request.body += static_cast<char>(byte);
    request.headers.push_back({"Idempotency-Key", "k\xff"});
    const auto text = entry_of(request).dump();
    const auto back = request_of(json::parse(text));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->body, request.body);
    EXPECT_EQ(back->headers[0].value, "k\xff");
}

class FailingJournalTest : public ::testing::Test {
protected:
    FailingJournalTest() : journal_(open()) {}

    std::unique_ptr<Journal> open() const {
        return Journal::open(file(), json{{"first", true}},
                             [](const json&) { return Result<void>(); })
            .value();
    }
    std::string file() const { return folder_.path() / "state"; }
    // Whether it failed, and said so with these words.
    static bool says(const Result<void>& done, const std::string& words) {
        return !done && done.error().kind == ErrorKind::tool &&
               done.error().message.find(words) != std::string::npos;
    }

    const onsite::testing::TemporaryFolder folder_;
    const std::unique_ptr<Journal> journal_;
};

TEST_F(FailingJournalTest, GivesUpAfterAFlushThatWasLost) {
    const auto body = [&] {
        return journal_->append({{"request", 1}}) && says(journal_->sync(), "expected to flush") &&
               says(journal_->append({{"request", 2}}), "an earlier one could not be written") &&
               says(journal_->sync(), "an earlier one could not be written");
    };
    EXPECT_EXIT(onsite::testing::exit_with_failing_call(SYS_fdatasync, EIO, body),
                ExitedWithCode(0), "");
    EXPECT_THAT(read_text(file()), HasSubstr("\"request\":1"));
    EXPECT_EQ(read_text(file()).find("\"request\":2"), std::string::npos);
}

// Nothing of the entry is in the file, so there is nothing to give up.
TEST_F(FailingJournalTest, IsAsBeforeWhenALineCannotBeWritten) {
    const std::string before = read_text(file());
    const auto body = [&] {
        return says(journal_->append({{"request", 1}}), "expected to write") &&
               says(journal_->append({{"request", 2}}), "expected to write") && journal_->sync();
    };
    EXPECT_EXIT(onsite::testing::exit_with_failing_call(SYS_write, ENOSPC, body), ExitedWithCode(0),
                "");
    EXPECT_EQ(read_text(file()), before);
    EXPECT_TRUE(journal_->append({{"request", 3}}));
}

}  // namespace
}  // namespace onsite::simulator::testing

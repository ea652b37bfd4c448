// Results appear whole or not at all: whatever fails leaves nothing under the name, and says where.
#include "solutions/1-reconciliation/production/output/result_folder.hpp"

#include <cerrno>
#include <sys/syscall.h>

#include "tests/support/command.hpp"
#include "tests/support/failing_call.hpp"

namespace onsite::reconcile {
namespace {

namespace fs = std::filesystem;
using ::testing::ExitedWithCode;
using ::testing::HasSubstr;
using testing::write_text;

class ResultFolderTest : public ::testing::Test {
protected:
    std::size_t count() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()));
    }
    fs::path results() const { return folder_.path() / "results"; }

    const testing::TemporaryFolder folder_;
};

TEST_F(ResultFolderTest, HasItsNameOnceItIsPublished) {
    {
        auto folder = ResultFolder::create(results() / "", "key");
        ASSERT_TRUE(folder) << folder.error().message;
        write_text(folder->partial() / "a", "a");
        EXPECT_FALSE(fs::exists(results()));
        ASSERT_TRUE(folder->publish());
    }
    EXPECT_TRUE(fs::exists(results() / "a"));
    EXPECT_EQ(count(), 1u);
}

TEST_F(ResultFolderTest, LeavesNothingWithoutPublishing) {
    { ASSERT_TRUE(ResultFolder::create(results(), "key")); }
    EXPECT_EQ(count(), 0u);
}

TEST_F(ResultFolderTest, EmptiesWhatAKilledRunLeft) {
    fs::create_directories(folder_.path() / ".results.key.partial" / "b");
    auto folder = ResultFolder::create(results(), "key");
    ASSERT_TRUE(folder) << folder.error().message;
    EXPECT_TRUE(fs::is_empty(folder->partial()));
}

TEST_F(ResultFolderTest, IsOfOneRunAtATime) {
    auto first = ResultFolder::create(results(), "key");
    ASSERT_TRUE(first);
    write_text(first->partial() / "a", "a");
    const auto second = ResultFolder::create(results(), "key");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::usage);
    EXPECT_THAT(second.error().message, HasSubstr("expected that nobody else writes there"));
    EXPECT_TRUE(fs::exists(first->partial() / "a"));
}

TEST_F(ResultFolderTest, SaysWhereItCannotBeMade) {
    write_text(folder_.path() / "file", "");
    const auto folder = ResultFolder::create(folder_.path() / "file" / "results", "key");
    ASSERT_FALSE(folder);
    EXPECT_EQ(folder.error().kind, ErrorKind::tool);
    EXPECT_THAT(folder.error().message,
                HasSubstr("expected to make " + (folder_.path() / "file").string()));
    EXPECT_THAT(folder.error().message, HasSubstr("Not a directory; name another folder"));
}

TEST_F(ResultFolderTest, TakesNoNameThatWasTakenMeanwhile) {
    auto folder = ResultFolder::create(results(), "key");
    ASSERT_TRUE(folder);
    fs::create_directories(results());
    write_text(results() / "mine", "mine");
    const auto published = folder->publish();
    ASSERT_FALSE(published);
    EXPECT_EQ(published.error().kind, ErrorKind::usage);
    EXPECT_THAT(published.error().message, HasSubstr("expected a new or an empty folder"));
    EXPECT_EQ(testing::read_text(results() / "mine"), "mine");
}

// What the disk has not taken would be an empty file after a crash.
TEST_F(ResultFolderTest, IsNotPublishedWhenTheDiskFails) {
    const auto publish = [&] {
        auto folder = ResultFolder::create(results(), "key");
        if (!folder) return false;
        const auto published = folder->publish();
        return !published && published.error().kind == ErrorKind::tool &&
               published.error().message.find("expected to write ") == 0 && !fs::exists(results());
    };
    EXPECT_EXIT(testing::exit_with_failing_call(SYS_fsync, EIO, publish), ExitedWithCode(0), "");
    EXPECT_EQ(count(), 0u);
}

}  // namespace
}  // namespace onsite::reconcile

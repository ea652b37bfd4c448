#include "base/file_lock.hpp"

#include <future>
#include <optional>

#include "tests/support/command.hpp"

namespace onsite {
namespace {

using ::testing::HasSubstr;

TEST(FileLock, MakesTheNextOneWaitAndSaysSoOnce) {
    const testing::TemporaryFolder folder;
    const auto file = folder.path() / "lock";
    std::optional<FileLock> first(FileLock::take(file, [] { FAIL() << "nobody has it"; }).value());
    std::promise<void> waits;
    auto second = std::async(std::launch::async,
                             [&] { return FileLock::take(file, [&] { waits.set_value(); }); });
    waits.get_future().wait();  // Set twice it would throw.
    first.reset();
    EXPECT_TRUE(second.get());
}

TEST(FileLock, SaysWhereItCannotBe) {
    const auto lock = FileLock::take("/nowhere/at/all/lock");
    ASSERT_FALSE(lock);
    EXPECT_EQ(lock.error().kind, ErrorKind::tool);
    EXPECT_THAT(lock.error().message, HasSubstr("/nowhere/at/all/lock: expected a file that can be "
                                                "made and locked, found: No such file"));
}

}  // namespace
}  // namespace onsite

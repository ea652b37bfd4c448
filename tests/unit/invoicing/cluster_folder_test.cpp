#include "exercises/2-invoicing/checks/cluster_folder.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/command.hpp"

namespace onsite::invoicing {
namespace {

namespace fs = std::filesystem;

class ClusterFolderTest : public ::testing::Test {
protected:
    fs::path made(const std::string& name) const {
        fs::create_directories(temp_.path() / name / "data");
        return temp_.path() / name;
    }

    testing::TemporaryFolder temp_;
    const std::vector<fs::path> places_{temp_.path() / "missing", temp_.path()};
};

TEST_F(ClusterFolderTest, IsInTheFirstPlaceThatCanHaveIt) {
    const auto folder = ClusterFolder::create(std::nullopt, places_);
    ASSERT_TRUE(folder) << folder.error().message;
    EXPECT_EQ(folder->path().parent_path(), temp_.path());
    EXPECT_EQ(fs::status(folder->path()).permissions(), fs::perms::owner_all);

    fs::create_directories(places_.front());
    const auto quicker = ClusterFolder::create(std::nullopt, places_);
    ASSERT_TRUE(quicker) << quicker.error().message;
    EXPECT_EQ(quicker->path().parent_path(), places_.front());
}

TEST_F(ClusterFolderTest, SaysThatThereIsNoPlace) {
    const std::vector<fs::path> nowhere{""};
    const auto folder = ClusterFolder::create(std::nullopt, nowhere);
    ASSERT_FALSE(folder);
    EXPECT_EQ(folder.error().message,
              "expected a folder for temporary files, found none; set TMPDIR to one");
    EXPECT_FALSE(ClusterFolder::create(std::nullopt, std::vector{temp_.path() / "missing"}));
}

TEST_F(ClusterFolderTest, TakesAwayWhatAKilledProcessLeftAndNothingElse) {
    const fs::path left = made("onsite-pg-AbCdEf");
    const fs::path notes = made("notes");
    const fs::path linked = temp_.path() / "onsite-pg-link";
    fs::create_directory_symlink(notes, linked);
    const auto in_use = ClusterFolder::create(std::nullopt, places_);
    ASSERT_TRUE(in_use) << in_use.error().message;
    EXPECT_FALSE(fs::exists(left));

    ASSERT_TRUE(ClusterFolder::create(std::nullopt, places_));

    EXPECT_TRUE(fs::exists(in_use->path())) << "somebody works in it";
    EXPECT_TRUE(fs::exists(notes / "data"));
    EXPECT_TRUE(fs::is_symlink(linked));
}

}  // namespace
}  // namespace onsite::invoicing

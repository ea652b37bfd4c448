// Goal: two checkouts of the same checks have one hash, and whatever could change a verdict has
// another.
#include "harness/grading/checks_hash.hpp"

#include <filesystem>
#include <functional>

#include "tests/support/command.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

using testing::write_text;

// A repository in small.
class ChecksHashTest : public ::testing::Test {
protected:
    void SetUp() override { make(folder_.path()); }

    static void make(const fs::path& root) {
        for (const char* const file :
             {"base/rng.hpp", "harness/verdict/verdict.cpp", "simulator/core/world.cpp",
              "scenarios/catalog/one.scenario.json", "exercises/1-x/checks/money.cpp",
              "exercises/2-y/checks/api.cpp", "solutions/1-x/cpp/x.cpp"}) {
            fs::create_directories((root / file).parent_path());
            write_text(root / file, file);
        }
    }

    static std::string hash_in(const fs::path& root) {
        Exercise exercise;
        exercise.folder = root / "exercises" / "1-x";
        exercise.solution = root / "solutions" / "1-x";
        const auto hash = checks_hash(exercise, root);
        EXPECT_TRUE(hash) << hash.error().message;
        return hash.value_or("");
    }

    bool is_changed_by(const std::function<void(const fs::path&)>& change) const {
        const std::string before = hash_in(folder_.path());
        change(folder_.path());
        return hash_in(folder_.path()) != before;
    }

    testing::TemporaryFolder folder_;
};

TEST_F(ChecksHashTest, IsTheSameInEveryFolder) {
    const testing::TemporaryFolder other;
    make(other.path());
    EXPECT_EQ(hash_in(folder_.path()), hash_in(other.path()));
    EXPECT_EQ(hash_in(folder_.path()).size(), 64u);
}

TEST_F(ChecksHashTest, ChangesWithEveryFileThatCanDecideAVerdict) {
    for (const char* const file :
         {"base/rng.hpp", "harness/verdict/verdict.cpp", "simulator/core/world.cpp",
          "exercises/1-x/checks/money.cpp", "scenarios/catalog/one.scenario.json",
          "solutions/1-x/cpp/x.cpp", "exercises/1-x/new.cpp"}) {
        EXPECT_TRUE(is_changed_by([&](const fs::path& root) { write_text(root / file, "edited"); }))
            << file;
    }
    EXPECT_TRUE(is_changed_by(
        [](const fs::path& root) { fs::rename(root / "base/rng.hpp", root / "base/chance.hpp"); }));
}

TEST_F(ChecksHashTest, IsNotChangedByWhatCannotDecideOne) {
    EXPECT_FALSE(is_changed_by([](const fs::path& root) {
        write_text(root / "exercises/2-y/checks/api.cpp", "another exercise");
        write_text(root / "harness/.swp", "an editor's");
        fs::create_directories(root / "exercises/1-x/checks/__pycache__");
        write_text(root / "exercises/1-x/checks/__pycache__/a.pyc", "Python's");
        fs::create_symlink("/etc/passwd", root / "base/link.cpp");
    }));
}

TEST_F(ChecksHashTest, AMissingFolderHasNothing) {
    EXPECT_TRUE(is_changed_by([](const fs::path& root) { fs::remove_all(root / "scenarios"); }));
}

TEST_F(ChecksHashTest, AFolderThatCannotBeListedIsAnError) {
    fs::remove_all(folder_.path() / "base");
    write_text(folder_.path() / "base", "a file");
    Exercise exercise;
    exercise.folder = folder_.path() / "exercises" / "1-x";
    exercise.solution = folder_.path() / "solutions" / "1-x";
    const auto hash = checks_hash(exercise, folder_.path());
    ASSERT_FALSE(hash);
    EXPECT_EQ(hash.error().kind, ErrorKind::tool);
}

}  // namespace
}  // namespace onsite

// The script ./onsite on machines that lack something. Nothing is installed by these tests: they
// put a folder with few programs in the place of PATH.
#include "tests/e2e/onsite.hpp"

namespace onsite::testing {
namespace {

using ::testing::HasSubstr;

// A PATH with the programs that every Debian has, and none of the ones we need.
class BareMachine {
public:
    BareMachine() {
        for (const char* name : {"bash", "dirname", "readlink", "date", "id", "env", "mkdir"}) {
            std::filesystem::create_symlink(std::filesystem::path("/usr/bin") / name,
                                            folder_.path() / name);
        }
    }
    // `around` is a command that runs the script in other surroundings.
    CommandResult onsite(const std::vector<std::string>& words,
                         const std::vector<std::string>& around = {}) const {
        Command command{.words = around, .environment = {"PATH=" + folder_.path().string()}};
        command.words.push_back((root() / "onsite").string());
        command.words.insert(command.words.end(), words.begin(), words.end());
        return run(command);
    }

private:
    TemporaryFolder folder_;
};

TEST(ScriptTest, WithoutAptItSaysExactlyWhichPackagesAreMissing) {
    const BareMachine machine;
    const auto result = machine.onsite({"start", "reconciliation"});
    EXPECT_EQ(result.status, 3);
    EXPECT_THAT(result.errors, HasSubstr("no apt-get"));
    for (const char* package : {"g++", "cmake", "ninja-build", "mold", "bubblewrap", "nodejs"}) {
        EXPECT_THAT(result.errors, HasSubstr(std::string(" ") + package));
    }
    EXPECT_EQ(count_of("\n", result.errors), 1) << result.errors;
}

TEST(ScriptTest, ItIsNotDeceivedByAHeaderOfTheSameNameElsewhere) {
    const BareMachine machine;
    // The kernel's headers have a seccomp.h too.
    const auto result = machine.onsite(
        {"doctor"}, {"/usr/bin/bwrap", "--ro-bind", "/", "/", "--tmpfs", "/usr/include",
                     "--ro-bind", "/etc/hostname", "/usr/include/linux/seccomp.h", "--"});
    EXPECT_EQ(result.status, 3) << result.errors;
    EXPECT_EQ(count_of("libseccomp-dev", result.errors), 1) << result.errors;
}

TEST(ScriptTest, ItNamesOnlyWhatIsMissing) {
    const BareMachine machine;
    // Libraries are found by their headers, which are there: the tests were compiled with them.
    EXPECT_EQ(count_of("libfmt-dev", machine.onsite({"doctor"}).errors), 0);
}

// Another user's clone, say.
TEST(ScriptTest, AFolderThatCannotBeWrittenToIsNamed) {
    const auto result = run({.words = {"/usr/bin/bwrap", "--ro-bind", "/", "/", "--dev", "/dev",
                                       "--", (root() / "onsite").string(), "doctor"}});
    EXPECT_EQ(result.status, 3);
    EXPECT_THAT(result.errors, HasSubstr("onsite: expected to write to "));
    EXPECT_EQ(count_of("\n", result.errors), 1) << result.errors;
}

}  // namespace
}  // namespace onsite::testing

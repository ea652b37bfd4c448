#include "base/installation.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

namespace onsite {
namespace {

namespace fs = std::filesystem;

// Sets a variable of the environment, and puts back what it was.
class Variable {
public:
    Variable(const char* name, const char* value) : name_(name), before_(environment(name, "")) {
        value == nullptr ? unsetenv(name) : setenv(name, value, 1);
    }
    ~Variable() { before_.empty() ? unsetenv(name_) : setenv(name_, before_.c_str(), 1); }
    Variable(const Variable&) = delete;

private:
    const char* name_;
    std::string before_;
};

TEST(EnvironmentTest, FallsBackWhereAVariableIsMissingOrEmpty) {
    EXPECT_EQ(environment("ONSITE_NO_SUCH_VARIABLE", "fallback"), "fallback");
    const Variable empty("ONSITE_TEST_VARIABLE", "");
    EXPECT_EQ(environment("ONSITE_TEST_VARIABLE", "fallback"), "fallback");
    const Variable full("ONSITE_TEST_VARIABLE", "value");
    EXPECT_EQ(environment("ONSITE_TEST_VARIABLE", "fallback"), "value");
}

TEST(InstallationTest, IsWhereTheScriptSays) {
    const Variable root("ONSITE_ROOT", "/somewhere");
    EXPECT_EQ(find_installation().root, "/somewhere");
}

TEST(InstallationTest, IsAboveTheProgramOtherwise) {
    const Variable root("ONSITE_ROOT", nullptr);
    const fs::path program = fs::read_symlink("/proc/self/exe");
    const Installation found = find_installation();
    EXPECT_EQ(found.build, program.parent_path().parent_path());
    EXPECT_EQ(found.root, found.build.parent_path().parent_path());
}

}  // namespace
}  // namespace onsite

// Builds real answers in real boxes with the exercise's own contract: what compiles runs, what does
// not compile says where, and nothing that the compiler is asked to read from outside gets in.
#include "harness/subject/toolchain.hpp"

#include "tests/support/command.hpp"

namespace onsite {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::TemporaryFolder;

const std::filesystem::path kKit = ONSITE_KIT;

constexpr const char* kAnswer =
    "#include \"contract/reconcile.hpp\"\n"
    "namespace onsite::reconciliation {\n"
    "Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&)\n"
    "{ return {}; }\n"
    "Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }\n}\n";

class ToolchainTest : public ::testing::Test {
protected:
    static Source cpp(const std::string& content) {
        return {.name = "answer",
                .language = "cpp",
                .program = "",
                .files = {{"reconcile.cpp", content}}};
    }
    BuildResult build(const Source& source, Optimization optimization = Optimization::quick_build) {
        auto built = build_subject(source, optimization, {.kit = kKit, .output = output_.path()},
                                   LayerSet::all(), clock_);
        EXPECT_TRUE(built.has_value()) << (built ? "" : built.error().message);
        return built ? *built : BuildResult{};
    }

    TemporaryFolder output_;
    SystemClock clock_;
};

TEST_F(ToolchainTest, AnAnswerInCppBecomesASubject) {
    const BuildResult built = build(cpp(kAnswer));
    ASSERT_TRUE(built.is_built) << built.diagnostics;
    EXPECT_THAT(built.subject.command, ::testing::ElementsAre("/subject/subject"));
    EXPECT_EQ(built.subject.content_hash, content_hash(cpp(kAnswer)));
}

TEST_F(ToolchainTest, TheSameContentIsBuiltOnce) {
    build(cpp(kAnswer));
    const auto program = std::filesystem::directory_iterator(output_.path())->path() / "program";
    const auto before = std::filesystem::last_write_time(program / "subject");
    EXPECT_TRUE(build(cpp(kAnswer)).is_built);
    EXPECT_EQ(std::filesystem::last_write_time(program / "subject"), before);
}

TEST_F(ToolchainTest, AnErrorNamesTheCandidatesFileAndLine) {
    const BuildResult built = build(cpp(std::string(kAnswer) + "int broken( {}\n"));
    EXPECT_FALSE(built.is_built);
    EXPECT_THAT(built.diagnostics, HasSubstr("reconcile.cpp:7"));
    EXPECT_THAT(built.diagnostics, Not(HasSubstr("/src/")));
}

TEST_F(ToolchainTest, TheFirstErrorIsShownHoweverManyFollow) {
    std::string text = "int first_mistake( {}\n";
    for (int i = 0; i < 200; ++i) {
        text += "static_assert(false, \"" + std::string(500, 'x') + "\");\n";
    }
    const BuildResult built = build(cpp(text));
    EXPECT_FALSE(built.is_built);
    EXPECT_THAT(built.diagnostics, HasSubstr("first_mistake"));
    EXPECT_LE(built.diagnostics.size(), kDiagnosticsBytesMax);
}

TEST_F(ToolchainTest, NoFileOfTheHostCanBeIncluded) {
    for (const char* file : {"/etc/shadow", "/etc/passwd", "/etc/hostname"}) {
        const BuildResult built = build(cpp("#include \"" + std::string(file) + "\"\n" + kAnswer));
        EXPECT_FALSE(built.is_built) << file;
        EXPECT_THAT(built.diagnostics, HasSubstr("No such file")) << file;
    }
}

TEST_F(ToolchainTest, EscapesInDiagnosticsDoNotReachATerminal) {
    const BuildResult built = build(cpp("#error \x1b]0;title\x07\x1b[2J\n"));
    EXPECT_FALSE(built.is_built);
    EXPECT_EQ(built.diagnostics.find('\x1b'), std::string::npos);
    EXPECT_EQ(built.diagnostics.find('\x07'), std::string::npos);
}

TEST_F(ToolchainTest, PythonAndTypeScriptReportSyntaxErrors) {
    const Source python{
        .name = "answer",
        .language = "python",
        .program = "main.py",
        .files = {{"main.py", "import reconcile\n"}, {"reconcile.py", "def broken(:\n"}}};
    EXPECT_THAT(build(python).diagnostics, HasSubstr("reconcile.py:1"));
    const Source typescript{.name = "answer",
                            .language = "typescript",
                            .program = "main.ts",
                            .files = {{"main.ts", "import './reconcile'\n"},
                                      {"reconcile.ts", "export function broken( {\n"}}};
    const BuildResult built = build(typescript);
    EXPECT_FALSE(built.is_built);
    EXPECT_THAT(built.diagnostics, HasSubstr("reconcile.ts"));
}

// Compiling without the precompiled header would work as well, only slower, and nobody would
// notice: g++ -H marks the headers that it takes precompiled with "!".
TEST(PrecompiledHeaderTest, IsTakenWithTheFlagsOfTheToolchain) {
    const TemporaryFolder folder;
    testing::write_text(folder.path() / "reconcile.cpp", kAnswer);
    for (const std::string level : {"O0", "O2"}) {
        const auto compiled = testing::run(
            {.words = {"g++", "-std=c++23", "-Wall", "-Wextra", "-" + level, "-H", "-fsyntax-only",
                       "-I" + (kKit / level).string(), "reconcile.cpp"},
             .folder = folder.path()});
        EXPECT_EQ(compiled.status, 0) << compiled.errors;
        EXPECT_THAT(compiled.errors, HasSubstr("! ")) << level;
    }
}

}  // namespace
}  // namespace onsite

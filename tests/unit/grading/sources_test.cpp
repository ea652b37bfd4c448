// Which files make an answer, and which are refused.
#include "harness/grading/sources.hpp"

#include <array>

#include "tests/support/command.hpp"

namespace onsite {
namespace {

using ::testing::HasSubstr;

const Language kPython{.name = "python", .answer = "reconcile.py", .program = "main.py"};
const Language kCpp{.name = "cpp", .answer = "reconcile.cpp", .program = ""};

class SourcesTest : public ::testing::Test {
protected:
    void SetUp() override {
        testing::write_text(folder_.path() / "reconcile.py", "answer");
        testing::write_text(folder_.path() / "main.py", "program");
        testing::write_text(folder_.path() / "notes.md", "not a source");
    }
    testing::TemporaryFolder folder_;
};

TEST_F(SourcesTest, TakesTheFilesOfTheLanguageOnly) {
    const auto source = load_source("answer", kPython, std::array{folder_.path()});
    ASSERT_TRUE(source.has_value());
    ASSERT_EQ(source->files.size(), 2u);
    EXPECT_EQ(source->files[0].name, "main.py");
}

TEST_F(SourcesTest, ALaterFolderReplacesAFile) {
    const testing::TemporaryFolder mutant;
    testing::write_text(mutant.path() / "reconcile.py", "mutated");
    const auto source = load_source("m", kPython, std::array{folder_.path(), mutant.path()});
    ASSERT_TRUE(source.has_value());
    EXPECT_EQ(source->files[1].content, "mutated");
}

TEST_F(SourcesTest, AMissingAnswerIsNamed) {
    const auto source = load_source("answer", kCpp, std::array{folder_.path()});
    ASSERT_FALSE(source.has_value());
    EXPECT_THAT(source.error().message, HasSubstr("reconcile.cpp"));
}

TEST_F(SourcesTest, DocumentsAreTheOnesThatTheExerciseNames) {
    const Language documents{.name = kDocuments,
                             .answer = "notes.md",
                             .program = {},
                             .documents = {"notes.md", "api.yaml"}};
    const auto missing = load_source("answer", documents, std::array{folder_.path()});
    ASSERT_FALSE(missing.has_value());
    EXPECT_THAT(missing.error().message, HasSubstr("api.yaml"));
    testing::write_text(folder_.path() / "api.yaml", "openapi: 3.0.3");
    const auto source = load_source("answer", documents, std::array{folder_.path()});
    ASSERT_TRUE(source.has_value());
    ASSERT_EQ(source->files.size(), 2u);
    EXPECT_EQ(source->files[1].content, "not a source");
}

TEST_F(SourcesTest, ALinkIsRefused) {
    std::filesystem::create_symlink("/etc/passwd", folder_.path() / "helper.py");
    const auto source = load_source("answer", kPython, std::array{folder_.path()});
    ASSERT_FALSE(source.has_value());
    EXPECT_THAT(source.error().message, HasSubstr("link"));
}

TEST_F(SourcesTest, MoreFilesThanTheLimitAreRefused) {
    for (std::size_t i = 0; i < kSourceFilesMax; ++i) {
        testing::write_text(folder_.path() / ("extra" + std::to_string(i) + ".py"), "");
    }
    const auto source = load_source("answer", kPython, std::array{folder_.path()});
    ASSERT_FALSE(source.has_value());
    EXPECT_THAT(source.error().message, HasSubstr("at most 20"));
}

// As some editors save it: every second byte is a zero, and each check would say something else.
TEST_F(SourcesTest, TextInAnotherEncodingIsNamed) {
    for (const std::string& text : {std::string("\xff\xfe#\0", 4), std::string("\xfe\xff\0#", 4)}) {
        testing::write_text(folder_.path() / "reconcile.py", text);
        const auto source = load_source("answer", kPython, std::array{folder_.path()});
        ASSERT_FALSE(source);
        EXPECT_THAT(source.error().message, HasSubstr("found UTF-16; save it as UTF-8"));
    }
}

// All of it would be one line, of which each check would say something else.
TEST_F(SourcesTest, DocumentsWhoseLinesEndInAReturnAloneAreNamed) {
    const Language documents{
        .name = kDocuments, .answer = "notes.md", .program = {}, .documents = {"notes.md"}};
    const auto loaded = [&](const std::string& text) {
        testing::write_text(folder_.path() / "notes.md", text);
        return load_source("answer", documents, std::array{folder_.path()});
    };
    const auto refused = loaded("# Title\r\rText\r");
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("notes.md with lines that end in LF"));
    EXPECT_TRUE(loaded("# Title\r\n\r\nText\r\n"));
    EXPECT_TRUE(loaded("a line without an end"));
    EXPECT_TRUE(loaded(""));
    // Python reads such lines.
    testing::write_text(folder_.path() / "reconcile.py", "a = 1\rb = 2\r");
    EXPECT_TRUE(load_source("answer", kPython, std::array{folder_.path()}));
}

}  // namespace
}  // namespace onsite

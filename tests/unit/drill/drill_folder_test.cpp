// Drills on the disk: whole or not at all, a log that is only added to, and an answer that is not
// found by looking around and not changed without notice.
#include "exercises/4-idempotency/drill/drill_folder.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "exercises/4-idempotency/drill/drill_log.hpp"
#include "exercises/4-idempotency/drill/taxonomy.hpp"
#include "tests/support/command.hpp"

namespace onsite::drill {
namespace {

using onsite::testing::read_text;
using onsite::testing::TemporaryFolder;
using onsite::testing::write_text;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// One incident for all tests: making it takes a moment with sanitizers on.
const DrillFiles& some_drill() {
    static const DrillFiles drill = *make_drill(*find_recipe("incident-02"), 7, "incident-02-7");
    return drill;
}

class DrillFolderTest : public ::testing::Test {
protected:
    DrillPaths write(Existing existing = Existing::kept) {
        auto paths = write_drill(folder_.path(), some_drill(), existing);
        EXPECT_TRUE(paths) << paths.error().message;
        return *paths;
    }
    const std::filesystem::path& drills() const { return folder_.path(); }

private:
    TemporaryFolder folder_;
};

TEST_F(DrillFolderTest, HasEveryFileAndIsTheNewest) {
    const DrillPaths paths = write();
    for (const char* file : {"client.jsonl", "service.jsonl", "provider.jsonl", "metrics.json",
                             "timeline.txt", "README.md"}) {
        EXPECT_GT(std::filesystem::file_size(paths.folder() / file), 100u) << file;
    }
    EXPECT_EQ(find_drill(drills(), "")->name, "incident-02-7");
    EXPECT_FALSE(std::filesystem::exists(drills() / ".incident-02-7.unfinished"));
    EXPECT_THAT(read_text(paths.folder() / "README.md"), HasSubstr("Payment Failed 5 %"));
}

TEST_F(DrillFolderTest, IsKeptUnlessItIsBegunAnew) {
    const DrillPaths paths = write();
    write_text(paths.log(), "mine\n");
    EXPECT_THAT(write_drill(drills(), some_drill(), Existing::kept).error().message,
                HasSubstr("--again"));
    EXPECT_EQ(read_text(paths.log()), "mine\n");
    write(Existing::replaced);
    EXPECT_FALSE(std::filesystem::exists(paths.log()));
}

TEST_F(DrillFolderTest, WhatAKilledCommandLeftIsNoDrill) {
    write_text(drills() / "file", "");  // The folder is there.
    std::filesystem::create_directories(drills() / ".incident-02-7.unfinished");
    write_text(drills() / ".incident-02-7.unfinished" / "half.jsonl", "{");
    EXPECT_FALSE(find_drill(drills(), ""));
    const DrillPaths paths = write();
    EXPECT_FALSE(std::filesystem::exists(paths.folder() / "half.jsonl"));
}

TEST_F(DrillFolderTest, NoFileTellsTheCause) {
    const DrillPaths paths = write();
    const Recipe& recipe = *find_recipe("incident-02");
    for (const auto& entry : std::filesystem::recursive_directory_iterator(drills())) {
        if (!entry.is_regular_file()) continue;
        EXPECT_THAT(entry.path().string(), Not(HasSubstr(std::string(recipe.cause))));
        const std::string text = read_text(entry.path());
        EXPECT_THAT(text, Not(HasSubstr(std::string(recipe.cause)))) << entry.path();
        EXPECT_THAT(text, Not(HasSubstr(std::string(find_cause(recipe.cause)->story))));
        EXPECT_THAT(text, Not(HasSubstr("is_violated"))) << entry.path();
    }
}

TEST_F(DrillFolderTest, TheAnswerIsTheOneThatWasCommittedTo) {
    const DrillPaths paths = write();
    const auto key = load_key(paths);
    ASSERT_TRUE(key) << key.error().message;
    EXPECT_EQ(key->cause, "retry-with-another-body");
    EXPECT_THAT(changed_files(paths, *key), ElementsAre());
    std::string text = some_drill().key;
    text.replace(text.find("retry-with-another-body"), 5, "other");
    write_text(paths.key(), seal(text));
    EXPECT_THAT(load_key(paths).error().message, HasSubstr("README.md"));
    write_text(paths.key(), "sealed-1 zz\n");
    EXPECT_FALSE(load_key(paths));
    write_text(paths.key(), seal(some_drill().key));
    ASSERT_TRUE(load_key(paths));
    write_text(paths.folder() / "README.md", "nothing");
    EXPECT_FALSE(load_key(paths));
    std::filesystem::remove(paths.key());
    EXPECT_FALSE(load_key(paths));
}

TEST_F(DrillFolderTest, EditedLogsAreNoticed) {
    const DrillPaths paths = write();
    const auto key = load_key(paths);
    const auto file = paths.folder() / "client.jsonl";
    ASSERT_TRUE(load_logs(paths));
    write_text(file, read_text(file) + "{}\n");
    EXPECT_THAT(changed_files(paths, *key), ElementsAre("client.jsonl"));
    EXPECT_THAT(load_logs(paths).error().message, HasSubstr("client.jsonl"));
    std::filesystem::remove(paths.folder() / "service.jsonl");
    EXPECT_THAT(changed_files(paths, *key), ElementsAre("client.jsonl", "service.jsonl"));
}

TEST_F(DrillFolderTest, ANameLeadsNowhereElse) {
    write();
    for (const char* name : {"..", "../x", "a/b", ".onsite", "UPPER", "none", "a\x1b"}) {
        EXPECT_FALSE(find_drill(drills(), name)) << name;
    }
    write_text(drills() / ".onsite" / "newest", "../../etc\n");
    EXPECT_FALSE(find_drill(drills(), ""));
}

TEST(SealTest, OpensWhatItSealedAndNothingElse) {
    for (const std::string& text :
         {std::string(), std::string("a"), std::string(1000, 'x'), std::string("\0\xff", 2)}) {
        EXPECT_EQ(unseal(seal(text)), text);
    }
    for (const char* text : {"", "{}", "sealed-1 ", "sealed-1 0\n", "sealed-1 0g\n"}) {
        EXPECT_FALSE(unseal(text)) << text;
    }
}

TEST(DrillLogTest, IsReadAsItWasWrittenWithItsTimes) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "log.jsonl";
    SimulatedClock clock(1'767'614'400'000);
    EXPECT_TRUE(read_entries(file)->empty());
    ASSERT_TRUE(append_entry(file, {{"event", "started"}}, clock));
    clock.advance_ms(1500);
    ASSERT_TRUE(append_entry(file, {{"event", "because"}, {"text", "a\nb"}}, clock));
    const auto entries = read_entries(file);
    ASSERT_TRUE(entries) << entries.error().message;
    ASSERT_EQ(entries->size(), 2u);
    EXPECT_EQ((*entries)[1]["at"], "2026-01-05T12:00:01Z");
    EXPECT_EQ((*entries)[1]["ms"], 1'767'614'401'500);
}

TEST(DrillLogTest, ALineThatWasChangedOrTakenAwayIsNoticed) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "log.jsonl";
    SimulatedClock clock(1'767'614'400'000);
    for (const char* text : {"first", "second", "third"}) {
        ASSERT_TRUE(append_entry(file, {{"event", "because"}, {"text", text}}, clock));
    }
    const std::string whole = read_text(file);
    std::string changed = whole;
    changed.replace(changed.find("first"), 5, "other");
    write_text(file, changed);
    EXPECT_THAT(read_entries(file).error().message, HasSubstr("line 1 of"));
    write_text(file, whole.substr(whole.find('\n') + 1));
    EXPECT_FALSE(read_entries(file));
    EXPECT_FALSE(append_entry(file, {{"event", "at"}}, clock));
    // Torn by a crash: left out, and cut off by the next one.
    write_text(file, whole.substr(0, whole.size() - 10));
    EXPECT_EQ(read_entries(file)->size(), 2u);
    ASSERT_TRUE(append_entry(file, {{"event", "at"}}, clock));
    EXPECT_EQ(read_entries(file)->size(), 3u);
}

}  // namespace
}  // namespace onsite::drill

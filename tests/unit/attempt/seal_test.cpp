// Goal: what is handed in is there afterwards, byte for byte and named by its hashes, whatever
// becomes of the candidate's files; files that are no answer or that lead elsewhere are left out.
#include "harness/attempt/seal.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/hash.hpp"
#include "tests/unit/attempt/attempt_fixture.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class SealTest : public AttemptFixture {
protected:
    Attempt seal(SealReason reason = SealReason::asked, std::int64_t allowed_ms = 0) {
        return seal_attempt(attempt_, {.reason = reason, .allowed_ms = allowed_ms, .rubric = "{}"},
                            clock_)
            .value();
    }
    fs::path sealed_copy() const { return attempt_.folder / ".onsite" / "sealed"; }
    std::vector<std::string> damage(const Attempt& sealed) const {
        return damage_of_seal(sealed, seal_of(sealed).value());
    }
    // As if it had been saved at this time.
    void saved_at(const std::string& name, std::int64_t at_ms) const {
        const timespec time{.tv_sec = at_ms / 1000, .tv_nsec = at_ms % 1000 * 1'000'000};
        const timespec both[2] = {time, time};
        ASSERT_EQ(utimensat(AT_FDCWD, (attempt_.folder / name).c_str(), both, 0), 0);
    }

    Attempt attempt_ = start();
};

TEST_F(SealTest, KeepsTheFilesAndNamesThemByTheirHashes) {
    const Attempt sealed = seal();
    const Seal& seal = sealed.state.seal.value();
    ASSERT_EQ(seal.files.size(), 2u);
    EXPECT_EQ(seal.files[0].name, "greet.cpp");
    EXPECT_EQ(seal.files[0].sha256, sha256_hex("// TODO(candidate): greet.\n"));
    EXPECT_EQ(seal.files[1].name, "tests.json");
    EXPECT_EQ(seal.rubric_hash, sha256_hex("{}"));
    EXPECT_EQ(open_attempt(attempt_.folder).value().state, sealed.state);
    EXPECT_THAT(damage(sealed), IsEmpty());
    EXPECT_THAT(changes_since_seal(sealed), IsEmpty());
}

TEST_F(SealTest, TheAnswerIsReadFromTheSealedCopy) {
    const Attempt sealed = seal();
    testing::write_text(attempt_.folder / "greet.cpp", "edited afterwards\n");
    const Language cpp = find_language(exercise_, "cpp").value();
    EXPECT_EQ(read_answer(sealed, cpp).value(), "// TODO(candidate): greet.\n");
    EXPECT_THAT(changes_since_seal(sealed), ElementsAre(HasSubstr("your file greet.cpp")));
    EXPECT_THAT(damage(sealed), IsEmpty());
}

TEST_F(SealTest, IsMadeOnce) {
    const Attempt first = seal();
    const std::string log = testing::read_text(log_of(attempt_));
    testing::write_text(attempt_.folder / "greet.cpp", "edited afterwards\n");
    EXPECT_EQ(seal().state, first.state);
    EXPECT_EQ(testing::read_text(log_of(attempt_)), log);
}

TEST_F(SealTest, LeavesOutWhatIsNoAnswer) {
    fs::create_symlink("/etc/passwd", attempt_.folder / "passwd");
    fs::create_directory(attempt_.folder / "node_modules");
    ASSERT_EQ(mkfifo((attempt_.folder / "pipe").c_str(), 0600), 0);
    testing::write_text(attempt_.folder / ".greet.cpp.swp", "an editor's");
    testing::write_text(attempt_.folder / "core", std::string(kAnswerBytesMax + 1, 'x'));
    testing::write_text(attempt_.folder / "bad\xff", "a name that is no text");
    EXPECT_EQ(seal().state.seal->files.size(), 2u);
}

TEST_F(SealTest, IsMadeEvenOfNothing) {
    fs::remove(attempt_.folder / "greet.cpp");
    fs::remove(attempt_.folder / "tests.json");
    EXPECT_TRUE(seal().state.seal->files.empty());
}

TEST_F(SealTest, NamesFilesThatWereSavedAfterTheTimeWasUp) {
    constexpr std::int64_t kAllowedMs = 60'000;
    saved_at("tests.json", kStartMs + kAllowedMs - 1'000);
    saved_at("greet.cpp", kStartMs + kAllowedMs + 1'000);
    clock_.advance_ms(3 * kAllowedMs);
    const Seal seal = this->seal(SealReason::time, kAllowedMs).state.seal.value();
    EXPECT_THAT(seal.late, ElementsAre("greet.cpp"));
    EXPECT_EQ(seal.used_ms, kAllowedMs);
}

TEST_F(SealTest, APauseMovesTheEndOfTheTime) {
    constexpr std::int64_t kAllowedMs = 60'000;
    attempt_ = record(attempt_, {.kind = EventKind::paused}, clock_).value();
    clock_.advance_ms(600'000);
    attempt_ = record(attempt_, {.kind = EventKind::resumed}, clock_).value();
    saved_at("tests.json", kStartMs);
    saved_at("greet.cpp", kStartMs + 600'000 + kAllowedMs - 1);
    clock_.advance_ms(2 * kAllowedMs);
    EXPECT_THAT(seal(SealReason::time, kAllowedMs).state.seal->late, IsEmpty());
}

TEST_F(SealTest, WhatAnInterruptedSealLeftIsReplaced) {
    repository_.write("attempts/greeting-1/.onsite/sealed/files/greet.cpp", "half a fi");
    repository_.write("attempts/greeting-1/.onsite/sealed/files/other.cpp", "");
    repository_.write("attempts/greeting-1/.onsite/.sealed.unfinished/files/greet.cpp", "ha");
    EXPECT_FALSE(open_attempt(attempt_.folder).value().state.seal);
    EXPECT_THAT(damage(seal()), IsEmpty());
    EXPECT_FALSE(fs::exists(attempt_.folder / ".onsite" / ".sealed.unfinished"));
}

TEST_F(SealTest, FindsEachChangeOfTheSealedCopy) {
    const Attempt sealed = seal();
    const auto found_after = [&](const std::string& name, const std::string& text) {
        const std::string before = testing::read_text(sealed_copy() / name);
        testing::write_text(sealed_copy() / name, text);
        const std::vector<std::string> found = damage(sealed);
        testing::write_text(sealed_copy() / name, before);
        return found;
    };
    EXPECT_THAT(found_after("files/greet.cpp", "better"),
                ElementsAre(HasSubstr("the sealed copy greet.cpp")));
    EXPECT_THAT(found_after("rubric.json", "{ }"), ElementsAre(HasSubstr("rubric.json")));
    EXPECT_THAT(found_after("seal", "0000\n"), ElementsAre(HasSubstr("the seal")));
    fs::remove(sealed_copy() / "files" / "greet.cpp");
    testing::write_text(sealed_copy() / "files" / "added.cpp", "");
    EXPECT_THAT(damage(sealed), ElementsAre(HasSubstr("no such file"), HasSubstr("added.cpp")));
}

TEST_F(SealTest, RefusesFilesWithoutEnd) {
    for (std::size_t i = 0; i <= kSealedFilesMax; ++i) {
        testing::write_text(attempt_.folder / ("f" + std::to_string(i)), "");
    }
    const auto sealed = seal_attempt(attempt_, {.rubric = "{}"}, clock_);
    ASSERT_FALSE(sealed);
    EXPECT_THAT(sealed.error().message, HasSubstr("at most 1000 files"));
    EXPECT_FALSE(open_attempt(attempt_.folder).value().state.seal);
}

}  // namespace
}  // namespace onsite

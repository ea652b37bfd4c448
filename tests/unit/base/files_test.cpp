// Goal: a reader of a file never sees half of what was written, also when the disk is full, and
// what is no regular file is refused instead of waited for. Real files in a temporary folder.
#include "base/files.hpp"

#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <thread>

#include "base/descriptor.hpp"
#include "tests/support/command.hpp"
#include "tests/support/failing_call.hpp"
#include "tests/unit/base/limited_disk.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;
using ::testing::ExitedWithCode;
using ::testing::HasSubstr;

class FilesTest : public ::testing::Test {
protected:
    fs::path file() const { return folder_.path() / "file.txt"; }
    std::size_t count() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()));
    }
    testing::TemporaryFolder folder_;
};

TEST_F(FilesTest, ReadsBackWhatWasWritten) {
    const std::string content("a\0b\n\xff", 5);
    ASSERT_TRUE(write_file(file(), content));
    EXPECT_EQ(read_file(file(), 5).value(), content);
}

TEST_F(FilesTest, SaysThatAFileIsMissing) {
    const auto read = read_file(file(), 10);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::usage);
    EXPECT_THAT(read.error().message, HasSubstr("found nothing there"));
}

TEST_F(FilesTest, RefusesAFileOverTheLimit) {
    ASSERT_TRUE(write_file(file(), "123456"));
    EXPECT_TRUE(read_file(file(), 6));
    const auto read = read_file(file(), 5);
    ASSERT_FALSE(read);
    EXPECT_THAT(read.error().message, HasSubstr("at most 5 bytes"));
}

TEST_F(FilesTest, RefusesFoldersAndPipesWithoutWaiting) {
    EXPECT_THAT(read_file(folder_.path(), 10).error().message,
                HasSubstr("found a folder; put a file there"));
    ASSERT_EQ(mkfifo(file().c_str(), 0600), 0);
    const auto read = read_file(file(), 10);
    ASSERT_FALSE(read);
    EXPECT_THAT(read.error().message, HasSubstr("regular file, found a pipe; put a file there"));
}

TEST_F(FilesTest, ListsAFolderByName) {
    const auto folder = folder_.path() / "listed";
    EXPECT_TRUE(entries_of(folder)->empty()) << "missing";
    for (const char* name : {"c", "a", "b"}) std::filesystem::create_directories(folder / name);
    const auto entries = entries_of(folder);
    ASSERT_TRUE(entries);
    ASSERT_EQ(entries->size(), 3u);
    EXPECT_EQ(entries->front().path(), folder / "a");
    ASSERT_TRUE(write_file(folder_.path() / "file", ""));
    const auto refused = entries_of(folder_.path() / "file");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::tool);
}

TEST_F(FilesTest, ReplacesAFileAndLeavesNothingBeside) {
    ASSERT_TRUE(write_file(file(), "old"));
    ASSERT_TRUE(write_file(file(), "new"));
    EXPECT_EQ(testing::read_text(file()), "new");
    EXPECT_EQ(count(), 1u);
}

// The one who runs it may be root: a rename over /dev/null or /dev/stdout would break the machine.
TEST_F(FilesTest, ReplacesNoPipeAndNoLinkToOne) {
    ASSERT_EQ(mkfifo(file().c_str(), 0600), 0);
    const fs::path link = folder_.path() / "link";
    fs::create_symlink(file(), link);
    const fs::path standard_output = folder_.path() / "stdout";
    fs::create_symlink("/proc/self/fd/1", standard_output);
    for (const fs::path& path : {file(), link, standard_output}) {
        const auto written = write_file(path, "text");
        ASSERT_FALSE(written) << path;
        EXPECT_EQ(written.error().kind, ErrorKind::usage);
        EXPECT_THAT(written.error().message, HasSubstr("regular file"));
    }
    EXPECT_TRUE(fs::is_fifo(file()));
    EXPECT_TRUE(fs::is_symlink(link));
    EXPECT_TRUE(fs::is_symlink(standard_output));
    EXPECT_EQ(count(), 3u);
}

// However the link says it, and though a regular file is behind it.
TEST_F(FilesTest, ReplacesNoLinkIntoProc) {
    const fs::path other = folder_.path() / "other.txt";
    testing::write_text(other, "other");
    const Descriptor opened(open(other.c_str(), O_RDONLY | O_CLOEXEC));
    const std::string number = std::to_string(opened.get());
    fs::path up;
    for ([[maybe_unused]] const fs::path& name : fs::canonical(folder_.path()).relative_path()) {
        up /= "..";
    }
    for (const fs::path& target :
         {fs::path("/proc/self/fd") / number, fs::path("//proc/./self/fd") / number,
          fs::path("/dev/fd") / number, up / "proc/self/fd" / number}) {
        fs::remove(file());
        fs::create_symlink(target, file());
        ASSERT_TRUE(fs::is_regular_file(file())) << target;
        EXPECT_FALSE(write_file(file(), "text")) << target;
        EXPECT_TRUE(fs::is_symlink(file())) << target;
    }
    EXPECT_EQ(testing::read_text(other), "other");
}

TEST_F(FilesTest, ReplacesALinkToAFileOfAFolderCalledLikeProc) {
    fs::create_directories(folder_.path() / "proc");
    testing::write_text(folder_.path() / "proc" / "old.txt", "old");
    fs::create_symlink("proc/old.txt", file());
    EXPECT_TRUE(write_file(file(), "new"));
    EXPECT_FALSE(fs::is_symlink(file()));
    EXPECT_EQ(testing::read_text(folder_.path() / "proc" / "old.txt"), "old");
}

TEST_F(FilesTest, KeepsTheOldContentWhenTheDiskIsFull) {
    ASSERT_TRUE(write_file(file(), "old"));
    const auto write_too_much = [&] {
        const auto written = write_file(file(), std::string(100'000, 'x'));
        return !written && written.error().kind == ErrorKind::tool;
    };
    EXPECT_EXIT(testing::exit_with_full_disk(4'096, write_too_much), ExitedWithCode(0), "");
    EXPECT_EQ(testing::read_text(file()), "old");
    EXPECT_EQ(count(), 1u);
}

TEST_F(FilesTest, SaysThatAFolderIsMissing) {
    const auto written = write_file(folder_.path() / "none" / "file", "x");
    ASSERT_FALSE(written);
    EXPECT_THAT(written.error().message, HasSubstr("cannot write"));
}

class FoldersTest : public FilesTest {
protected:
    fs::path folder() const { return folder_.path() / "kept"; }
    Result<void> write(const std::string& content) const {
        return write_folder(folder(), [&](const fs::path& unfinished) {
            return write_file(unfinished / "file.txt", content);
        });
    }
    std::string content() const { return read_file(folder() / "file.txt", 100).value_or("?"); }
};

TEST_F(FoldersTest, HaveNoNameBeforeTheyAreWhole) {
    fs::create_directories(folder_.path() / ".kept.unfinished" / "of a killed call");
    ASSERT_TRUE(write_folder(folder(), [&](const fs::path& unfinished) {
        EXPECT_TRUE(fs::is_empty(unfinished));
        EXPECT_FALSE(fs::exists(folder()));
        return write_file(unfinished / "file.txt", "whole");
    }));
    EXPECT_EQ(content(), "whole");
    EXPECT_EQ(count(), 1u);
}

TEST_F(FoldersTest, StayAsTheyWereWhenTheNextOneCannotBeFilled) {
    ASSERT_TRUE(write("before"));
    const auto failed = write_folder(folder(), [&](const fs::path& unfinished) -> Result<void> {
        if (auto half = write_file(unfinished / "half.txt", ""); !half) return half;
        return tool_error("the disk is full");
    });
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().message, "the disk is full");
    EXPECT_EQ(content(), "before");
    EXPECT_EQ(count(), 1u);
}

// NFS and 9p are such file systems; renameat2(2) lists EINVAL for them.
TEST_F(FoldersTest, AreReplacedWhereNamesCannotBeExchanged) {
    ASSERT_TRUE(write("before"));
    const auto replace = [&] { return write("after") && content() == "after" && count() == 1; };
    EXPECT_EXIT(testing::exit_with_failing_call(SYS_renameat2, EINVAL, replace), ExitedWithCode(0),
                "");
    EXPECT_EQ(content(), "after");
}

// As where a volume is mounted under the name.
TEST_F(FoldersTest, StayAsTheyWereWhenTheNameIsBusy) {
    ASSERT_TRUE(write("before"));
    const auto replace = [&] {
        const auto written = write("after");
        return !written && written.error().kind == ErrorKind::tool && count() == 1;
    };
    EXPECT_EXIT(testing::exit_with_failing_call(SYS_renameat2, EBUSY, replace), ExitedWithCode(0),
                "");
    EXPECT_EQ(content(), "before");
}

TEST_F(FoldersTest, AreThereAllTheTimeWhileTheyAreReplaced) {
    ASSERT_TRUE(write("0"));
    std::atomic<bool> is_done = false;
    std::thread writer([&] {
        for (int i = 1; i <= 200; ++i) EXPECT_TRUE(write(std::to_string(i)));
        is_done = true;
    });
    while (!is_done) EXPECT_TRUE(fs::is_directory(folder()));
    writer.join();
    EXPECT_EQ(content(), "200");
    EXPECT_EQ(count(), 1u);
}

TEST_F(FoldersTest, SayWhatStandsInTheirWay) {
    ASSERT_TRUE(write_file(file(), ""));
    const auto failed = write_folder(file() / "kept", [](const fs::path&) {
        ADD_FAILURE() << "there is nothing to fill";
        return Result<void>();
    });
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().kind, ErrorKind::tool);
    EXPECT_THAT(failed.error().message, HasSubstr("file.txt/kept"));
}

TEST_F(FilesTest, AppendsWholeLines) {
    ASSERT_TRUE(append_line(file(), "one"));
    ASSERT_TRUE(append_line(file(), "two"));
    EXPECT_EQ(testing::read_text(file()), "one\ntwo\n");
}

TEST_F(FilesTest, CutsATornLineOffWhenTheDiskIsFull) {
    ASSERT_TRUE(append_line(file(), "one"));
    const auto append_too_much = [&] { return !append_line(file(), std::string(100'000, 'x')); };
    EXPECT_EXIT(testing::exit_with_full_disk(4'096, append_too_much), ExitedWithCode(0), "");
    EXPECT_EQ(testing::read_text(file()), "one\n");
}

}  // namespace
}  // namespace onsite

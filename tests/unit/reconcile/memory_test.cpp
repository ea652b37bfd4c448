// The memory setting is a ceiling: the peak of a process that reconciles stays below it, with every
// strategy, and the findings are those of a run that had all the memory it wanted.
//
// The process is this program itself, started again to run one test that is otherwise disabled.
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/engine.hpp"
#include "tests/support/collecting_sink.hpp"
#include "tests/support/feed_generator.hpp"
#include "tests/support/packing.hpp"

namespace onsite::reconcile {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kRows = 700'000;  // 105 MB when all are kept.
constexpr std::uint64_t kMiB = 1 << 20;
// A sanitizer keeps memory about memory, and freed memory for a while.
#if defined(__SANITIZE_ADDRESS__)
constexpr std::uint64_t kSanitizerBytes = 100 * kMiB;
#else
constexpr std::uint64_t kSanitizerBytes = 0;
#endif

// Writes each finding as a line.
class WritingSink final : public FindingSink {
public:
    explicit WritingSink(const fs::path& path) : out_(path) {}
    Result<void> unmatched(Side side, const Record& record) override {
        out_ << to_string(side) << ' ' << line_of(record) << '\n';
        return {};
    }
    Result<void> discrepancy(const Discrepancy& found) override {
        out_ << line_of(found.ledger) << " | " << line_of(found.bank) << '\n';
        return {};
    }
    Result<void> rejected(Side side, const Rejection& rejection) override {
        out_ << line_of(side, rejection) << '\n';
        return {};
    }

private:
    std::ofstream out_;
};

std::string variable(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

// Of this process since it was started. wait4() would tell the peak of the one that started it,
// when that is larger.
std::uint64_t peak_bytes_of_this_process() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        std::uint64_t kib = 0;
        if (word == "VmHWM:" && status >> kib) return kib * 1024;
    }
    return 0;
}

// The other process: what to do comes by the environment, and it leaves
// "findings" and its "peak" in the folder.
TEST(MemoryOfAProcess, DISABLED_Reconciles) {
    const fs::path folder = variable("MEMORY_TEST_FOLDER");
    ASSERT_FALSE(folder.empty()) << "MemoryTest starts this test";
    Settings settings;
    settings.temp_folder = folder;
    settings.memory_bytes = std::stoull(variable("MEMORY_TEST_BYTES"));
    settings.strategy = static_cast<Strategy>(std::stoi(variable("MEMORY_TEST_STRATEGY")));
    WritingSink sink(folder / "findings");
    const std::string ledger = variable("MEMORY_TEST_LEDGER");
    const auto summary =
        reconcile_feeds({.files = {ledger == "-" ? fs::path(ledger) : folder / ledger}},
                        {.files = {folder / variable("MEMORY_TEST_BANK")}}, settings, sink);
    ASSERT_TRUE(summary) << summary.error().message;
    std::ofstream(folder / "peak") << peak_bytes_of_this_process();
}

constexpr FeedPlan kPlan = {.rows = kRows,
                            .unmatched = kRows / 20,
                            .discrepant = kRows / 20,
                            .duplicates = kRows / 20,
                            .malformed = kRows / 20};

std::string text_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

class MemoryTest : public ::testing::Test {
protected:
    MemoryTest()
        : folder_(fs::path(::testing::TempDir()) / ("memory-" + std::to_string(::getpid()))) {
        fs::create_directories(folder_);
    }
    ~MemoryTest() override { fs::remove_all(folder_); }

    // Files in the folder; when the ledger is "-", standard input is the file `input`.
    struct Names {
        std::string ledger = "ledger";
        std::string bank = "bank";
        std::string input = {};
    };
    // Returns the peak of a process that reconciles the two feeds.
    std::uint64_t peak_bytes(Strategy strategy, std::uint64_t memory_bytes) const {
        return peak_bytes(strategy, memory_bytes, {});
    }
    std::uint64_t peak_bytes(Strategy strategy, std::uint64_t memory_bytes,
                             const Names& names) const {
        std::string program = fs::read_symlink("/proc/self/exe");
        std::vector<std::string> words = {program, "--gtest_also_run_disabled_tests",
                                          "--gtest_filter=MemoryOfAProcess.*"};
        std::vector<std::string> variables = {
            "MEMORY_TEST_FOLDER=" + folder_.string(),
            "MEMORY_TEST_BYTES=" + std::to_string(memory_bytes),
            "MEMORY_TEST_STRATEGY=" + std::to_string(static_cast<int>(strategy)),
            "MEMORY_TEST_LEDGER=" + names.ledger,
            "MEMORY_TEST_BANK=" + names.bank,
            "ASAN_OPTIONS=quarantine_size_mb=1"};
        const fs::path input = names.input.empty() ? "/dev/null" : folder_ / names.input;
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input.c_str(), O_RDONLY, 0);
        pid_t child = 0;
        EXPECT_EQ(::posix_spawn(&child, program.c_str(), &actions, nullptr, pointers(words).data(),
                                pointers(variables).data()),
                  0);
        ::posix_spawn_file_actions_destroy(&actions);
        int status = 0;
        EXPECT_EQ(::waitpid(child, &status, 0), child);
        EXPECT_EQ(status, 0) << "the process has failed";
        std::uint64_t peak = 0;
        std::ifstream(folder_ / "peak") >> peak;
        fs::remove(folder_ / "peak");
        EXPECT_GT(peak, kMiB) << "the process has not told its peak";
        return peak;
    }
    bool are_the_findings_as_expected() const {
        std::ifstream found(folder_ / "findings"), expected(folder_ / "expected");
        std::string one, other;
        while (std::getline(expected, one)) {
            if (!std::getline(found, other) || one != other) return false;
        }
        return !std::getline(found, other);
    }

    static std::vector<char*> pointers(std::vector<std::string>& words) {
        std::vector<char*> pointers;
        for (std::string& word : words) pointers.push_back(word.data());
        pointers.push_back(nullptr);
        return pointers;
    }

    fs::path folder_;
};

TEST_F(MemoryTest, IsACeilingForEveryStrategy) {
    ASSERT_TRUE(write_feeds(kPlan, folder_ / "ledger", folder_ / "bank"));
    EXPECT_GT(peak_bytes(Strategy::hash, 1024 * kMiB), kMemoryBytesMin * 3 / 2)
        << "feeds that fit prove nothing";
    fs::rename(folder_ / "findings", folder_ / "expected");
    EXPECT_GT(fs::file_size(folder_ / "expected"), kRows);
    for (const Strategy strategy :
         {Strategy::automatic, Strategy::hash, Strategy::sort_merge, Strategy::sketch}) {
        SCOPED_TRACE(to_string(strategy));
        EXPECT_LE(peak_bytes(strategy, kMemoryBytesMin), kMemoryBytesMin + kSanitizerBytes);
        EXPECT_TRUE(are_the_findings_as_expected());
    }
}

// Standard input is copied to a file, and unpacking needs a history: zstd's is the longest that the
// setting allows.
TEST_F(MemoryTest, IsACeilingForStandardInputAndCompressedFeedsToo) {
    ASSERT_TRUE(write_feeds(kPlan, folder_ / "ledger", folder_ / "bank"));
    std::ofstream(folder_ / "ledger.zst") << zstd_packed(text_of(folder_ / "ledger"), 21);
    std::ofstream(folder_ / "bank.gz") << gzipped(text_of(folder_ / "bank"));
    peak_bytes(Strategy::hash, 1024 * kMiB);
    fs::rename(folder_ / "findings", folder_ / "expected");
    const auto expect_ceiling = [&](Strategy strategy, const Names& names) {
        SCOPED_TRACE(std::string(to_string(strategy)) + " " + names.input);
        EXPECT_LE(peak_bytes(strategy, kMemoryBytesMin, names), kMemoryBytesMin + kSanitizerBytes);
        EXPECT_TRUE(are_the_findings_as_expected());
    };
    for (const Strategy strategy : {Strategy::hash, Strategy::sort_merge, Strategy::sketch}) {
        expect_ceiling(strategy, {.ledger = "-", .bank = "bank.gz", .input = "ledger.zst"});
    }
    expect_ceiling(Strategy::automatic, {.ledger = "-", .input = "ledger"});
}

// Writes a feed piece by piece, packed or as it is.
class FeedWriter {
public:
    FeedWriter(const fs::path& path, bool is_packed)
        : out_(path), is_packed_(is_packed), text_("id,amount,currency\n") {}
    ~FeedWriter() { flush(); }
    void row(const std::string& id, std::uint64_t amount, std::string_view currency) {
        text_ += fmt::format("{},{},{}\n", id, amount, currency);
        if (text_.size() >= kMiB) flush();
    }

private:
    void flush() {
        out_ << (is_packed_ ? zstd_packed(text_) : text_);
        text_.clear();
    }
    std::ofstream out_;
    bool is_packed_;
    std::string text_;
};

// Of feeds with long ids. Two rows in five have another currency in the bank.
struct LongIds {
    std::uint64_t rows;
    std::size_t id_size;
    void write(const fs::path& folder, bool is_packed = false) const {
        FeedWriter ledger(folder / "ledger", is_packed), bank(folder / "bank", is_packed);
        const std::string padding(id_size, 'x');
        for (std::uint64_t row = 0; row < rows; ++row) {
            const std::string id = std::to_string(row) + padding;
            ledger.row(id, row, "USD");
            bank.row(id, row, row % 5 < 2 ? "EUR" : "USD");
        }
    }
};

constexpr LongIds kLong = {.rows = 400'000, .id_size = 600};
constexpr LongIds kLongest = {.rows = 3'000, .id_size = 60'000};

// So long that a guess at the number of rows, by the size of the files, is far too high, and so
// many that what differs does not fit.
TEST_F(MemoryTest, IsACeilingForLongIdsToo) {
    const auto expect_ceiling = [&](Strategy strategy, std::uint64_t memory) {
        SCOPED_TRACE(fmt::format("{}, {} MiB", to_string(strategy), memory / kMiB));
        EXPECT_LE(peak_bytes(strategy, memory), memory + kSanitizerBytes);
        EXPECT_TRUE(are_the_findings_as_expected());
    };
    for (const LongIds& ids : {kLong, kLongest}) {
        SCOPED_TRACE(fmt::format("ids of {} bytes", ids.id_size));
        ids.write(folder_);
        peak_bytes(Strategy::hash, 1024 * kMiB);
        fs::rename(folder_ / "findings", folder_ / "expected");
        for (const Strategy strategy :
             {Strategy::automatic, Strategy::hash, Strategy::sort_merge, Strategy::sketch}) {
            expect_ceiling(strategy, kMemoryBytesMin);
            expect_ceiling(strategy, 256 * kMiB);
        }
    }
    // A packed file says little about what is in it: all rows go into one partition, which has to
    // be parted again.
    kLongest.write(folder_, true);
    EXPECT_LT(fs::file_size(folder_ / "ledger"), kMiB);
    for (const Strategy strategy : {Strategy::hash, Strategy::sketch}) {
        SCOPED_TRACE("packed");
        expect_ceiling(strategy, kMemoryBytesMin);
    }
}

TEST_F(MemoryTest, LessThanTheLeastIsRefused) {
    WritingSink sink(folder_ / "findings");
    std::ofstream(folder_ / "feed") << "id,amount,currency\n";
    const Feed feed = {.files = {folder_ / "feed"}};
    const auto summary = reconcile_feeds(feed, feed, {.memory_bytes = kMemoryBytesMin - 1}, sink);
    ASSERT_FALSE(summary);
    EXPECT_THAT(summary.error().message, ::testing::HasSubstr("at least 64 MiB"));
}

}  // namespace
}  // namespace onsite::reconcile

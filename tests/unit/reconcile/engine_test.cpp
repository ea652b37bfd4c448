// Whole runs on files: the truth of generated feeds is found, compressed files are the same rows,
// and files that are not what they should be end the run before anything is handed out.
#include "solutions/1-reconciliation/production/engine.hpp"

#include <fstream>
#include <sstream>
#include <unistd.h>

#include <fmt/format.h>

#include "tests/support/collecting_sink.hpp"
#include "tests/support/feed_generator.hpp"
#include "tests/support/packing.hpp"

namespace onsite::reconcile {
namespace {

namespace fs = std::filesystem;

class EngineTest : public ::testing::Test {
protected:
    EngineTest()
        : folder_(fs::path(::testing::TempDir()) / ("engine-" + std::to_string(::getpid()))) {
        fs::create_directories(folder_);
        settings_.temp_folder = folder_;
    }
    ~EngineTest() override { fs::remove_all(folder_); }

    Feed feed(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name, std::ios::binary) << text;
        return {.files = {folder_ / name}};
    }
    Result<Summary> run(const Feed& ledger, const Feed& bank) {
        sink_ = {};
        return reconcile_feeds(ledger, bank, settings_, sink_);
    }
    std::string message(const Feed& ledger, const Feed& bank) {
        const auto summary = run(ledger, bank);
        EXPECT_TRUE(sink_.lines.empty()) << "nothing is handed out";
        return summary ? "no error" : summary.error().message;
    }

    fs::path folder_;
    Settings settings_;
    CollectingSink sink_;
};

std::string text_of(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

const std::string kHeader = "id,amount,currency\n";

TEST_F(EngineTest, FindsTheTruthOfGeneratedFeeds) {
    FeedPlan plan{
        .rows = 20'000, .unmatched = 300, .discrepant = 200, .duplicates = 50, .malformed = 40};
    const FeedTruth truth = truth_of(plan);
    for (const FeedShape shape : {FeedShape::csv, FeedShape::quoted_csv, FeedShape::ndjson}) {
        plan.shape = shape;
        Feed ledger = feed("ledger", "");
        Feed bank = feed("bank", "");
        ledger.format = bank.format = shape == FeedShape::ndjson ? Format::ndjson : Format::csv;
        ASSERT_TRUE(write_feeds(plan, ledger.files[0], bank.files[0]));
        std::vector<std::string> first;
        for (const Strategy strategy : {Strategy::hash, Strategy::sort_merge, Strategy::sketch}) {
            settings_.strategy = strategy;
            const auto summary = run(ledger, bank);
            ASSERT_TRUE(summary) << summary.error().message;
            for (const SideSummary& side : summary->sides) {
                EXPECT_EQ(side.matched, truth.matched);
                EXPECT_EQ(side.unmatched, 300u);
                EXPECT_EQ(side.discrepant, 200u);
                EXPECT_EQ(side.duplicates(), 50u);
                EXPECT_EQ(side.rejected_rows(), 90u);
            }
            EXPECT_EQ(summary->amount_differs, truth.amount_differs);
            EXPECT_EQ(summary->currency_differs, truth.currency_differs);
            EXPECT_LE(summary->rows_kept, strategy == Strategy::sketch ? 10'000u : 40'100u);
            if (first.empty()) first = sink_.lines;
            EXPECT_EQ(sink_.lines, first);
        }
    }
}

TEST_F(EngineTest, CountsAndSumsPerCurrency) {
    const auto summary = run(feed("l", kHeader + "a,100,USD\nb,5,EUR\nc,7,EUR\nc,9,EUR\n"),
                             feed("b", kHeader + "a,100,USD\nb,6,EUR\n"));
    ASSERT_TRUE(summary);
    const auto& currencies = summary->side(Side::ledger).currencies;
    EXPECT_EQ(currencies.at("USD").matched, (Tally{1, 100}));
    EXPECT_EQ(currencies.at("EUR").good, (Tally{2, 12})) << "the duplicate is not good";
    EXPECT_EQ(currencies.at("EUR").unmatched, (Tally{1, 7}));
    EXPECT_EQ(currencies.at("EUR").discrepant, (Tally{1, 5}));
    EXPECT_TRUE(summary->has_differences());
}

TEST_F(EngineTest, ReadsCompressedFilesAsTheSameRows) {
    FeedPlan plan{.rows = 30'000};
    const Feed ledger = feed("ledger", "");
    const Feed bank = feed("bank", "");
    ASSERT_TRUE(write_feeds(plan, ledger.files[0], bank.files[0]));
    ASSERT_TRUE(run(ledger, bank));
    const auto plain = sink_.lines;
    const auto packed = run(feed("ledger.gz", gzipped(text_of(ledger.files[0]))),
                            feed("bank.zst", zstd_packed(text_of(bank.files[0]))));
    ASSERT_TRUE(packed) << packed.error().message;
    EXPECT_EQ(sink_.lines, plain);
}

TEST_F(EngineTest, ReadsFilesOfManyZstdFramesSomeOfThemToBeSkipped) {
    using namespace std::string_literals;
    const std::string skipped = "\x5A\x2A\x4D\x18\x03\0\0\0abc"s;
    const Feed plain = feed("plain", kHeader + "a,1,USD\nb,2,USD\n");
    const Feed packed =
        feed("packed", skipped + zstd_packed(kHeader + "a,1,U") + skipped + zstd_packed("") +
                           zstd_packed("SD\nb,2,USD\n") + skipped);
    const auto summary = run(plain, packed);
    ASSERT_TRUE(summary) << summary.error().message;
    EXPECT_EQ(summary->side(Side::bank).matched, 2u);
    EXPECT_THAT(message(feed("cut", skipped.substr(0, 9)), plain),
                ::testing::HasSubstr("ends in its middle"));
}

// Whoever writes in blocks, as tapes and mainframes do, fills the last one up.
TEST_F(EngineTest, SkipsZerosBehindGzipAsGzipDoes) {
    const std::string zeros(70'000, '\0');
    const Feed plain = feed("plain", kHeader + "a,1,USD\nb,2,USD\n");
    const Feed packed =
        feed("packed", gzipped(kHeader + "a,1,U") + zeros + gzipped("SD\nb,2,USD\n") + zeros);
    const auto summary = run(plain, packed);
    ASSERT_TRUE(summary) << summary.error().message;
    EXPECT_EQ(summary->side(Side::bank).matched, 2u);
    EXPECT_THAT(message(feed("x", gzipped(kHeader) + zeros + "a,1,USD\n"), plain),
                ::testing::HasSubstr("damaged gzip"));
}

TEST_F(EngineTest, RefusesDamagedAndTruncatedFiles) {
    const Feed good = feed("good", kHeader + "a,1,USD\n");
    const std::string packed = gzipped(kHeader + std::string(5000, 'x'));
    std::string damaged = packed;
    damaged[12] ^= 0x55;
    EXPECT_THAT(message(feed("x", packed.substr(0, packed.size() - 9)), good),
                ::testing::HasSubstr("ends in its middle"));
    EXPECT_THAT(message(feed("x", damaged), good), ::testing::HasSubstr("damaged gzip"));
    EXPECT_THAT(message(feed("x", zstd_packed(kHeader).substr(0, 15)), good),
                ::testing::HasSubstr("ends in its middle"));
    EXPECT_THAT(message(feed("x", "id,amount\n"), good), ::testing::HasSubstr("named 'currency'"));
    EXPECT_THAT(message({.files = {folder_ / "none"}}, good), ::testing::HasSubstr("No such file"));
}

TEST_F(EngineTest, GivesZstdNoMoreHistoryThanTheMemoryAllows) {
    // Compressed in one stream whose size is not said: the window is what it asks for.
    const auto context =
        std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)>(ZSTD_createCCtx(), &ZSTD_freeCCtx);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog, 25);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_contentSizeFlag, 0);
    const std::string text = kHeader + "a,1,USD\n";
    std::string packed(ZSTD_compressBound(text.size()), '\0');
    ZSTD_inBuffer in = {text.data(), text.size(), 0};
    ZSTD_outBuffer out = {packed.data(), packed.size(), 0};
    // Two calls: one that knows the end from the beginning would take a smaller window.
    ASSERT_EQ(ZSTD_compressStream2(context.get(), &out, &in, ZSTD_e_flush), 0u);
    ASSERT_EQ(ZSTD_compressStream2(context.get(), &out, &in, ZSTD_e_end), 0u);
    packed.resize(out.pos);
    const Feed wide = feed("wide.zst", packed);
    settings_.memory_bytes = kMemoryBytesMin;
    EXPECT_THAT(message(wide, wide), ::testing::HasSubstr("allows; allow more memory"));
    settings_.memory_bytes = std::uint64_t{2} << 30;
    EXPECT_TRUE(run(wide, wide));
}

// Neither is damaged, and fetching it again would not help.
TEST_F(EngineTest, SaysWhatItCannotUnpack) {
    using namespace std::string_literals;
    const std::string magic = "\x28\xB5\x2F\xFD";
    const std::string block_x = "\x09\0\0x"s;
    const Feed with_dictionary = feed("dictionary.zst", magic + "\x21\x07\x01" + block_x);
    EXPECT_THAT(message(with_dictionary, with_dictionary),
                ::testing::HasSubstr("packed with a dictionary; pack it again without one"));
    settings_.memory_bytes = std::uint64_t{8} << 30;
    const Feed long_window = feed("long.zst", magic + "\0\xA8"s + block_x);
    EXPECT_THAT(message(long_window, long_window),
                ::testing::HasSubstr("128 MiB of history that is the most that is ever allowed"));
}

TEST_F(EngineTest, NamesUtf16) {
    using namespace std::string_literals;
    const Feed wide = feed("wide", "\xFF\xFEi\0d\0,\0"s + "a\0\n\0"s);
    EXPECT_THAT(message(wide, wide), ::testing::HasSubstr("UTF-16: make it UTF-8"));
}

TEST_F(EngineTest, SeesAFileThatChangesWhileItIsRead) {
    FeedPlan plan{.rows = 300'000};
    const Feed ledger = feed("ledger", "");
    const Feed bank = feed("bank", "");
    ASSERT_TRUE(write_feeds(plan, ledger.files[0], bank.files[0]));
    for (const int changed_in_pass : {1, 2}) {
        settings_.strategy = Strategy::sketch;
        settings_.progress = [&](const Progress& progress) {
            if (progress.pass != changed_in_pass) return;
            std::ofstream(bank.files[0], std::ios::app) << "more,1,USD\n";
        };
        EXPECT_THAT(message(ledger, bank), ::testing::HasSubstr("changed"));
    }
}

// By somebody who sets the date back: the second pass is not hashed, but its rows are added up.
TEST_F(EngineTest, SeesARowThatChangesBetweenThePasses) {
    std::string rows = kHeader;
    for (int i = 0; i < 1'000; ++i) rows += fmt::format("txn_{},100,USD\n", i);
    const Feed ledger = feed("ledger", rows);
    const Feed bank = feed("bank", rows + "extra,5,USD\n");
    const auto date = fs::last_write_time(bank.files[0]);
    settings_.strategy = Strategy::sketch;
    settings_.progress = [&](const Progress& progress) {
        if (progress.pass != 1 || progress.bytes < progress.bytes_total) return;
        feed("bank", rows + "extra,6,USD\n");
        fs::last_write_time(bank.files[0], date);
    };
    EXPECT_THAT(message(ledger, bank),
                ::testing::HasSubstr("expected the bytes that the first pass read"));
}

TEST_F(EngineTest, StopsWhenToldTo) {
    std::atomic<bool> stop = true;
    settings_.stop = &stop;
    const Feed good = feed("good", kHeader + "a,1,USD\n");
    EXPECT_THAT(message(good, good), ::testing::HasSubstr("stopped"));
    stop = false;
    settings_.rows_max = 0;
    EXPECT_THAT(message(good, good), ::testing::HasSubstr("at most 0 rows"));
}

TEST_F(EngineTest, RefusesADeviceThatMayHaveNoEnd) {
    const Feed good = feed("good", kHeader + "a,1,USD\n");
    EXPECT_THAT(message(good, {.files = {"/dev/zero"}}), ::testing::HasSubstr("found a device"));
}

TEST_F(EngineTest, MapsColumnsAndKeepsWhiteSpace) {
    Feed ledger = feed("l",
                       "\xEF\xBB\xBF"
                       "cents;note;ref;ccy\r\n5;;a;USD\r\n\r\n6;\"x;y\"; a;USD");
    ledger.delimiter = ';';
    ledger.names = {.id = "ref", .amount = "cents", .currency = "ccy"};
    Feed bank = feed("b", "a,USD,0.05\n");
    bank.has_header = false;
    bank.numbers = {.id = 0, .amount = 2, .currency = 1, .count = 3};
    bank.amounts = AmountForm::decimal;
    ASSERT_TRUE(run(ledger, bank));
    EXPECT_THAT(sink_.lines, ::testing::ElementsAre("unmatched ledger  a 6 USD at 0:4:35"));
}

}  // namespace
}  // namespace onsite::reconcile

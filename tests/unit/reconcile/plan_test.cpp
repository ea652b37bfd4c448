// Tasks of a plan may be run in any order within their stage, twice, after a crash; and a task
// refuses what does not belong to its plan.
#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>
#include <unistd.h>

#include "solutions/1-reconciliation/production/plan/outputs.hpp"
#include "tests/support/feed_generator.hpp"
#include "tests/support/packing.hpp"
#include "tests/support/plan_support.hpp"

namespace onsite::reconcile {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr std::size_t kTasks = 5;

std::string bytes_in(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

class PlanTest : public ::testing::Test {
protected:
    PlanTest() : folder_(fs::path(::testing::TempDir()) / ("plans-" + std::to_string(::getpid()))) {
        fs::create_directories(folder_);
        settings_.temp_folder = folder_;
        ledger_.files = {folder_ / "ledger"};
        bank_.files = {folder_ / "bank"};
        const FeedPlan feeds{
            .rows = 3000, .unmatched = 60, .discrepant = 40, .duplicates = 30, .malformed = 20};
        EXPECT_TRUE(write_feeds(feeds, ledger_.files[0], bank_.files[0]));
    }
    ~PlanTest() override { fs::remove_all(folder_); }

    Plan saved_plan() {
        auto plan = make_plan(ledger_, bank_, settings_, kTasks);
        EXPECT_TRUE(plan) << plan.error().message;
        EXPECT_TRUE(save_plan(*plan, run_));
        return *plan;
    }
    std::vector<std::string> delivered() const {
        CollectingSink sink;
        const auto summary = deliver_plan(run_, sink);
        return lines_of(summary, sink);
    }
    std::string error_of(Stage stage, std::size_t index) const {
        const auto done = run_task(run_, stage, index);
        return done ? "no error" : done.error().message;
    }
    void run_until(const Plan& plan, Stage end) const {
        for (int stage = 0; stage < static_cast<int>(end); ++stage) {
            for (std::size_t i = 0; i < plan.tasks(static_cast<Stage>(stage)); ++i) {
                ASSERT_EQ(error_of(static_cast<Stage>(stage), i), "no error");
            }
        }
    }

    const fs::path folder_;
    const fs::path run_ = folder_ / "run";
    Settings settings_;
    Feed ledger_;
    Feed bank_;
};

TEST_F(PlanTest, GivesTheSameWhenTasksAreRepeatedInAnyOrder) {
    const Plan plan = saved_plan();
    std::mt19937 random(7);
    for (std::size_t number = 0; number < kStages; ++number) {
        const auto stage = static_cast<Stage>(number);
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < plan.tasks(stage); ++i) order.insert(order.end(), {i, i});
        std::ranges::shuffle(order, random);
        for (const std::size_t index : order) ASSERT_EQ(error_of(stage, index), "no error");
        // Lost after it was done, as a disk might lose it: the same bytes come again.
        const auto path = run_ / "out" / fmt::format("{}-0", to_string(stage));
        const std::string bytes = bytes_in(path);
        fs::remove(path);
        ASSERT_EQ(error_of(stage, 0), "no error");
        EXPECT_EQ(bytes_in(path) == bytes, true) << to_string(stage);
    }
    const auto expected = reconcile_at_once(ledger_, bank_, settings_);
    EXPECT_GT(expected.size(), 200u);
    EXPECT_EQ(delivered(), expected);
    EXPECT_EQ(delivered(), expected) << "a second time";
}

TEST_F(PlanTest, TakesNoHalfOfAnOutputForAWhole) {
    const Plan plan = saved_plan();
    run_until(plan, Stage::merge);
    // What a killed task leaves.
    const std::string whole = bytes_in(run_ / "out/sketch-1");
    std::ofstream(run_ / "out/merge-0.part-abcdef") << whole.substr(0, whole.size() / 2);
    EXPECT_EQ(error_of(Stage::merge, 0), "no error");
    // What a broken disk leaves.
    std::ofstream(run_ / "out/sketch-1", std::ios::trunc) << whole.substr(0, whole.size() / 2);
    EXPECT_THAT(error_of(Stage::merge, 1),
                HasSubstr("out/sketch-1: expected the output of a task"));
    fs::remove(run_ / "out/sketch-1");
    EXPECT_THAT(error_of(Stage::merge, 1), HasSubstr("expected the output of sketch task 1"));
    EXPECT_EQ(error_of(Stage::sketch, 1), "no error");
    EXPECT_EQ(error_of(Stage::merge, 1), "no error");
}

// One bit of its last bytes is enough for that.
TEST_F(PlanTest, RefusesAnOutputWithTooFewSections) {
    const Plan plan = saved_plan();
    const auto error_of_reader = [&](Stage reader) {
        if (reader < Stage::finish) return error_of(reader, 0);
        if (const std::string error = error_of(reader, 0); error != "no error") return error;
        CollectingSink sink;
        const auto delivered = deliver_plan(run_, sink);
        return delivered ? "no error" : delivered.error().message;
    };
    for (int number = 0; number < static_cast<int>(kStages); ++number) {
        const auto written = static_cast<Stage>(number);
        const auto reader = std::min(static_cast<Stage>(number + 1), Stage::finish);
        const auto path = output_path(run_, written, 0);
        for (std::size_t i = 0; i < plan.tasks(written); ++i) {
            ASSERT_EQ(error_of(written, i), "no error");
        }
        const std::string whole = bytes_in(path);
        auto empty = Output::create(run_, written, 0);
        ASSERT_TRUE(empty && empty->commit(plan.run));
        EXPECT_THAT(error_of_reader(reader),
                    HasSubstr(fmt::format("out/{}-0: expected the output of a task, found damaged",
                                          to_string(written))));
        std::ofstream(path, std::ios::trunc | std::ios::binary) << whole;
    }
}

TEST_F(PlanTest, RefusesFeedsThatAreNotAsPlanned) {
    const Plan plan = saved_plan();
    run_until(plan, Stage::emit);
    std::ofstream(ledger_.files[0], std::ios::app) << "late,1,USD\n";
    EXPECT_THAT(error_of(Stage::emit, 0), HasSubstr("that the plan was made for"));
    EXPECT_FALSE(is_done(run_, Stage::emit, 0));
}

TEST_F(PlanTest, RefusesWhatBelongsToAnotherRun) {
    const Plan plan = saved_plan();
    run_until(plan, Stage::boundaries);
    fs::remove(run_ / "plan.json");
    settings_.hash_key = {9, 9, 9, 9};
    saved_plan();
    EXPECT_THAT(error_of(Stage::boundaries, 0), HasSubstr("found one of run " + plan.run));
    EXPECT_THAT(error_of(Stage::survey, 0), HasSubstr("found one of run " + plan.run));
    settings_.hash_key = {1, 2, 3, 4};
    auto other = make_plan(ledger_, bank_, settings_, kTasks);
    const auto saved = save_plan(*other, run_);
    ASSERT_FALSE(saved);
    EXPECT_THAT(saved.error().message, HasSubstr("expected no plan or the same one"));
}

TEST_F(PlanTest, GoesOnWithTheSameWorkOnly) {
    const Plan first = saved_plan();
    settings_.hash_key = {5, 6, 7, 8};
    auto same = save_or_resume_plan(*make_plan(ledger_, bank_, settings_, kTasks), run_);
    ASSERT_TRUE(same) << same.error().message;
    EXPECT_EQ(same->run, first.run);
    EXPECT_EQ(same->settings.hash_key, first.settings.hash_key);
    EXPECT_FALSE(save_or_resume_plan(*make_plan(ledger_, bank_, settings_, kTasks + 1), run_));
    EXPECT_FALSE(save_or_resume_plan(*make_plan(bank_, ledger_, settings_, kTasks), run_));
    auto fresh = save_or_resume_plan(*make_plan(ledger_, bank_, settings_, kTasks), folder_ / "b");
    ASSERT_TRUE(fresh);
    EXPECT_EQ(fresh->settings.hash_key, settings_.hash_key);
}

TEST_F(PlanTest, RefusesTasksThatItDoesNotHave) {
    saved_plan();
    EXPECT_THAT(error_of(Stage::sketch, kTasks), HasSubstr("expected a task of sketch below 5"));
    EXPECT_EQ(run_task_program(run_, "sketch", "x"), 2);
    EXPECT_EQ(run_task_program(run_, "skitch", "0"), 2);
    EXPECT_EQ(run_task_program(run_, "merge", "0"), 3) << "its stage has nothing to begin with";
    const auto said = task_error(run_, Stage::merge, 0);
    ASSERT_TRUE(said);
    EXPECT_EQ(said->kind, ErrorKind::tool);
    EXPECT_EQ(run_task_program(run_, "survey", "0"), 0);
    EXPECT_FALSE(task_error(run_, Stage::survey, 0));
}

TEST_F(PlanTest, IsReadAsItWasWritten) {
    ledger_.delimiter = '\xA7';
    ledger_.has_header = false;
    ledger_.amounts = AmountForm::decimal;
    ledger_.numbers = {.id = 2, .amount = 0, .currency = 1, .count = 7};
    bank_.names = {.id = "id", .amount = "amount", .currency = "currency"};
    bank_.files.push_back(bank_.files[0]);
    settings_.exact = true;
    settings_.hash_key = {~std::uint64_t{0}, 1, 2, 3};
    const Plan plan = saved_plan();
    const auto read = load_plan(run_);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->run, plan.run);
    EXPECT_EQ(read->pieces, plan.pieces);
    EXPECT_EQ(read->settings.hash_key, plan.settings.hash_key);
    EXPECT_EQ(read->feeds[0].delimiter, ledger_.delimiter);
    EXPECT_EQ(read->feeds[0].numbers.count, 7u);
    EXPECT_EQ(read->files[1][1].head.rows.byte, 19u);
    EXPECT_EQ(describe(*read), describe(plan));
    EXPECT_EQ(read->tasks(Stage::sketch), 0u) << "an exact plan has no sketch";
    std::ofstream(run_ / "plan.json", std::ios::app) << "x";
    EXPECT_FALSE(load_plan(run_));
}

TEST_F(PlanTest, AWordThatItDoesNotKnowIsRefused) {
    saved_plan();
    std::ostringstream good;
    good << std::ifstream(run_ / "plan.json").rdbuf();
    for (const std::string word : {"\"side\": \"ledger\"", "\"format\": \"csv\"",
                                   "\"amounts\": \"minor\"", "\"strategy\": \"sketch\""}) {
        std::string text = good.str();
        const auto at = text.find(word);
        ASSERT_NE(at, text.npos) << word;
        text.insert(at + word.size() - 1, "s");
        std::ofstream(run_ / "plan.json") << text;
        const auto read = load_plan(run_);
        ASSERT_FALSE(read) << word;
        EXPECT_THAT(read.error().message, HasSubstr("expected")) << word;
    }
}

TEST_F(PlanTest, SaysWhatItWillDo) {
    const std::string text = describe(saved_plan());
    EXPECT_THAT(text, HasSubstr("survey         7 tasks\n"));
    EXPECT_THAT(text, HasSubstr("sketch         5 tasks, 2^11 buckets\n"));
    EXPECT_THAT(text, HasSubstr("finish         1 task\n"));
    EXPECT_THAT(text, HasSubstr("task 0: ledger " + ledger_.files[0].string() + " [0, "));
}

TEST_F(PlanTest, ReadsCompressedFilesWhole) {
    const auto expected = reconcile_at_once(ledger_, bank_, settings_);
    const std::string ledger = bytes_in(ledger_.files[0]);
    const std::string bank = bytes_in(bank_.files[0]);
    std::ofstream(ledger_.files[0], std::ios::trunc) << gzipped(ledger);
    std::ofstream(bank_.files[0], std::ios::trunc) << zstd_packed(bank);
    const auto packed = reconcile_at_once(ledger_, bank_, settings_);
    const auto found = reconcile_in_tasks(ledger_, bank_, settings_, kTasks, run_);
    EXPECT_EQ(found, packed);
    EXPECT_EQ(found.size(), expected.size());
}

TEST_F(PlanTest, KeepsToLittleMemory) {
    const auto expected = reconcile_at_once(ledger_, bank_, settings_);
    settings_.kept_bytes = 40'000;
    settings_.exact = true;
    EXPECT_EQ(reconcile_in_tasks(ledger_, bank_, settings_, kTasks, run_), expected);
    CollectingSink again;
    EXPECT_GT(deliver_plan(run_, again).value().bytes_spilled, 0u);
}

TEST_F(PlanTest, IsNotMadeOfWhatTasksCannotOpen) {
    EXPECT_FALSE(make_plan(ledger_, bank_, settings_, 0));
    EXPECT_FALSE(make_plan(ledger_, bank_, settings_, kTasksMax + 1));
    Feed pipe;
    pipe.has_header = false;
    pipe.files = {"-"};
    const auto plan = make_plan(ledger_, pipe, settings_, kTasks);
    ASSERT_FALSE(plan);
    EXPECT_THAT(plan.error().message, HasSubstr("that every task can open"));
    bank_.names.id = "reference";
    const auto named = make_plan(ledger_, bank_, settings_, kTasks);
    ASSERT_FALSE(named);
    EXPECT_THAT(named.error().message, HasSubstr("a column named 'reference'"));
}

}  // namespace
}  // namespace onsite::reconcile

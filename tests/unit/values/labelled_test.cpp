// How often the heuristics find what a person found, on answers they were developed on and on
// answers they were not. The figures of the guide are these:
//
//     ONSITE_APPROVE=1 ./onsite test -R values.Labelled
#include "tests/unit/values/labelled.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <set>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/files.hpp"

namespace onsite::values {
namespace {

constexpr int kDevelopFloor = 90;  // Percent, of precision and of recall of each label.
constexpr int kHeldOutFloor = 60;
constexpr int kMissesAllowed = 1;    // A rare label: one slip of two is no 60 %.
constexpr double kKappaFloor = 0.6;  // Readers who agree less have no label in common.
constexpr std::size_t kAnswersMin = 60;
constexpr int kHeldOutMin = 20;

const std::vector<Labelled>& answers() {
    static const std::vector<Labelled> all = labelled_answers();
    return all;
}

// Prints where the heuristics and the person differ: what to read before changing either.
void show_differences(bool is_held_out) {
    for (const Labelled& answer : answers()) {
        if (answer.is_held_out != is_held_out) continue;
        const auto found = labels_found(answer.text);
        for (const std::string& label : label_names()) {
            const bool is_found = found.contains(label);
            if (is_found == answer.labels.contains(label)) continue;
            std::cout << fmt::format("{}: {} {}\n", answer.id, is_found ? "wrongly" : "misses",
                                     label);
        }
    }
}

void expect_floor(bool is_held_out, int floor) {
    for (const auto& [label, one] : agreement(answers(), is_held_out)) {
        EXPECT_TRUE(one.precision() >= floor || one.wrong <= kMissesAllowed)
            << label << ": precision " << one.precision() << " %";
        EXPECT_TRUE(one.recall() >= floor || one.missed <= kMissesAllowed)
            << label << ": recall " << one.recall() << " %";
    }
}

TEST(LabelledTest, IsLargeEnough) {
    EXPECT_GE(answers().size(), kAnswersMin);
    EXPECT_GE(std::ranges::count_if(answers(), &Labelled::is_held_out), kHeldOutMin);
    std::set<std::string> texts;
    for (const Labelled& answer : answers()) texts.insert(answer.text);
    EXPECT_EQ(texts.size(), answers().size()) << "no answer is in both sets";
}

TEST(LabelledTest, IsReadAsAPersonReadsIt) {
    std::cout << table_of(answers());
    show_differences(false);
    expect_floor(false, kDevelopFloor);
}

TEST(LabelledTest, IsReadAsWellWhereNothingWasTuned) {
    show_differences(true);
    expect_floor(true, kHeldOutFloor);
}

TEST(LabelledTest, IsReadAlikeByTwoReaders) {
    const auto second = second_reader();
    EXPECT_EQ(second.size(), answers().size());
    for (const Labelled& answer : answers()) {
        EXPECT_TRUE(second.contains(answer.id)) << answer.id << " has one reader";
    }
    for (const std::string& label : label_names()) {
        EXPECT_GE(kappa_of_readers(answers(), label), kKappaFloor) << label;
    }
}

TEST(LabelledTest, GivesTheTableOfTheGuide) {
    const std::string path = std::string(ONSITE_ROOT) + "/docs/guides/values.md";
    const auto guide = read_file(path, 1 << 20);
    ASSERT_TRUE(guide) << guide.error().message;
    const std::string table = table_of(answers());
    const auto begin = guide->find("| what is found ");
    ASSERT_NE(begin, std::string::npos);
    const auto end = guide->find("\n\n", begin) + 1;
    if (std::getenv("ONSITE_APPROVE") != nullptr) {
        const auto written = write_file(path, guide->substr(0, begin) + table + guide->substr(end));
        ASSERT_TRUE(written) << written.error().message;
        return;
    }
    EXPECT_EQ(guide->substr(begin, end - begin), table)
        << "run it with ONSITE_APPROVE=1 and read the diff";
}

}  // namespace
}  // namespace onsite::values

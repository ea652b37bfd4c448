// Goal: every format of a reviewed attempt says who said what, and nothing that a reviewer or a
// candidate typed is a formula, a tag or a control sequence.
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>

#include "harness/report/report.hpp"
#include "harness/report/reviewing.hpp"
#include "tests/unit/scoring/small_rubric.hpp"

namespace onsite::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using enum ReportFormat;

std::vector<Ballot> ballots_saying(const std::string& words) {
    Ballot ada{.reviewer = "ada", .ratings = {}, .signal = Signal{"ada", HireSignal::yes, words}};
    ada.ratings["clear"] = {.reviewer = "ada", .level = 3, .anchors = {words}, .comment = words};
    Ballot bob{.reviewer = "bob", .ratings = {}, .signal = {}};
    bob.ratings["clear"] = {
        .reviewer = "bob", .level = 1, .anchors = {"a.cpp:1"}, .comment = words, .is_revote = true};
    return {ada, bob};
}

Scorecard reviewed(const std::string& words) {
    Rubric rubric = small_rubric();
    rubric.gates = {{.when = "clear", .below = 2, .cap = 7, .because = words}};
    rubric.criteria[2].title = words;
    const std::vector verdicts = {passed("says_hello", 3, words),
                                  failed("says_goodbye", Cause::wrong_answer, words)};
    GradeFacts facts = small_facts();
    facts.attempt = words;
    Scorecard card = with_ballots(rubric, score(rubric, verdicts, facts), ballots_saying(words));
    card.parts = {{words, 60'000}, {"follow-up 1", 120'000}};
    return card;
}

TEST(ReviewedReportTest, EveryFormatHasTheRatingsTheSignalAndTheGate) {
    const Scorecard card = reviewed("said so");
    for (const ReportFormat format : {text, junit, html, csv}) {
        const std::string report = render(card, format);
        EXPECT_THAT(report, HasSubstr("ada")) << to_string(format);
        EXPECT_THAT(report, HasSubstr("yes")) << to_string(format);
        EXPECT_THAT(report, HasSubstr("at 7 of 20 points")) << to_string(format);
    }
    EXPECT_THAT(render(card, gradescope), HasSubstr("bob: level 1 (second vote)"));
    const auto data = nlohmann::json::parse(render(card, json));
    EXPECT_EQ(data.at("earned"), 7);
    EXPECT_EQ(data.at("earned_before_gates"), 20);
    EXPECT_EQ(data.at("criteria").at(2).at("ratings").size(), 2u);
}

// It applies, and changes nothing: "at 50 of 5 points" was no sentence.
TEST(ReviewedReportTest, AGateAboveThePointsSaysThatTheyDoNotReachIt) {
    Scorecard card = reviewed("said so");
    card.gates.front().cap = 50;
    EXPECT_THAT(gate_words(card.gates.front(), card),
                HasSubstr("at 50 points, which 20 do not reach: clear is below level 2"));
}

TEST(ReviewedReportTest, ThePageHasPicturesThatSpeak) {
    const std::string page = render(reviewed("said so"), html);
    EXPECT_THAT(page, HasSubstr("aria-label=\"Score per criterion; polite: 20 of 60"));
    EXPECT_THAT(page, HasSubstr("aria-label=\"Time per part; said so: 1 min; follow-up 1: 2 min"));
    EXPECT_THAT(page, Not(HasSubstr("<script")));
    EXPECT_THAT(page, Not(HasSubstr("http://")));
}

TEST(ReviewedReportTest, TheTableMarksWhereReviewersDiffer) {
    const std::string table =
        render_side_by_side(reviewed("said so"), ballots_saying("said so"), {});
    EXPECT_THAT(table, HasSubstr("they differ"));
    EXPECT_THAT(table, HasSubstr("1*"));
}

TEST(CsvTest, NoCellIsAFormula) {
    for (const char* formula : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＠x"}) {
        const std::string sheet = render(reviewed(formula), csv);
        for (const char* beginning : {"\"=", "\"+", "\"-", "\"@", "\"\t", "\"\r", "\"＝", "\"＠"}) {
            EXPECT_THAT(sheet, Not(HasSubstr(beginning))) << formula;
        }
    }
}

// Cells of one row as RFC 4180 has them; all of ours are quoted.
std::vector<std::vector<std::string>> parsed(const std::string& sheet) {
    std::vector<std::vector<std::string>> rows(1);
    for (std::size_t i = 0; i < sheet.size(); ++i) {
        if (sheet[i] == '\n') rows.emplace_back();
        if (sheet[i] != '"') continue;
        std::string cell;
        for (++i; i < sheet.size(); ++i) {
            if (sheet[i] != '"')
                cell += sheet[i];
            else if (i + 1 < sheet.size() && sheet[i + 1] == '"')
                cell += sheet[++i];
            else
                break;
        }
        rows.back().push_back(cell);
    }
    rows.pop_back();
    return rows;
}

RC_GTEST_PROP(CsvProperty, WhateverIsTypedEveryRowHasItsCellsAndNoneIsAFormula, ()) {
    const std::string words =
        *rc::gen::element<std::string>("=", "+", "-", "@", "\t", "\r\n", "\",\"=", "") +
        *rc::gen::arbitrary<std::string>();
    for (const auto& row : parsed(render(reviewed(words), csv))) {
        RC_ASSERT(row.size() == 13u);
        for (const std::string& cell : row) {
            RC_ASSERT(cell.empty() || std::string("=+-@\t\r\n").find(cell[0]) == std::string::npos);
        }
    }
}

RC_GTEST_PROP(ReviewedReportProperty, NothingThatIsTypedGetsOut, ()) {
    const std::string words =
        *rc::gen::element<std::string>("\x1b]0;x\x07", "<script>", "]]>", "\u202e", "\xc2\x9b") +
        *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
    const Scorecard card = reviewed(words);
    std::vector<std::string> shown = {render_side_by_side(card, ballots_saying(words), {}),
                                      render_disagreements(card.criteria[0].evidence, {})};
    const PersonRating mine = ballots_saying(words)[0].ratings["clear"];
    for (const CriterionResult& result : card.criteria) {
        shown.push_back(render_criterion(result, {.mine = &mine}, {}));
    }
    for (const ReportFormat format : {text, json, junit, gradescope, html, csv}) {
        shown.push_back(render(card, format));
    }
    for (const std::string& page : shown) {
        RC_ASSERT(page.find("\u202e") == page.npos);
        RC_ASSERT(page.find('\x1b') == page.npos);
        RC_ASSERT(page.find("\xc2\x9b") == page.npos);
    }
    for (const ReportFormat format : {junit, html}) {
        RC_ASSERT(render(card, format).find("<script") == std::string::npos);
    }
}

}  // namespace
}  // namespace onsite::testing

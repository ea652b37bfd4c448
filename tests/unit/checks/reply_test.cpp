// A reply that is not what the contract says must be refused with a sentence that says where, what
// was expected and what was found.

#include "exercises/1-reconciliation/checks/reply.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "exercises/1-reconciliation/checks/wire.hpp"

namespace onsite::reconciliation {
namespace {

using testing::HasSubstr;

Findings some_findings() {
    return sorted({unmatched(Side::ledger, {"t1", -5, "USD"}),
                   discrepancy({"t2", 1, "USD"}, {"t2", 2, "EUR"}),
                   rejected(Side::bank, 17, RejectReason::amount_out_of_range)});
}

Json good_reply() {
    Json reply = to_wire(some_findings());
    reply["id"] = "secret";
    return reply;
}

std::string problem_with(const Json& reply, Op op = Op::reconcile) {
    const auto said = parse_reply(to_text(reply), op);
    return said ? "no problem" : said.error().message;
}

// The good reply with another value at a place.
std::string problem_at(const char* place, const Json& value) {
    Json reply = good_reply();
    reply[Json::json_pointer(place)] = value;
    return problem_with(reply);
}

TEST(ReplyTest, FindingsAreReadBackAsTheyWereWritten) {
    const auto said = parse_reply(to_text(good_reply()), Op::reconcile);
    ASSERT_TRUE(said) << said.error().message;
    EXPECT_EQ(said->findings, some_findings());
}

TEST(ReplyTest, SavedResultsAreReadToo) {
    Json reply = good_reply();
    EXPECT_THAT(problem_with(reply, Op::reconcile_feeds), HasSubstr("the key \"saved\""));
    reply["saved"] = {{"a|b", to_wire(some_findings())}};
    EXPECT_THAT(problem_with(reply, Op::reconcile), HasSubstr("found saved"));
    const auto said = parse_reply(to_text(reply), Op::reconcile_feeds);
    ASSERT_TRUE(said) << said.error().message;
    EXPECT_EQ(Json::parse(said->saved), reply["saved"]);
    reply["saved"]["a|b"].erase("rejected");
    EXPECT_THAT(problem_with(reply, Op::reconcile_feeds), HasSubstr("expected the key"));
    reply["saved"] = Json::array();
    EXPECT_THAT(problem_with(reply, Op::reconcile_feeds), HasSubstr("expected an object"));
}

TEST(ReplyTest, NamesThePlaceAndWhatWasFound) {
    EXPECT_EQ(problem_at("/unmatched", "none"),
              "the reply: unmatched: expected a list, found the text none");
    EXPECT_EQ(problem_at("/unmatched/0/transaction/1", 100),
              "the reply: unmatched[0].transaction[1]: expected text, found the number 100");
    EXPECT_EQ(
        problem_at("/unmatched/0/side", "Ledger"),
        "the reply: unmatched[0].side: expected \"ledger\" or \"bank\", found the text Ledger");
    EXPECT_THAT(problem_at("/unmatched/0/transaction", {"t1", "5"}), HasSubstr("a list of 2"));
    EXPECT_THAT(problem_at("/unmatched/0/extra", 1), HasSubstr("found extra"));
    EXPECT_THAT(problem_at("/extra", 1), HasSubstr("found extra"));
}

TEST(ReplyTest, AmountsHaveOneForm) {
    for (const char* const amount : {"", "007", "-0", "+5", "5.0", "1e3", " 5", "NaN",
                                     "9223372036854775808", "-9223372036854775809"}) {
        EXPECT_THAT(problem_at("/unmatched/0/transaction/1", amount),
                    HasSubstr("expected an int64"))
            << amount;
    }
    for (const char* const amount : {"0", "-1", "9223372036854775807", "-9223372036854775808"}) {
        EXPECT_EQ(problem_at("/unmatched/0/transaction/1", amount), "no problem") << amount;
    }
}

TEST(ReplyTest, DiscrepanciesNameEachFieldOnce) {
    EXPECT_EQ(problem_at("/discrepancies/0/differs", {"currency", "amount"}), "no problem");
    EXPECT_THAT(problem_at("/discrepancies/0/differs", Json::array()), HasSubstr("differs"));
    EXPECT_THAT(problem_at("/discrepancies/0/differs", {"amount", "amount"}), HasSubstr("once"));
    EXPECT_THAT(problem_at("/discrepancies/0/differs", {"id"}), HasSubstr("the text id"));
    EXPECT_THAT(problem_at("/discrepancies/0/differs", "amount"), HasSubstr("differs"));
}

TEST(ReplyTest, RejectionsHaveARowAndAReason) {
    EXPECT_THAT(problem_at("/rejected/0/row", 0), HasSubstr("from 1, found the number 0"));
    EXPECT_THAT(problem_at("/rejected/0/row", -1), HasSubstr("row"));
    EXPECT_THAT(problem_at("/rejected/0/row", 1.5), HasSubstr("the number 1.5"));
    EXPECT_THAT(problem_at("/rejected/0/row", "1"), HasSubstr("the text 1"));
    EXPECT_THAT(problem_at("/rejected/0/reason", "ugly"), HasSubstr("duplicate_id, found"));
}

TEST(ReplyTest, WhatIsNoObjectIsRefused) {
    EXPECT_THAT(problem_with(Json::array()), HasSubstr("expected an object, found a list of 0"));
    EXPECT_FALSE(parse_reply("{", Op::reconcile));
    EXPECT_FALSE(parse_reply("", Op::reconcile));
}

TEST(ReplyTest, StrangeTextTravelsUnchanged) {
    const Row row = {std::string("a\0\n\"\\\x7f", 6), "\u00e9\U0001f600", ""};
    const Json read = Json::parse(to_wire({row, row}));
    EXPECT_EQ(read, Json({row, row}));
}

}  // namespace
}  // namespace onsite::reconciliation

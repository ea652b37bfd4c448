#include "exercises/2-invoicing/checks/flow_checks.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/invoicing/answer.hpp"

namespace onsite::invoicing {
namespace {

using ::testing::HasSubstr;

TEST(FlowChecksTest, AnUnknownPlaceIsNamedWithTheLine) {
    const Verdict verdict =
        Answer(kFlows, changed(kFlows, "5. `mail` Sends with", "5. `smtp` Sends with"))
            .judge("flows_are_complete");
    EXPECT_EQ(verdict.outcome, Outcome::fail);
    EXPECT_THAT(verdict.evidence.story, HasSubstr("flows.md:"));
    EXPECT_THAT(verdict.evidence.story, HasSubstr("5. `smtp` Sends with"));
}

TEST(FlowChecksTest, AMissingFlowIsNamed) {
    EXPECT_THAT(Answer(kFlows, changed(kFlows, "## PDF", "## Printing"))
                    .judge("flows_are_complete")
                    .message,
                HasSubstr("the flow \"pdf\""));
}

TEST(FlowChecksTest, AnEffectThatNobodyRecordsIsOne) {
    const Verdict verdict = Answer(kFlows, changed(kFlows, "5. `tx` Sets `pdf_object`",
                                                   "5. `worker` Sets `pdf_object`"))
                                .judge("effects_follow_a_commit");
    EXPECT_THAT(verdict.message, HasSubstr("what came of it"));
}

TEST(FlowChecksTest, StepsInAFencedBlockAreNone) {
    const std::string text = "## Pay\n\n```\n1. `tx` Writes the intention down first.\n```\n";
    EXPECT_LT(Answer(kFlows, text).judge("effects_follow_a_commit").percent, 50);
}

// A heading may be numbered, quoted or in another form of its word, and speak of other flows.
TEST(FlowChecksTest, AFlowIsFoundByAWordOfItsHeading) {
    struct Heading {
        const char* from;
        const char* to;
    };
    for (const Heading& heading :
         {Heading{"## Create", "## 1.`create`"}, Heading{"## Create", "## Creating an invoice"},
          Heading{"## Finalize", "## Finalising"}, Heading{"## Send", "## (3) \"Send\""},
          Heading{"## Send", "## Resend or send"}, Heading{"## Pay", "## 4/7 *Pay*"},
          Heading{"## Finalize", "## Finalize before it is paid"},
          Heading{"## Finalize", "## Finalize (no payment yet)"}}) {
        const Answer answer(kFlows, changed(kFlows, heading.from, heading.to));
        for (const char* check : {"flows_are_complete", "effects_follow_a_commit"}) {
            const Verdict verdict = answer.judge(check);
            EXPECT_EQ(verdict.outcome, Outcome::pass) << heading.to << ": " << verdict.message;
        }
    }
}

TEST(FlowChecksTest, ARequestWithoutAKeyIsAReadOrADoubleCharge) {
    const auto outcome = [](const std::string& words) {
        return Answer(kFlows,
                      changed(kFlows, "the payment's `stripe_key` as the idempotency key", words))
            .judge("effects_follow_a_commit")
            .outcome;
    };
    EXPECT_EQ(outcome("its own keys"), Outcome::pass);
    EXPECT_EQ(outcome("the help of a monkey"), Outcome::fail);
    EXPECT_EQ(outcome("no key, since it works"), Outcome::fail);
    EXPECT_EQ(outcome("its id, without an idempotency key,"), Outcome::fail);
}

}  // namespace
}  // namespace onsite::invoicing

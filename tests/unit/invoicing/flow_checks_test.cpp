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

}  // namespace
}  // namespace onsite::invoicing

#include "exercises/3-subscriptions/checks/machine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/subscription_documents.hpp"

namespace onsite::subscriptions {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Machine machine_of(std::string_view lines) {
    const Page page = read_page("```machine\n" + std::string(lines) + "\n```\n");
    return read_machine(page.blocks.at(0));
}

std::string problem_of(std::string_view line) {
    const Machine machine = machine_of(line);
    EXPECT_EQ(machine.problems.size(), 1u) << line;
    EXPECT_TRUE(machine.transitions.empty()) << line;
    return machine.problems.empty() ? "" : machine.problems[0].message;
}

TEST(MachineTest, ReadsEveryPartOfALine) {
    const Machine machine = machine_of(
        "trialing | active + cancel_now [paid, not in_flight] -> canceled : credit, "
        "clear ending, set gone  # why");
    ASSERT_THAT(machine.problems, IsEmpty());
    ASSERT_EQ(machine.transitions.size(), 1u);
    const Transition& transition = machine.transitions[0];
    EXPECT_EQ(transition.line, 2);
    EXPECT_THAT(transition.from, ElementsAre("trialing", "active"));
    EXPECT_EQ(transition.event, "cancel_now");
    EXPECT_THAT(transition.guards, ElementsAre(Guard{"paid", false}, Guard{"in_flight", true}));
    EXPECT_EQ(transition.to, "canceled");
    EXPECT_THAT(transition.effects, ElementsAre("credit"));
    EXPECT_THAT(transition.sets, ElementsAre("gone"));
    EXPECT_THAT(transition.clears, ElementsAre("ending"));
}

TEST(MachineTest, SaysWhatIsWrongWithALine) {
    EXPECT_THAT(problem_of("active"), HasSubstr("no ->"));
    EXPECT_THAT(problem_of("active -> canceled"), HasSubstr("no +"));
    EXPECT_THAT(problem_of("asleep + pause -> paused"), HasSubstr("found \"asleep\""));
    EXPECT_THAT(problem_of("active + nap -> paused"), HasSubstr("an event"));
    EXPECT_THAT(problem_of("active + pause -> asleep"), HasSubstr("found \"asleep\""));
    EXPECT_THAT(problem_of("active + pause -> none"), HasSubstr("found none"));
    EXPECT_THAT(problem_of("active + pause [paid -> paused"), HasSubstr("expected ]"));
    EXPECT_THAT(problem_of("active + pause [] -> paused"), HasSubstr("a guard"));
    EXPECT_THAT(problem_of("active + pause -> paused : sing"), HasSubstr("found \"sing\""));
    EXPECT_THAT(problem_of("active + pause -> paused : set paid"), HasSubstr("a flag"));
    EXPECT_THAT(problem_of("active + pause -> paused :"), HasSubstr("found nothing"));
    EXPECT_THAT(problem_of(std::string(kMachineLineBytesMax + 1, 'a')), HasSubstr("at most"));
}

TEST(MachineTest, HasLimits) {
    std::string lines;
    for (std::size_t i = 0; i <= kTransitionsMax; ++i) lines += "none + create -> active\n";
    EXPECT_EQ(machine_of(lines).transitions.size(), kTransitionsMax);
    EXPECT_THAT(machine_of(lines).problems.at(0).message, HasSubstr("at most"));
    std::string flags;
    for (std::size_t i = 0; i <= kFlagsMax; ++i) {
        flags += "none + create -> active : set flag_" + std::to_string(i) + "\n";
    }
    EXPECT_THAT(machine_of(flags).problems.at(0).message, HasSubstr("flags"));
}

TEST(MachineTest, FirstLineThatFitsDecides) {
    const Machine machine = machine_of(
        "none + create [trial] -> trialing\nnone + create -> active : invoice\n"
        "active + cancel_at_period_end -> same : set ending\n"
        "active + period_ended [ending] -> canceled\nactive + period_ended -> same : invoice");
    Running running(machine);
    EXPECT_EQ(running.state(), kNoState);
    EXPECT_EQ(running.send("resume", {}), nullptr);
    EXPECT_EQ(running.send("create", {})->effects.size(), 1u);
    EXPECT_EQ(running.state(), "active");
    running.send("period_ended", {});
    EXPECT_EQ(running.state(), "active");
    running.send("cancel_at_period_end", {});
    running.send("period_ended", {});
    EXPECT_EQ(running.state(), "canceled");
    Running other(machine);
    other.send("create", {"trial"});
    EXPECT_EQ(other.state(), "trialing");
}

std::string unsound(std::string_view lines) {
    std::string words;
    for (const MachineProblem& problem : unsound_parts(machine_of(lines))) {
        words += std::to_string(problem.line) + ": " + problem.message + "\n";
    }
    return words;
}

TEST(MachineTest, FindsWhatIsUnsound) {
    const std::string sound = "none + create -> active\nactive + cancel_now -> canceled\n";
    EXPECT_EQ(unsound(sound), "");
    EXPECT_THAT(unsound(sound + "canceled + resume -> active"),
                HasSubstr("4: expected no way out"));
    EXPECT_EQ(unsound(sound + "canceled + payment_succeeded -> same : refund"), "");
    EXPECT_THAT(unsound(sound + "paused + cancel_now -> canceled"),
                HasSubstr("4: expected a way to paused"));
    EXPECT_THAT(unsound(sound + "active + pause -> paused"),
                HasSubstr("4: expected cancel_now to end a subscription that is paused"));
    EXPECT_THAT(unsound(sound + "active + pause [tired] -> canceled"),
                HasSubstr("4: expected a guard that is a fact or a flag"));
    EXPECT_THAT(unsound(sound + "active + cancel_now [paid] -> canceled : credit"),
                HasSubstr("4: expected a line that can act; line 3"));
}

}  // namespace
}  // namespace onsite::subscriptions

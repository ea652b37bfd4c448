// A whole drill from the command line: the incident, the questions, the answers, the grade.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/onsite.hpp"

namespace onsite::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class DrillTest : public ::testing::Test {
protected:
    CommandResult drill(std::vector<std::string> words) { return command("onsite-drill", words); }
    CommandResult diagnose(std::vector<std::string> words) {
        return command("onsite-diagnose", words);
    }
    std::filesystem::path drills() const { return home_.path() / "drills"; }

private:
    CommandResult command(const std::string& name, std::vector<std::string> words) {
        words.insert(words.begin(), program(name).string());
        return run({.words = std::move(words),
                    .environment = {"ONSITE_ROOT=" + root().string(),
                                    "ONSITE_DRILLS=" + drills().string()}});
    }

    TemporaryFolder home_;
};

TEST_F(DrillTest, IsWorkedThroughFromTheCommandLine) {
    const auto begun = drill({"incident-02", "--seed", "5"});
    ASSERT_EQ(begun.status, 0) << begun.errors;
    EXPECT_THAT(begun.output, HasSubstr("incident-02-5/README.md"));
    EXPECT_THAT(diagnose({}).output, HasSubstr("./onsite diagnose violated"));

    const auto reused = drill({"logs", "--where", "message~reused"});
    EXPECT_EQ(reused.status, 0) << reused.errors;
    EXPECT_THAT(reused.output, HasSubstr("PaymentIntent confirmation failed"));
    const auto refused = drill({"logs", "--where", "status=400", "--source", "provider", "--json"});
    EXPECT_THAT(refused.output, AllOf(HasSubstr("\"code\":\"idempotency_error\""),
                                      Not(HasSubstr("\"status\":200"))));
    const auto start = refused.output.find("\"request\":\"") + 11;
    const std::string request =
        refused.output.substr(start, refused.output.find('"', start) - start);

    EXPECT_EQ(diagnose({"violated", "yes", "--invariant", "no_lost_charge"}).status, 0);
    EXPECT_EQ(diagnose({"at", request, "--in", "payment_client"}).status, 0);
    EXPECT_EQ(diagnose({"cause", "retry-with-another-body"}).status, 2)
        << "locked words come first";
    const auto locked = diagnose({"because", "The retry sends the address that came meanwhile."});
    EXPECT_THAT(locked.output, HasSubstr("retry-with-another-body"));
    EXPECT_EQ(diagnose({"because", "Something else."}).status, 2);
    EXPECT_EQ(diagnose({"cause", "retry-with-another-body"}).status, 0);
    EXPECT_EQ(diagnose({"affected", "--where", "message~reused"}).status, 0);
    EXPECT_EQ(diagnose({"alert", "rate(conflicts)/rate(payments) > 0.005"}).status, 0);

    const auto graded = diagnose({"grade"});
    EXPECT_EQ(graded.status, 0) << graded.errors;
    EXPECT_THAT(graded.output,
                AllOf(HasSubstr("detect        15 / 15"), HasSubstr("localise      25 / 25"),
                      HasSubstr("root cause    25 / 25"), HasSubstr("blast radius  10 / 10"),
                      HasSubstr("total         75 / 100"), HasSubstr("2 looks at the logs"),
                      HasSubstr("held-out incidents, 0 false alarms on 5 controls")));
    EXPECT_EQ(diagnose({"violated", "no"}).status, 2) << "it is graded";
    EXPECT_EQ(diagnose({"grade", "--require", "76"}).status, 1);
    EXPECT_THAT(diagnose({"grade", "--json"}).output, HasSubstr("\"points\":75"));
}

TEST_F(DrillTest, APatchedClientIsWorthWhatItKeeps) {
    ASSERT_EQ(drill({"incident-02", "--seed", "5"}).status, 0);
    const auto grade_of = [this](const char* folder) {
        return diagnose({"grade", "--client", (root() / folder).string()});
    };
    const auto fixed = grade_of("solutions/4-idempotency/python");
    EXPECT_EQ(fixed.status, 0) << fixed.errors;
    EXPECT_THAT(fixed.output, AllOf(HasSubstr("mitigate      25 / 25"), HasSubstr("mitigate 0 min"),
                                    HasSubstr(" 0 hints"), Not(HasSubstr("graded before"))));
    EXPECT_THAT(grade_of("exercises/4-idempotency/starter/python").output,
                AllOf(HasSubstr("mitigate       0 / 25"),
                      HasSubstr("graded before, with 25 points and the answer shown")))
        << "the starter has the defect that the incident is about";
    const auto nothing = grade_of("docs");
    EXPECT_EQ(nothing.status, 2);
    EXPECT_THAT(nothing.errors, HasSubstr("expected payments.cpp"));
}

TEST_F(DrillTest, AClientThatWasNotPatchedIsWorthNothingWhateverTheCause) {
    for (const char* id : {"incident-01", "incident-20"}) {  // Webhooks are at fault.
        ASSERT_EQ(drill({id, "--seed", "9"}).status, 0);
        const auto starter = root() / "exercises/4-idempotency/starter/python";
        EXPECT_THAT(diagnose({"grade", "--client", starter.string()}).output,
                    AllOf(HasSubstr("mitigate       0 / 25"), HasSubstr("incident-of-the-client")))
            << id;
    }
}

TEST_F(DrillTest, AControlIsHealthyAndAFalseAlarmIsSaid) {
    ASSERT_EQ(drill({"incident-03"}).status, 0);
    EXPECT_EQ(diagnose({"violated", "yes", "--invariant", "no_double_charge"}).status, 0);
    EXPECT_EQ(diagnose({"affected", "--none"}).status, 0);
    EXPECT_THAT(diagnose({"grade"}).output,
                AllOf(HasSubstr("detect         0 / 15"), HasSubstr("false alarm"),
                      HasSubstr("blast radius  10 / 10"), HasSubstr("mitigate       0 / 25")));

    ASSERT_EQ(drill({"incident-03", "--again"}).status, 0);
    EXPECT_EQ(diagnose({"violated", "no"}).status, 0);
    EXPECT_THAT(diagnose({"grade"}).output,
                AllOf(HasSubstr("detect        15 / 15"), HasSubstr("mitigate      25 / 25"),
                      HasSubstr("nothing was to be patched")));
}

TEST_F(DrillTest, SayingNothingIsWorthNothing) {
    for (const char* id : {"incident-02", "incident-03"}) {
        ASSERT_EQ(drill({id}).status, 0);
        EXPECT_THAT(diagnose({"grade"}).output, HasSubstr("total          0 / 100")) << id;
    }
}

TEST_F(DrillTest, ARandomDrillSaysNothingAndIsTheSameEachTime) {
    const auto begun = drill({"--random", "--seed", "7"});
    ASSERT_EQ(begun.status, 0) << begun.errors;
    EXPECT_THAT(begun.output, AllOf(HasSubstr("random-7"), Not(HasSubstr("incident-"))));
    const std::string before = read_text(drills() / "random-7" / "provider.jsonl");
    const std::string key = read_text(drills() / ".onsite" / "random-7" / "key.json");
    EXPECT_EQ(drill({"--random", "--seed", "7"}).status, 2) << "it is there";
    ASSERT_EQ(drill({"--random", "--seed", "7", "--again"}).status, 0);
    EXPECT_EQ(read_text(drills() / "random-7" / "provider.jsonl"), before);
    EXPECT_EQ(read_text(drills() / ".onsite" / "random-7" / "key.json"), key);
    EXPECT_EQ(drill({"--random"}).status, 0);
}

TEST_F(DrillTest, ListsItsIds) {
    const auto listed = drill({});
    EXPECT_EQ(listed.status, 0);
    EXPECT_EQ(count_of("incident-", listed.output), 22);
}

TEST_F(DrillTest, SaysWhatIsWrongInOneSentence) {
    const auto refused = [](const CommandResult& result) {
        EXPECT_EQ(result.status, 2) << result.output;
        EXPECT_EQ(count_of("\n", result.errors), 1) << result.errors;
        EXPECT_THAT(result.errors, Not(HasSubstr("\x1b")));
    };
    refused(diagnose({"violated", "no"}));  // There is no drill.
    refused(drill({"logs"}));
    refused(drill({"incident-99"}));
    refused(drill({"\x1b[2J"}));
    for (const char* seed : {"-1", "1.5", "0x10", "18446744073709551616", ""}) {
        refused(drill({"incident-03", "--seed", seed}));
        refused(drill({"--random", "--seed", seed}));
    }
    ASSERT_EQ(drill({"incident-07", "--seed", "2"}).status, 0);
    refused(drill({"logs", "--where", "colour=red"}));
    refused(drill({"logs", "--from", "yesterday"}));
    refused(drill({"logs", "--limit", "-1"}));
    refused(drill({"logs", "--drill", "../x"}));
    refused(diagnose({"affected"}));
    refused(diagnose({"affected", "order-1", "--none"}));
    refused(diagnose({"affected", "--file", "/nowhere"}));
    refused(diagnose({"alert", "rate(conflicts) > \x1b[2J"}));
    refused(diagnose({"because", std::string(100'000, 'a')}));
    EXPECT_EQ(drill({"--loud"}).status, 2);
    EXPECT_THAT(drill({"--help"}).output, HasSubstr("--random"));
    EXPECT_THAT(diagnose({"--help"}).output, HasSubstr("rate(conflicts)/rate(payments)"));
}

TEST_F(DrillTest, WhatWasEditedIsNoticed) {
    ASSERT_EQ(drill({"incident-07", "--seed", "2"}).status, 0);
    const auto folder = drills() / "incident-07-2";
    write_text(folder / "metrics.json", "[]");
    EXPECT_THAT(diagnose({"grade"}).output, HasSubstr("metrics.json is not as the drill wrote it"));
    write_text(folder / "client.jsonl", "\x1b[2J\n");
    EXPECT_THAT(drill({"logs"}).errors, HasSubstr("line 1 of"));
    std::string log = read_text(folder / "log.jsonl");
    log.replace(log.find("started"), 7, "command");
    write_text(folder / "log.jsonl", log);
    EXPECT_THAT(diagnose({"grade"}).errors, HasSubstr("line 1 of"));
    write_text(drills() / ".onsite" / "incident-07-2" / "key.json", "{}");
    EXPECT_EQ(diagnose({"grade"}).status, 2);
}

}  // namespace
}  // namespace onsite::testing

// Exports: what other tools read has their form, says what the trace says, and takes no text of a
// scenario for markup. Every run of the catalogue is exported.
#include "scenarios/export/export.hpp"

#include <filesystem>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "scenarios/export/exchanges.hpp"
#include "scenarios/format/read_scenario.hpp"
#include "scenarios/replay/catalog.hpp"
#include "scenarios/replay/replay.hpp"
#include "tests/support/command.hpp"
#include "tests/support/schema.hpp"

namespace onsite::scenarios {
namespace {

using Json = nlohmann::json;
using onsite::testing::count_of;
using onsite::testing::json_problems;
using ::testing::HasSubstr;
using ::testing::Not;

const std::filesystem::path kRoot = ONSITE_SOURCE_ROOT;

const std::vector<Replay>& runs() {
    static const std::vector<Replay> all = [] {
        std::vector<Replay> played;
        const auto catalog = load_catalog(kRoot / "scenarios" / "catalog").value();
        for (const Scenario& scenario : catalog) {
            for (const auto& [shop, unused] : scenario.expect) {
                played.push_back(replay(scenario, *find_shop(shop)).value());
            }
        }
        return played;
    }();
    return all;
}

// The run of a scenario with the shop that fails it.
const Replay& failing(std::string_view id) {
    const auto found = std::ranges::find_if(runs(), [&](const Replay& one) {
        return one.run.scenario.id == id && !one.violations.empty();
    });
    EXPECT_NE(found, runs().end()) << id;
    return *found;
}

std::string text(const Json& value) { return value.get<std::string>(); }

std::int64_t lines(const RunRecord& run, std::string_view kind) {
    return std::ranges::count(run.events, kind, &TraceEvent::kind);
}

TEST(HarTest, HasTheFormOfHar) {
    const auto schema = kRoot / "docs" / "reference" / "schemas" / "har.schema.json";
    for (const Replay& one : runs()) {
        EXPECT_EQ(json_problems(schema, har_of(one.run)), "") << one.run.scenario.id;
    }
    EXPECT_NE(json_problems(schema, R"({"log": {"version": "1.2", "entries": [{}]}})"), "");
}

TEST(HarTest, HasEachRequestAndEachDeliveryOnce) {
    const RunRecord& run = failing("lost-response-fresh-key").run;
    const Json entries = Json::parse(har_of(run)).at("log").at("entries");
    EXPECT_EQ(static_cast<std::int64_t>(entries.size()), lines(run, "send") + lines(run, "hook"));
    std::vector<Json> sent;
    for (const Json& entry : entries) {
        if (entry.contains("_operation")) sent.push_back(entry);
    }
    ASSERT_EQ(sent.size(), 2u);
    EXPECT_EQ(text(sent[0]["startedDateTime"]), "2026-01-05T09:00:00.002Z");
    EXPECT_EQ(sent[0]["response"]["status"].get<int>(), 0);
    EXPECT_EQ(text(sent[0]["_outcome"]), "unknown");
    EXPECT_EQ(sent[0]["_faults"].dump(), R"(["response:lost"])");
    EXPECT_EQ(sent[1]["response"]["status"].get<int>(), 200);
    EXPECT_EQ(sent[1]["_attempt"].get<int>(), 2);
    EXPECT_EQ(sent[1]["timings"]["wait"].dump(), "0.0");
    EXPECT_EQ(sent[1]["time"].dump(), "80.0");
    EXPECT_EQ(text(sent[1]["request"]["headers"][0]["name"]), "Idempotency-Key");
}

TEST(OtlpTest, HasTheFormOfOtlp) {
    const auto schema = kRoot / "docs" / "reference" / "schemas" / "otlp.schema.json";
    for (const Replay& one : runs()) {
        EXPECT_EQ(json_problems(schema, otlp_of(one.run)), "") << one.run.scenario.id;
    }
    EXPECT_NE(json_problems(schema, R"({"resourceSpans": [{"scopeSpans": 1}]})"), "");
}

Json spans_of(const RunRecord& run) {
    return Json::parse(otlp_of(run))["resourceSpans"][0]["scopeSpans"][0]["spans"];
}

TEST(OtlpTest, EveryParentAndLinkIsASpanThatBeganBefore) {
    for (const Replay& one : runs()) {
        std::map<std::string, std::int64_t> begins;
        for (const Json& span : spans_of(one.run)) {
            const std::int64_t begin = std::stoll(text(span["startTimeUnixNano"]));
            EXPECT_LE(begin, std::stoll(text(span["endTimeUnixNano"])));
            std::vector<std::string> others;
            if (span.contains("parentSpanId")) others.push_back(text(span["parentSpanId"]));
            if (span.contains("links")) others.push_back(text(span["links"][0]["spanId"]));
            for (const std::string& other : others) {
                ASSERT_TRUE(begins.contains(other)) << one.run.scenario.id << span.dump();
                EXPECT_LE(begins[other], begin);
            }
            EXPECT_TRUE(begins.emplace(text(span["spanId"]), begin).second) << "an id of two spans";
        }
    }
}

TEST(OtlpTest, ARetryLinksToTheAttemptBeforeItAndADeliveryToItsRequest) {
    const RunRecord& run = failing("lost-response-fresh-key").run;
    std::map<std::string, Json> by_id;
    int retries = 0;
    int deliveries = 0;
    for (const Json& span : spans_of(run)) {
        by_id[text(span["spanId"])] = span;
        if (!span.contains("links")) continue;
        const Json& linked = by_id[text(span["links"][0]["spanId"])];
        if (span["kind"].get<int>() == 3) {
            ++retries;
            EXPECT_EQ(linked["kind"].get<int>(), 3);
        } else {
            ++deliveries;
            EXPECT_EQ(linked["kind"].get<int>(), 2);
        }
    }
    EXPECT_EQ(retries, 1);
    EXPECT_EQ(deliveries, lines(run, "hook"));
}

TEST(SequencePageTest, MarksTheFirstBadLineAndWhatLedToIt) {
    const Replay& one = failing("lost-response-fresh-key");
    const std::string page = sequence_page_of(one.run, one.violations);
    ASSERT_EQ(one.violations.back().checker, "no_double_charge");
    const std::string bad = std::to_string(one.violations.back().line);
    EXPECT_THAT(page, HasSubstr("<g class=\"event money bad\" id=\"e" + bad + "\""));
    EXPECT_THAT(page, HasSubstr("<li id=\"l" + bad + "\" class=\"money bad\""));
    EXPECT_THAT(page, HasSubstr("✕ response:lost"));
    EXPECT_GE(count_of(" cause\" id=\"e", page), 3);
    EXPECT_EQ(count_of("<g class=\"event ", page), count_of("<li id=\"l", page));
}

TEST(SequencePageTest, NeedsNothingBesideItAndIsWellFormedWhereItMustBe) {
    for (const Replay& one : runs()) {
        const std::string page = sequence_page_of(one.run, one.violations);
        EXPECT_THAT(page, Not(HasSubstr("src=")));
        EXPECT_THAT(page, Not(HasSubstr("@import")));
        EXPECT_THAT(page, Not(HasSubstr("url(")));
        EXPECT_EQ(count_of("<g ", page), count_of("</g>", page));
        EXPECT_EQ(count_of("<text ", page), count_of("</text>", page));
        EXPECT_EQ(count_of("<li ", page), count_of("</li>", page));
    }
}

TEST(SequencePageTest, NoTextOfAScenarioIsMarkup) {
    Scenario scenario = failing("lost-response-fresh-key").run.scenario;
    scenario.story = "</p><script>alert(1)</script>\x1b[2J \u202e";
    scenario.steps[0].card = "\"><img src=x onerror=alert(1)>";
    scenario.steps[0].order = "order-1";
    const Replay one = replay(scenario, *find_shop(kReference)).value();
    const std::string page = sequence_page_of(one.run, one.violations);
    EXPECT_EQ(count_of("<script>", page), 1);
    EXPECT_THAT(page, Not(HasSubstr("<img")));
    EXPECT_THAT(page, Not(HasSubstr("\x1b")));
    EXPECT_THAT(page, Not(HasSubstr("\u202e")));
    EXPECT_THAT(page, HasSubstr("&lt;script&gt;"));
}

TEST(ExchangesTest, TellWhatNeverArrivedAndWhatNobodyAnswered) {
    Scenario scenario = failing("lost-response-fresh-key").run.scenario;
    scenario.faults = {{.operation = "order-1.pay",
                        .at = simulator::CutPoint::request,
                        .kind = simulator::FaultKind::lost}};
    const Replay one = replay(scenario, *find_shop(kReference)).value();
    const auto all = exchanges_of(one.run);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].reply, nullptr);
    ASSERT_NE(all[0].end, nullptr);
    EXPECT_TRUE(all[0].end->is("timeout"));
    ASSERT_NE(all[1].end, nullptr);
    EXPECT_TRUE(all[1].end->is("answer"));
    for (const HookExchange& hook : hook_exchanges_of(one.run)) {
        EXPECT_NE(hook.got, nullptr);
        EXPECT_NE(hook.reply, nullptr);
        EXPECT_EQ(hook.origin, all[1].request);
    }
}

}  // namespace
}  // namespace onsite::scenarios

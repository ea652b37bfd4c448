// Test clocks: a time of their own, forward only, with limits.
#include "simulator/billing/calendar.hpp"
#include "tests/unit/simulator/billing_steps.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsSupersetOf;

struct TestClocksTest : BillingTest {
    Reply try_to_advance(const std::string& id, std::int64_t moment) {
        return client.post("/v1/test_helpers/test_clocks/" + id + "/advance",
                           {{"frozen_time", fmt::format("{}", moment)}});
    }
};

TEST_F(TestClocksTest, AdvanceInTheirOwnTime) {
    const std::string id = clock(kStart + kDaySec);
    const std::string who = customer("pm_card_visa", id);
    EXPECT_EQ(client.get("/v1/customers/" + who).body["created"], kStart + kDaySec);
    const Reply reply = try_to_advance(id, kStart + 2 * kDaySec);
    EXPECT_EQ(reply.text("/status"), "advancing");
    EXPECT_EQ(reply.body["status_details"]["advancing"]["target_frozen_time"],
              kStart + 2 * kDaySec);
    EXPECT_EQ(try_to_advance(id, kStart + 3 * kDaySec).status(), 400);
    pass(0);
    const Reply ready = client.get("/v1/test_helpers/test_clocks/" + id);
    EXPECT_EQ(ready.text("/status"), "ready");
    EXPECT_EQ(ready.body["frozen_time"], kStart + 2 * kDaySec);
    EXPECT_EQ(simulator.timeline().now_s(), kStart);
    EXPECT_THAT(events(), IsSupersetOf({"test_helpers.test_clock.advancing",
                                        "test_helpers.test_clock.ready"}));
}

TEST_F(TestClocksTest, MoveForwardOnlyAndTwoIntervalsAtMost) {
    const std::string id = clock(kStart);
    EXPECT_THAT(try_to_advance(id, kStart).error("message"), HasSubstr("only moves forward"));
    EXPECT_EQ(try_to_advance(id, add_months(kStart, 24) + 1).status(), 400);
    subscribe(customer("pm_card_visa", id), price(5'000));
    EXPECT_EQ(try_to_advance(id, add_months(kStart, 2) + 1).error("param"), "frozen_time");
    advance(id, add_months(kStart, 2));
}

TEST_F(TestClocksTest, HaveThreeCustomersWithThreeSubscriptions) {
    const std::string id = clock(kStart);
    const std::string who = customer("pm_card_visa", id);
    customer("pm_card_visa", id);
    customer("pm_card_visa", id);
    EXPECT_EQ(client.post("/v1/customers", {{"test_clock", id}}).error("param"), "test_clock");
    const std::string gold = price(5'000);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(subscribe(who, gold).status(), 200);
    EXPECT_EQ(subscribe(who, gold).status(), 400);
}

TEST_F(TestClocksTest, TakeTheirCustomersWithThem) {
    const std::string id = clock(kStart);
    const std::string who = customer("pm_card_visa", id);
    const Reply made = subscribe(who, price(5'000));
    EXPECT_EQ(client.del("/v1/test_helpers/test_clocks/" + id).body["deleted"], true);
    EXPECT_EQ(client.get("/v1/customers/" + who).body["deleted"], true);
    EXPECT_EQ(get_subscription(made.text("/id")).text("/status"), "canceled");
    EXPECT_EQ(client.get("/v1/test_helpers/test_clocks/" + id).status(), 404);
    EXPECT_TRUE(client.get("/v1/test_helpers/test_clocks").body["data"].empty());
}

TEST_F(TestClocksTest, DoNotMoveOtherCustomers) {
    const std::string id = clock(kStart);
    subscribe(customer("pm_card_visa", id), price(5'000));
    subscribe(customer(), price(5'000));
    advance(id, add_months(kStart, 1) + 3'600);
    EXPECT_EQ(invoices().size(), 3u);
}

}  // namespace
}  // namespace onsite::simulator::testing

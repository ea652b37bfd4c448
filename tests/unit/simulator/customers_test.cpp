#include "tests/support/simulator_test.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct CustomersTest : SimulatorTest {};

TEST_F(CustomersTest, AreMadeReadChangedAndDeleted) {
    const Reply made = client.post("/v1/customers", {{"name", "Ada"}, {"metadata[plan]", "a"}});
    ASSERT_EQ(made.status(), 200) << made.body;
    EXPECT_THAT(made.text("/id"), HasSubstr("cus_"));
    EXPECT_EQ(made.body["created"], 1'767'603'600);
    const std::string path = "/v1/customers/" + made.text("/id");

    const Reply changed = client.post(path, {{"email", "ada@example.com"}, {"metadata[plan]", ""}});
    EXPECT_EQ(changed.text("/name"), "Ada");
    EXPECT_TRUE(changed.body["metadata"].empty());
    EXPECT_EQ(client.get(path).body, changed.body);

    EXPECT_EQ(client.del(path).body["deleted"], true);
    EXPECT_EQ(client.get(path).body["deleted"], true);
    EXPECT_EQ(client.post(path, {{"name", "Bea"}}).status(), 404);
}

TEST_F(CustomersTest, TellTheirEventsWhatChanged) {
    const Reply made = client.post("/v1/customers", {{"name", "Ada"}});
    client.post("/v1/customers/" + made.text("/id"), {{"name", "Bea"}});
    const Reply events = client.get("/v1/events");
    ASSERT_EQ(events.body["data"].size(), 2u);
    EXPECT_EQ(events.text("/data/0/type"), "customer.updated");
    EXPECT_EQ(events.body["data"][0]["data"]["previous_attributes"],
              (nlohmann::json{{"name", "Ada"}}));
    EXPECT_EQ(events.text("/data/1/request/id"), made.response.request_id);
}

TEST_F(CustomersTest, AreListedNewestFirstInPages) {
    for (const char* name : {"a", "b", "c"}) client.post("/v1/customers", {{"name", name}});
    const Reply first = client.get("/v1/customers", {{"limit", "2"}});
    EXPECT_EQ(first.text("/data/0/name"), "c");
    EXPECT_EQ(first.body["has_more"], true);
    const Reply second =
        client.get("/v1/customers", {{"limit", "2"}, {"starting_after", first.text("/data/1/id")}});
    ASSERT_EQ(second.body["data"].size(), 1u);
    EXPECT_EQ(second.body["has_more"], false);
    const Reply back = client.get("/v1/customers", {{"ending_before", second.text("/data/0/id")}});
    EXPECT_EQ(back.body["data"], first.body["data"]);
}

TEST_F(CustomersTest, RefuseWhatStripeRefuses) {
    EXPECT_EQ(client.post("/v1/customers", {{"nam", "Ada"}}).error("message"),
              "Received unknown parameter: nam");
    EXPECT_EQ(client.get("/v1/customers/cus_0").error("message"), "No such customer: 'cus_0'");
    EXPECT_EQ(client.get("/v1/customers", {{"limit", "101"}}).error("code"),
              "parameter_invalid_integer");
    EXPECT_THAT(client.post("/v1/customers", {{"expand[]", "name"}}).error("message"),
                HasSubstr("This property cannot be expanded (name)"));
}

TEST_F(CustomersTest, OfAnotherKeyAreAnotherWorld) {
    const Reply made = client.post("/v1/customers", {{"name", "Ada"}});
    StripeClient other(simulator, "sk_test_2");
    EXPECT_EQ(other.get("/v1/customers/" + made.text("/id")).status(), 404);
}

}  // namespace
}  // namespace onsite::simulator::testing

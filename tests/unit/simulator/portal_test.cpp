// The billing portal: the call that makes a session, and what its page's buttons do.
// Source: docs.stripe.com/customer-management/portal-deep-links.
#include "tests/unit/simulator/page_steps.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kSessions = "/v1/billing_portal/sessions";

struct PortalTest : PageTest {
    nlohmann::json open(const std::string& more = {}) {
        return post(kSessions, fmt::format("customer={}&return_url=http://shop.test/account{}",
                                           customer, more));
    }
    // flow_data of one of the customer's subscription.
    nlohmann::json flow(std::string_view type, const std::string& more = {}) {
        return open(fmt::format("&flow_data[type]={0}&flow_data[{0}][subscription]={1}{2}", type,
                                subscription, more));
    }
    nlohmann::json now() { return get("/v1/subscriptions/" + subscription); }

    std::string customer =
        post("/v1/customers", "invoice_settings[default_payment_method]=pm_card_visa")["id"];
    std::string gold = monthly();
    std::string subscription = post(
        "/v1/subscriptions", fmt::format("customer={}&items[0][price]={}", customer, gold))["id"];
};

TEST_F(PortalTest, LetsACustomerEndAndRenewASubscription) {
    const auto made = open();
    ASSERT_EQ(made["object"], "billing_portal.session") << made;
    EXPECT_TRUE(made["flow"].is_null());
    EXPECT_EQ(open()["configuration"], made["configuration"]);
    EXPECT_THAT(events(), Contains("billing_portal.session.created"));
    EXPECT_THAT(send("GET", page_of(made)).body, HasSubstr("Gold, $9.00 usd every month"));

    const auto ended = submit(made, "result=cancel&subscription=" + subscription);
    EXPECT_EQ(ended.status, 303);
    EXPECT_EQ(place(ended), made["url"].get<std::string>());
    EXPECT_EQ(now()["cancel_at_period_end"], true);
    EXPECT_EQ(now()["status"], "active");
    EXPECT_EQ(events().front(), "customer.subscription.updated");
    EXPECT_THAT(send("GET", page_of(made)).body, HasSubstr("ends on 05 Feb 2026"));

    submit(made, "result=renew&subscription=" + subscription);
    EXPECT_EQ(now()["cancel_at_period_end"], false);
    EXPECT_TRUE(now()["cancel_at"].is_null());
    EXPECT_TRUE(now()["canceled_at"].is_null());
}

TEST_F(PortalTest, KeepsACardAsTheDefault) {
    const auto made = open("&flow_data[type]=payment_method_update");
    EXPECT_EQ(made["flow"]["type"], "payment_method_update");
    const auto before = get("/v1/customers/" + customer)["invoice_settings"];
    EXPECT_EQ(submit(made, "result=card&card=4000000000000002").status, 402);
    EXPECT_EQ(get("/v1/customers/" + customer)["invoice_settings"], before);
    EXPECT_EQ(submit(made, "result=card&card=5555555555554444").status, 303);
    const auto after = get("/v1/customers/" + customer)["invoice_settings"];
    const std::string method = after["default_payment_method"];
    EXPECT_EQ(get("/v1/payment_methods/" + method)["card"]["brand"], "mastercard");
    EXPECT_EQ(events().front(), "customer.updated");
}

TEST_F(PortalTest, CarriesOutAFlowAndSendsTheBrowserWhereItLeads) {
    const auto made =
        flow("subscription_cancel",
             "&flow_data[after_completion][type]=redirect"
             "&flow_data[after_completion][redirect][return_url]=http://shop.test/bye");
    EXPECT_EQ(made["flow"]["subscription_cancel"]["subscription"], subscription);
    for (const char* other : {"customer_update", "subscription_pause", "subscription_update"}) {
        EXPECT_EQ(made["flow"].at(other), nullptr);
    }
    EXPECT_EQ(made["flow"]["after_completion"]["redirect"]["return_url"], "http://shop.test/bye");
    EXPECT_EQ(place(submit(made, "result=cancel&subscription=" + subscription)),
              "http://shop.test/bye");
    EXPECT_EQ(now()["cancel_at_period_end"], true);
}

TEST_F(PortalTest, ConfirmsAnUpdateThatTheClientDescribed) {
    const std::string platinum = monthly(5'000);
    const std::string item = now()["items"]["data"][0]["id"];
    const std::string change = fmt::format(
        "&flow_data[subscription_update_confirm][items][0][id]={}"
        "&flow_data[subscription_update_confirm][items][0][price]={}"
        "&flow_data[subscription_update_confirm][items][0][quantity]=2",
        item, platinum);
    const auto made = flow("subscription_update_confirm", change);
    EXPECT_EQ(made["flow"]["subscription_update_confirm"]["items"][0]["price"], platinum) << made;
    EXPECT_THAT(send("GET", page_of(made)).body, HasSubstr("2 × Gold, $50.00"));
    EXPECT_EQ(now()["items"]["data"][0]["price"]["id"], gold);  // Not before it is confirmed.
    EXPECT_EQ(submit(made, "result=confirm").status, 303);
    EXPECT_EQ(now()["items"]["data"][0]["price"]["id"], platinum);
    EXPECT_EQ(now()["items"]["data"][0]["quantity"], 2);
}

TEST_F(PortalTest, OffersTheOtherPricesOfTheCurrency) {
    const std::string silver = monthly(400);
    post("/v1/prices",
         "currency=eur&unit_amount=1&product_data[name]=Euro&recurring[interval]=month");
    const auto made = flow("subscription_update");
    const std::string page = send("GET", page_of(made)).body;
    EXPECT_THAT(page, HasSubstr("Switch to 1 × Gold, $4.00"));
    EXPECT_THAT(page, Not(HasSubstr("Euro")));
    submit(made, fmt::format("result=switch&subscription={}&price={}", subscription, silver));
    EXPECT_EQ(now()["items"]["data"][0]["price"]["id"], silver);
}

TEST_F(PortalTest, TouchesNothingOfOtherCustomers) {
    const std::string other = post("/v1/customers", "name=<b>Eve</b>")["id"];
    const auto made = post(kSessions, "customer=" + other);
    EXPECT_EQ(submit(made, "result=cancel&subscription=" + subscription).status, 400);
    EXPECT_EQ(
        submit(made, fmt::format("result=switch&subscription={}&price={}", subscription, gold))
            .status,
        400);
    EXPECT_EQ(now()["cancel_at_period_end"], false);
    const auto refused =
        post(kSessions, fmt::format("customer={}&flow_data[type]=subscription_cancel"
                                    "&flow_data[subscription_cancel][subscription]={}",
                                    other, subscription));
    EXPECT_EQ(refused["error"]["param"], "flow_data[subscription_cancel][subscription]");
}

TEST_F(PortalTest, RefusesWhatItCannotDo) {
    EXPECT_EQ(post(kSessions)["error"]["param"], "customer");
    EXPECT_EQ(post(kSessions, "customer=cus_x")["error"]["code"], "resource_missing");
    EXPECT_EQ(open("&configuration=bpc_1")["error"]["param"], "configuration");
    EXPECT_EQ(open("&flow_data[type]=nothing")["error"]["param"], "flow_data[type]");
    EXPECT_EQ(flow("subscription_update_confirm")["error"]["param"],
              "flow_data[subscription_update_confirm][items]");
    EXPECT_EQ(send("GET", "/_onsite/portal/bps_x").status, 404);
    EXPECT_EQ(send("POST", "/_onsite/portal/bps_x", "result=cancel").status, 404);
    EXPECT_EQ(submit(open(), "result=explode").status, 400);
    EXPECT_EQ(submit(open(), "").status, 400);
}

TEST_F(PortalTest, DoesOnlyWhatItsFlowOffers) {
    const std::string silver = monthly(400);
    const auto of_cards = open("&flow_data[type]=payment_method_update");
    EXPECT_EQ(submit(of_cards, "result=cancel&subscription=" + subscription).status, 400);
    const auto to_cancel = flow("subscription_cancel");
    const std::string to_silver =
        fmt::format("result=switch&subscription={}&price={}", subscription, silver);
    EXPECT_EQ(submit(to_cancel, to_silver).status, 400);
    EXPECT_EQ(submit(to_cancel, "result=confirm").status, 400);
    EXPECT_EQ(submit(open(), to_silver).status, 400);
    const auto to_update = flow("subscription_update");
    EXPECT_EQ(submit(to_update, "result=card&card=5555555555554444").status, 400);
    EXPECT_EQ(now()["cancel_at_period_end"], false);
    EXPECT_NE(now()["items"]["data"][0]["price"]["id"], silver);
}

TEST_F(PortalTest, ShowsTextsOfClientsAsText) {
    post("/v1/products", "id=evil&name=<script>alert(1)</script>");
    const std::string price = post("/v1/prices",
                                   "currency=usd&unit_amount=1&product=evil"
                                   "&recurring[interval]=month")["id"];
    post("/v1/subscriptions", fmt::format("customer={}&items[0][price]={}", customer, price));
    const auto made = post(kSessions, "customer=" + customer + "&return_url=javascript://x");
    const std::string page = send("GET", page_of(made)).body;
    EXPECT_THAT(page, Not(HasSubstr("<script>")));
    EXPECT_THAT(page, Not(HasSubstr("javascript:")));
}

}  // namespace
}  // namespace onsite::simulator::testing

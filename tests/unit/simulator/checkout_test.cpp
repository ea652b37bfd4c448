// Checkout sessions, from the call that makes one to the page on which somebody pays.
#include "tests/unit/simulator/page_steps.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kSessions = "/v1/checkout/sessions";
// A payment of two shirts, without a customer.
constexpr const char* kShirts =
    "mode=payment&success_url=http://shop.test/done?s={CHECKOUT_SESSION_ID}"
    "&cancel_url=http://shop.test/cart&line_items[0][quantity]=2"
    "&line_items[0][price_data][currency]=usd&line_items[0][price_data][unit_amount]=1500"
    "&line_items[0][price_data][product_data][name]=<b>Shirt</b>";

struct CheckoutTest : PageTest {
    nlohmann::json read(const nlohmann::json& made) {
        return get(fmt::format("{}/{}", kSessions, made["id"].get<std::string>()));
    }
    std::string authenticate(const HttpResponse& response, const std::string& result) {
        const std::string url = place(response);
        EXPECT_THAT(url, HasSubstr("/_onsite/3ds/"));
        return place(send("POST", url.substr(url.find("/_onsite")), "result=" + result));
    }
    nlohmann::json subscription(const std::string& more = {}) {
        return post(kSessions, fmt::format("mode=subscription&success_url=http://shop.test/done"
                                           "&line_items[0][price]={}&line_items[0][quantity]=1{}",
                                           monthly(), more));
    }
};

// ---- A payment ----

TEST_F(CheckoutTest, TakesAPaymentAndSendsTheBuyerOn) {
    const auto made = post(kSessions, std::string(kShirts) +
                                          "&client_reference_id=order_1&metadata[a]=b"
                                          "&payment_intent_data[metadata][order]=1");
    ASSERT_EQ(made["status"], "open") << made;
    EXPECT_EQ(made["amount_total"], 3'000);
    EXPECT_EQ(made["payment_status"], "unpaid");
    EXPECT_TRUE(made["payment_intent"].is_null());
    EXPECT_THAT(made["url"].get<std::string>(), HasSubstr("/_onsite/checkout/cs_test_"));

    const auto paid = submit(made, "result=pay&email=ada@example.com&name=Ada");
    EXPECT_EQ(paid.status, 303);
    EXPECT_EQ(place(paid), "http://shop.test/done?s=" + made["id"].get<std::string>());
    const auto after = read(made);
    EXPECT_EQ(after["status"], "complete");
    EXPECT_EQ(after["payment_status"], "paid");
    EXPECT_TRUE(after["url"].is_null());
    EXPECT_EQ(after["customer_details"]["email"], "ada@example.com");
    EXPECT_TRUE(after["customer"].is_null());
    const auto intent = get("/v1/payment_intents/" + after["payment_intent"].get<std::string>());
    EXPECT_EQ(intent["status"], "succeeded");
    EXPECT_EQ(intent["amount_received"], 3'000);
    EXPECT_EQ(intent["metadata"]["order"], "1");
    EXPECT_EQ(events().front(), "checkout.session.completed");
}

TEST_F(CheckoutTest, StaysOpenWhenTheBankDeclines) {
    const auto made = post(kSessions, kShirts);
    const auto declined = submit(made, "result=pay&card=4000000000000002");
    EXPECT_EQ(declined.status, 402);
    EXPECT_THAT(declined.body, HasSubstr("Your card was declined."));
    EXPECT_EQ(read(made)["status"], "open");
    EXPECT_EQ(submit(made, "result=pay&card=pm_card_visa").status, 303);
    EXPECT_EQ(read(made)["payment_status"], "paid");
    EXPECT_EQ(get("/v1/payment_intents")["data"].size(), 1u) << "the same intent goes on";
}

TEST_F(CheckoutTest, IsCompleteOnceTheBuyerIsAuthenticated) {
    const auto made = post(kSessions, kShirts);
    const auto asked = submit(made, "result=pay&card=pm_card_authenticationRequired");
    EXPECT_EQ(read(made)["status"], "open");
    const std::string back = authenticate(asked, "complete");
    EXPECT_THAT(back, HasSubstr("/_onsite/checkout/"));
    EXPECT_EQ(read(made)["payment_status"], "paid");
    const auto shown = send("GET", back.substr(back.find("/_onsite")));
    EXPECT_THAT(place(shown), HasSubstr("http://shop.test/done"));
}

TEST_F(CheckoutTest, StaysOpenWhenTheAuthenticationFails) {
    const auto made = post(kSessions, kShirts);
    authenticate(submit(made, "result=pay&card=pm_card_authenticationRequired"), "fail");
    EXPECT_EQ(read(made)["status"], "open");
    EXPECT_EQ(submit(made, "result=pay").status, 303);
}

TEST_F(CheckoutTest, SendsBackWhoCancels) {
    const auto made = post(kSessions, kShirts);
    EXPECT_EQ(place(submit(made, "result=cancel")), "http://shop.test/cart");
    EXPECT_EQ(read(made)["status"], "open");
    EXPECT_THAT(events(), Not(Contains("payment_intent.created")));
}

TEST_F(CheckoutTest, ShowsTextsAndNoMarkupOfAClient) {
    const auto made = post(kSessions, kShirts);
    const std::string url = made["url"];
    const auto page = send("GET", url.substr(url.find("/_onsite")));
    EXPECT_THAT(page.body, HasSubstr("2 × &lt;b&gt;Shirt&lt;/b&gt;: $30.00 usd"));
    EXPECT_THAT(page.body, Not(HasSubstr("<b>Shirt")));
    EXPECT_EQ(send("GET", "/_onsite/checkout/cs_0").status, 404);
    EXPECT_EQ(submit(made, "card=1").status, 400);
    EXPECT_EQ(submit(made, "result=pay&card=1234").status, 402);
}

TEST_F(CheckoutTest, HoldsWhatIsCapturedLater) {
    const auto made = post(kSessions, std::string(kShirts) +
                                          "&payment_intent_data[capture_method]=manual"
                                          "&customer_creation=always");
    submit(made, "result=pay&email=ada@example.com");
    const auto after = read(made);
    EXPECT_EQ(after["payment_status"], "unpaid");
    EXPECT_EQ(after["status"], "complete");
    const auto customer = get("/v1/customers/" + after["customer"].get<std::string>());
    EXPECT_EQ(customer["email"], "ada@example.com");
}

TEST_F(CheckoutTest, TakesACoupon) {
    post("/v1/coupons", "id=half&percent_off=50");
    const auto made = post(kSessions, std::string(kShirts) + "&discounts[0][coupon]=half");
    EXPECT_EQ(made["amount_subtotal"], 3'000);
    EXPECT_EQ(made["amount_total"], 1'500);
    EXPECT_EQ(made["total_details"]["amount_discount"], 1'500);
    EXPECT_EQ(made["discounts"][0]["coupon"], "half");
    submit(made, "result=pay");
    EXPECT_EQ(get("/v1/coupons/half")["times_redeemed"], 1);
}

TEST_F(CheckoutTest, CountsACouponThatLeavesNothingToPay) {
    post("/v1/coupons", "id=all&percent_off=100");
    const auto made = post(kSessions, std::string(kShirts) + "&discounts[0][coupon]=all");
    EXPECT_EQ(submit(made, "result=pay").status, 303);
    EXPECT_EQ(read(made)["payment_status"], "no_payment_required");
    EXPECT_TRUE(read(made)["payment_intent"].is_null());
    EXPECT_EQ(get("/v1/coupons/all")["times_redeemed"], 1);
}

// ---- A setup, a subscription ----

TEST_F(CheckoutTest, KeepsACardForLater) {
    const std::string who = post("/v1/customers", "name=Ada")["id"];
    const auto made =
        post(kSessions, "mode=setup&currency=usd&success_url=http://shop.test/&customer=" + who);
    ASSERT_EQ(made["status"], "open") << made;
    EXPECT_TRUE(made["amount_total"].is_null());
    EXPECT_EQ(submit(made, "result=pay").status, 303);
    const auto after = read(made);
    EXPECT_EQ(after["payment_status"], "no_payment_required");
    EXPECT_EQ(get("/v1/setup_intents/" + after["setup_intent"].get<std::string>())["status"],
              "succeeded");
    EXPECT_EQ(get("/v1/customers/" + who + "/payment_methods")["data"].size(), 1u);
}

TEST_F(CheckoutTest, BeginsASubscription) {
    const auto made = subscription(
        "&customer_email=ada@example.com&subscription_data[metadata][team]=7"
        "&line_items[1][price_data][currency]=usd&line_items[1][price_data][unit_amount]=100"
        "&line_items[1][price_data][product_data][name]=Setup&line_items[1][quantity]=1");
    ASSERT_EQ(made["amount_total"], 1'000) << made;
    EXPECT_EQ(submit(made, "result=pay").status, 303);
    const auto after = read(made);
    EXPECT_EQ(after["payment_status"], "paid");
    const auto begun = get("/v1/subscriptions/" + after["subscription"].get<std::string>());
    EXPECT_EQ(begun["status"], "active");
    EXPECT_EQ(begun["metadata"]["team"], "7");
    EXPECT_EQ(begun["customer"], after["customer"]);
    EXPECT_EQ(get("/v1/invoices/" + after["invoice"].get<std::string>())["total"], 1'000);
    EXPECT_EQ(get("/v1/customers/" + after["customer"].get<std::string>())["email"],
              "ada@example.com");
}

TEST_F(CheckoutTest, BeginsASubscriptionOnceItsFirstPaymentIsAuthenticated) {
    const auto made = subscription();
    authenticate(submit(made, "result=pay&card=pm_card_authenticationRequired"), "complete");
    EXPECT_EQ(read(made)["payment_status"], "paid");
}

TEST_F(CheckoutTest, LetsAnotherCardPayAFirstInvoice) {
    const auto made = subscription();
    EXPECT_EQ(submit(made, "result=pay&card=pm_card_chargeCustomerFail").status, 402);
    EXPECT_TRUE(read(made)["subscription"].is_null()) << "shown when it is complete";
    EXPECT_EQ(submit(made, "result=pay&card=pm_card_visa").status, 303);
    EXPECT_EQ(read(made)["payment_status"], "paid");
    EXPECT_EQ(get("/v1/subscriptions?status=all")["data"].size(), 1u);
}

TEST_F(CheckoutTest, BeginsATrialWithoutAPayment) {
    const auto made = subscription("&subscription_data[trial_period_days]=14");
    EXPECT_EQ(made["amount_total"], 0);
    submit(made, "result=pay");
    const auto after = read(made);
    EXPECT_EQ(after["payment_status"], "no_payment_required");
    EXPECT_EQ(get("/v1/subscriptions/" + after["subscription"].get<std::string>())["status"],
              "trialing");
}

// ---- Its end ----

TEST_F(CheckoutTest, ExpiresAfterADayOrByCall) {
    const auto made = post(kSessions, kShirts);
    const auto other = post(kSessions, kShirts);
    const std::string path = fmt::format("{}/{}/expire", kSessions, other["id"].get<std::string>());
    EXPECT_EQ(post(path)["status"], "expired");
    EXPECT_THAT(post(path)["error"]["message"].get<std::string>(),
                HasSubstr(R"(with a status in ["open"] can be expired)"));
    send("POST", "/_onsite/clock", R"({"advance": 86400})");
    EXPECT_EQ(read(made)["status"], "expired");
    EXPECT_EQ(submit(made, "result=pay").status, 410);
    EXPECT_EQ(events().front(), "checkout.session.expired");
    EXPECT_TRUE(get("/v1/payment_intents")["data"].empty());
}

TEST_F(CheckoutTest, DoesNotExpireOnceItIsComplete) {
    const auto made = post(kSessions, kShirts);
    submit(made, "result=pay");
    send("POST", "/_onsite/clock", R"({"advance": 90000})");
    EXPECT_EQ(read(made)["status"], "complete");
}

// ---- Reading and refusing ----

TEST_F(CheckoutTest, ShowsItsLines) {
    const auto made =
        post(kSessions, std::string(kShirts) + "&expand[]=line_items.data.price.product");
    const auto& line = made["line_items"]["data"][0];
    EXPECT_EQ(line["object"], "item");
    EXPECT_EQ(line["amount_total"], 3'000);
    EXPECT_EQ(line["price"]["product"]["name"], "<b>Shirt</b>");
    const auto listed =
        get(fmt::format("{}/{}/line_items?limit=1", kSessions, made["id"].get<std::string>()));
    EXPECT_EQ(listed["data"].size(), 1u);
    EXPECT_EQ(listed["has_more"], false);
    EXPECT_EQ(get(std::string(kSessions) + "?status=open")["data"].size(), 1u);
    EXPECT_EQ(get(std::string(kSessions) + "?status=complete")["data"].size(), 0u);
}

TEST_F(CheckoutTest, RefusesWhatCannotBeSold) {
    const auto refused = [&](const std::string& form) {
        return post(kSessions, form)["error"]["message"].get<std::string>();
    };
    const std::string start = "success_url=http://shop.test/&mode=";
    const std::string recurring = "&line_items[0][price]=" + monthly();
    const std::string one = "&line_items[0][quantity]=1";
    EXPECT_THAT(refused(start + "payment"), HasSubstr("You must pass `line_items`"));
    EXPECT_THAT(refused(start + "payment" + recurring + one),
                HasSubstr("passed a recurring price"));
    EXPECT_THAT(refused(start + "payment" + recurring), HasSubstr("Quantity is required."));
    EXPECT_THAT(refused(start + "payment&line_items[0][price]=price_0" + one),
                HasSubstr("No such price: 'price_0'"));
    EXPECT_THAT(refused("mode=setup"), HasSubstr("success_url"));
    EXPECT_THAT(refused(start + "subscription" + recurring + one + "&payment_intent_data[x]=1"),
                HasSubstr("You can not pass `payment_intent_data` in `subscription` mode."));
    EXPECT_THAT(refused(std::string(kShirts) + "&tax_id_collection[enabled]=true"),
                HasSubstr("Checkout of this simulator does not take tax_id_collection"));
    EXPECT_THAT(refused(std::string(kShirts) + "&nonsense=1"), HasSubstr("unknown parameter"));
    EXPECT_THAT(refused(start +
                        "payment&line_items[0][price_data][currency]=usd"
                        "&line_items[0][price_data][unit_amount]=10"
                        "&line_items[0][price_data][product_data][name]=x" +
                        one),
                HasSubstr("at least $0.50 usd"));
    EXPECT_TRUE(get("/v1/products?limit=10")["data"].size() == 1u) << "nothing was made";
    EXPECT_TRUE(get(kSessions)["data"].empty());
}

}  // namespace
}  // namespace onsite::simulator::testing

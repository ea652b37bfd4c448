#include "simulator/payments/authentication.hpp"
#include "tests/support/simulator_test.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string kIntents = "/v1/payment_intents";

struct PaymentIntentsTest : SimulatorTest {
    Reply create(StripeClient::Values more = {}) {
        std::vector<std::pair<std::string_view, std::string_view>> all = {{"amount", "1999"},
                                                                          {"currency", "usd"}};
        all.insert(all.end(), more.begin(), more.end());
        return client.post(kIntents, params_of(all));
    }
    Reply pay(std::string_view card, StripeClient::Values more = {}) {
        std::vector<std::pair<std::string_view, std::string_view>> all = {
            {"amount", "1999"}, {"currency", "usd"}, {"confirm", "true"}, {"payment_method", card}};
        all.insert(all.end(), more.begin(), more.end());
        return client.post(kIntents, params_of(all));
    }
    Reply step(const std::string& id, const std::string& name, StripeClient::Values params = {}) {
        return client.post(kIntents + "/" + id + "/" + name, params);
    }
    // Oldest first.
    std::vector<std::string> events() {
        std::vector<std::string> types;
        const Reply list = client.get("/v1/events", {{"limit", "100"}});
        for (const auto& event : list.body["data"]) types.push_back(event["type"]);
        return {types.rbegin(), types.rend()};
    }
    bool authenticate(const std::string& id, bool succeeds) {
        return complete_authentication(*simulator.find_world("sk_test_1"), id, succeeds)
            .has_value();
    }
};

TEST_F(PaymentIntentsTest, TellOfADeclineWhatStripeTells) {
    const Reply declined = pay("pm_card_visa_chargeDeclined");
    EXPECT_EQ(declined.error("advice_code"), "try_again_later");
    EXPECT_EQ(declined.error("network_decline_code"), "01");
    EXPECT_EQ(declined.text("/error/payment_method/card/last4"), "0002");
    const auto& last = declined.body["error"]["payment_intent"]["last_payment_error"];
    EXPECT_EQ(last["advice_code"], "try_again_later");
    EXPECT_EQ(last["payment_method"], declined.body["error"]["payment_method"]);
    EXPECT_FALSE(last.contains("request_log_url"));
    const Reply charge = client.get("/v1/charges/" + declined.error("charge"));
    EXPECT_EQ(charge.text("/outcome/network_decline_code"), "01");
}

TEST_F(PaymentIntentsTest, AdviseWhatToDoAfterADecline) {
    struct Case {
        const char* card;
        const char* advice;
        const char* network_code;
    };
    for (const auto& [card, advice, network_code] :
         {Case{"pm_card_visa_chargeDeclinedInsufficientFunds", "try_again_later", "51"},
          Case{"pm_card_visa_chargeDeclinedStolenCard", "do_not_try_again", "43"},
          Case{"pm_card_chargeDeclinedExpiredCard", "confirm_card_data", "54"},
          // No network declined these.
          Case{"pm_card_radarBlock", "", ""},
          Case{"pm_card_chargeDeclinedProcessingError", "", ""}}) {
        const Reply declined = pay(card);
        EXPECT_EQ(declined.error("advice_code"), advice) << card;
        EXPECT_EQ(declined.error("network_decline_code"), network_code) << card;
    }
}

TEST_F(PaymentIntentsTest, GoFromCreationOverConfirmationToSuccess) {
    const Reply made = create({{"metadata[order]", "7"}});
    ASSERT_EQ(made.status(), 200) << made.body;
    const std::string id = made.text("/id");
    EXPECT_EQ(made.text("/status"), "requires_payment_method");
    EXPECT_THAT(made.text("/client_secret"), StartsWith(id + "_secret_"));
    const Reply chosen = client.post(kIntents + "/" + id, {{"payment_method", "pm_card_visa"}});
    EXPECT_EQ(chosen.text("/status"), "requires_confirmation");
    const Reply paid = step(id, "confirm", {{"expand[]", "latest_charge.balance_transaction"}});
    ASSERT_EQ(paid.status(), 200) << paid.body;
    EXPECT_EQ(paid.text("/status"), "succeeded");
    EXPECT_EQ(paid.body["amount_received"], 1999);
    EXPECT_EQ(paid.text("/latest_charge/metadata/order"), "7");
    EXPECT_EQ(paid.body["latest_charge"]["balance_transaction"]["fee"], 88);  // 57.97 + 30.
    EXPECT_THAT(events(), ElementsAre("payment_intent.created", "charge.succeeded",
                                      "payment_intent.succeeded", "charge.updated"));
}

TEST_F(PaymentIntentsTest, AnswerWhatTheirLastEventSaid) {
    const Reply paid = pay("pm_card_visa", {{"capture_method", "automatic"}});
    const Reply list = client.get("/v1/events", {{"type", "payment_intent.succeeded"}});
    EXPECT_EQ(list.body["data"][0]["data"]["object"], paid.body);
    EXPECT_THAT(events(), ElementsAre("payment_intent.created", "charge.succeeded",
                                      "payment_intent.succeeded"));
}

TEST_F(PaymentIntentsTest, AreDeclinedWithTheIntentInTheError) {
    const Reply refused = pay("pm_card_visa_chargeDeclinedInsufficientFunds");
    EXPECT_EQ(refused.status(), 402);
    EXPECT_EQ(refused.error("type"), "card_error");
    EXPECT_EQ(refused.error("code"), "card_declined");
    EXPECT_EQ(refused.error("decline_code"), "insufficient_funds");
    EXPECT_EQ(refused.error("message"), "Your card has insufficient funds.");
    EXPECT_THAT(refused.error("charge"), StartsWith("ch_"));
    EXPECT_EQ(refused.text("/error/payment_intent/status"), "requires_payment_method");
    EXPECT_EQ(refused.text("/error/payment_intent/last_payment_error/decline_code"),
              "insufficient_funds");
    EXPECT_EQ(refused.text("/error/payment_intent/payment_method"), "null");
    EXPECT_THAT(events(), ElementsAre("payment_intent.created", "charge.failed",
                                      "payment_intent.payment_failed"));
    const std::string id = refused.text("/error/payment_intent/id");
    const Reply paid = step(id, "confirm", {{"payment_method", "pm_card_visa"}});
    EXPECT_EQ(paid.text("/status"), "succeeded");
    EXPECT_EQ(paid.text("/last_payment_error"), "null");
    EXPECT_EQ(client.get("/v1/charges", {{"payment_intent", id}}).body["data"].size(), 2u);
}

TEST_F(PaymentIntentsTest, HaveTheCodesOfTheirDeclines) {
    const std::pair<const char*, const char*> kCodes[] = {
        {"pm_card_chargeDeclinedExpiredCard", "expired_card"},
        {"pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc"},
        {"pm_card_chargeDeclinedProcessingError", "processing_error"},
        {"pm_card_visa_chargeDeclinedLostCard", "card_declined"},
        {"pm_card_chargeCustomerFail", "card_declined"},
    };
    for (const auto& [card, code] : kCodes) {
        EXPECT_EQ(pay(card).error("code"), code) << card;
    }
}

TEST_F(PaymentIntentsTest, WaitForTheOwnerOfTheCard) {
    const Reply waiting =
        pay("pm_card_authenticationRequired", {{"return_url", "https://shop.example/back?a=1"}});
    ASSERT_EQ(waiting.status(), 200) << waiting.body;
    const std::string id = waiting.text("/id");
    EXPECT_EQ(waiting.text("/status"), "requires_action");
    EXPECT_EQ(waiting.text("/next_action/type"), "redirect_to_url");
    EXPECT_THAT(waiting.text("/next_action/redirect_to_url/url"), EndsWith("/_onsite/3ds/" + id));
    EXPECT_THAT(return_url_of(*simulator.find_world("sk_test_1"), id),
                StartsWith("https://shop.example/back?a=1&payment_intent=" + id));
    EXPECT_TRUE(authenticate(id, true));
    EXPECT_FALSE(authenticate(id, true));
    const Reply paid = client.get(kIntents + "/" + id, {{"expand[]", "latest_charge"}});
    EXPECT_EQ(paid.text("/status"), "succeeded");
    EXPECT_EQ(paid.text("/latest_charge/payment_method_details/card/three_d_secure/result"),
              "authenticated");
    EXPECT_THAT(events(),
                ElementsAre("payment_intent.created", "payment_intent.requires_action",
                            "charge.succeeded", "payment_intent.succeeded", "charge.updated"));
    EXPECT_EQ(pay("pm_card_authenticationRequired").text("/next_action/type"), "use_stripe_sdk");
}

TEST_F(PaymentIntentsTest, FailWithAnAuthenticationThatFails) {
    const std::string id = pay("pm_card_threeDSecure2Required").text("/id");
    EXPECT_TRUE(authenticate(id, false));
    const Reply failed = client.get(kIntents + "/" + id);
    EXPECT_EQ(failed.text("/status"), "requires_payment_method");
    EXPECT_EQ(failed.text("/last_payment_error/code"), "payment_intent_authentication_failure");
    EXPECT_EQ(failed.text("/latest_charge"), "null");
    const std::string declined = pay("pm_card_threeDSecureRequiredChargeDeclined").text("/id");
    EXPECT_TRUE(authenticate(declined, true));
    EXPECT_EQ(client.get(kIntents + "/" + declined).text("/last_payment_error/code"),
              "card_declined");
    EXPECT_FALSE(authenticate("pi_0", true));
}

TEST_F(PaymentIntentsTest, GoBackToTheServerWhenItConfirmsByHand) {
    const std::string id =
        pay("pm_card_authenticationRequired", {{"confirmation_method", "manual"}}).text("/id");
    EXPECT_TRUE(authenticate(id, true));
    EXPECT_EQ(client.get(kIntents + "/" + id).text("/status"), "requires_confirmation");
    EXPECT_EQ(step(id, "confirm").text("/status"), "succeeded");
}

TEST_F(PaymentIntentsTest, AskNobodyWhoIsAway) {
    const Reply refused = pay("pm_card_authenticationRequired", {{"off_session", "true"}});
    EXPECT_EQ(refused.status(), 402);
    EXPECT_EQ(refused.error("code"), "authentication_required");
    EXPECT_EQ(pay("pm_card_authenticationRequiredSetupForOffSession", {{"off_session", "true"}})
                  .text("/status"),
              "succeeded");
    EXPECT_EQ(create({{"off_session", "true"}}).error("param"), "off_session");
}

TEST_F(PaymentIntentsTest, FailInsteadOfAskingWhereNobodyHandlesActions) {
    const Reply refused =
        pay("pm_card_authenticationRequired", {{"error_on_requires_action", "true"}});
    EXPECT_EQ(refused.status(), 402);
    EXPECT_EQ(refused.error("code"), "authentication_required");
    EXPECT_EQ(refused.error("decline_code"), "authentication_not_handled");
    EXPECT_THAT(refused.error("message"), HasSubstr("but `error_on_requires_action` was set."));
    const auto& error = refused.body["error"];
    EXPECT_FALSE(error.contains("charge")) << "the bank was not asked";
    EXPECT_EQ(error["payment_intent"]["status"], "requires_payment_method");
    EXPECT_EQ(error["payment_intent"]["last_payment_error"]["decline_code"],
              "authentication_not_handled");
}

TEST_F(PaymentIntentsTest, SetUpACardForLaterPayments) {
    const std::string customer = client.post("/v1/customers").text("/id");
    const std::string id = pay("pm_card_authenticationRequiredOnSetup",
                               {{"customer", customer}, {"setup_future_usage", "off_session"}})
                               .text("/id");
    EXPECT_TRUE(authenticate(id, true));
    const std::string method = client.get(kIntents + "/" + id).text("/payment_method");
    EXPECT_EQ(client.get("/v1/payment_methods/" + method).text("/customer"), customer);
    EXPECT_EQ(pay(method, {{"customer", customer}, {"off_session", "true"}}).text("/status"),
              "succeeded");
    EXPECT_EQ(pay(method, {{"customer", customer}}).text("/status"), "requires_action");
    EXPECT_THAT(pay(method).error("message"), HasSubstr("belongs to the Customer"));
}

TEST_F(PaymentIntentsTest, UseUpAMethodWithoutACustomer) {
    const std::string method = pay("pm_card_visa").text("/payment_method");
    EXPECT_THAT(pay(method).error("message"), HasSubstr("It may not be used again"));
}

TEST_F(PaymentIntentsTest, HoldMoneyUntilTheCapture) {
    const Reply held = pay("pm_card_visa", {{"capture_method", "manual"}});
    const std::string id = held.text("/id");
    EXPECT_EQ(held.text("/status"), "requires_capture");
    EXPECT_EQ(held.body["amount_capturable"], 1999);
    EXPECT_EQ(step(id, "capture", {{"amount_to_capture", "2000"}}).error("code"),
              "amount_too_large");
    const Reply captured =
        step(id, "capture", {{"amount_to_capture", "1500"}, {"expand[]", "latest_charge"}});
    EXPECT_EQ(captured.text("/status"), "succeeded");
    EXPECT_EQ(captured.body["amount_received"], 1500);
    EXPECT_EQ(captured.body["amount_capturable"], 0);
    EXPECT_EQ(captured.body["latest_charge"]["amount_refunded"], 499);
    EXPECT_EQ(step(id, "capture").error("code"), "payment_intent_unexpected_state");
    EXPECT_THAT(events(), ElementsAre("payment_intent.created", "charge.succeeded",
                                      "payment_intent.amount_capturable_updated", "charge.captured",
                                      "payment_intent.succeeded"));
}

TEST_F(PaymentIntentsTest, LetAHoldExpireAfterSevenDays) {
    const std::string id = pay("pm_card_visa", {{"capture_method", "manual"}}).text("/id");
    simulator.timeline().advance_to(simulator.timeline().now_us() + 7 * kDay - 1);
    EXPECT_EQ(client.get(kIntents + "/" + id).text("/status"), "requires_capture");
    simulator.timeline().advance_to(simulator.timeline().now_us() + 1);
    EXPECT_EQ(client.get(kIntents + "/" + id).text("/cancellation_reason"), "automatic");
    EXPECT_EQ(events().back(), "payment_intent.canceled");
}

TEST_F(PaymentIntentsTest, RaiseAnAuthorization) {
    const Reply held =
        pay("pm_card_visa",
            {{"capture_method", "manual"},
             {"payment_method_options[card][request_incremental_authorization]", "if_available"}});
    const std::string id = held.text("/id");
    EXPECT_EQ(step(id, "increment_authorization", {{"amount", "1999"}}).status(), 400);
    EXPECT_EQ(step(id, "increment_authorization", {{"amount", "2500"}}).body["amount_capturable"],
              2500);
    EXPECT_EQ(step(id, "capture").body["amount_received"], 2500);
    const std::string plain = pay("pm_card_visa", {{"capture_method", "manual"}}).text("/id");
    EXPECT_EQ(step(plain, "increment_authorization", {{"amount", "2500"}}).status(), 400);
}

TEST_F(PaymentIntentsTest, AreCanceledOnceAndNeverAfterSuccess) {
    const std::string held = pay("pm_card_visa", {{"capture_method", "manual"}}).text("/id");
    const Reply canceled =
        step(held, "cancel", {{"cancellation_reason", "duplicate"}, {"expand[]", "latest_charge"}});
    EXPECT_EQ(canceled.text("/status"), "canceled");
    EXPECT_EQ(canceled.text("/cancellation_reason"), "duplicate");
    EXPECT_EQ(canceled.body["latest_charge"]["refunded"], true);
    EXPECT_EQ(step(held, "cancel").error("code"), "payment_intent_unexpected_state");
    const Reply late = step(pay("pm_card_visa").text("/id"), "cancel");
    EXPECT_EQ(late.status(), 400);
    EXPECT_THAT(late.error("message"),
                HasSubstr("You cannot cancel this PaymentIntent because it has a status of "
                          "succeeded. Only a PaymentIntent with one of the following statuses"));
    EXPECT_EQ(late.text("/error/payment_intent/status"), "succeeded");
}

TEST_F(PaymentIntentsTest, RefuseWhatTheirStateForbids) {
    const std::string id = pay("pm_card_visa").text("/id");
    EXPECT_THAT(step(id, "confirm").error("message"), HasSubstr("has already succeeded"));
    const Reply changed = client.post(kIntents + "/" + id, {{"amount", "2000"}});
    EXPECT_EQ(changed.error("code"), "payment_intent_unexpected_state");
    EXPECT_THAT(changed.error("message"), HasSubstr("amount could not be updated"));
    EXPECT_EQ(client.post(kIntents + "/" + id, {{"metadata[a]", "b"}}).status(), 200);
    EXPECT_THAT(step(create().text("/id"), "confirm").error("message"),
                HasSubstr("it's missing a payment method"));
}

TEST_F(PaymentIntentsTest, RefuseAmountsThatNobodyPays) {
    const auto refused = [&](const char* amount, const char* currency) {
        return client.post(kIntents, {{"amount", amount}, {"currency", currency}});
    };
    EXPECT_EQ(refused("49", "usd").error("message"), "Amount must be at least $0.50 usd");
    EXPECT_EQ(refused("49", "usd").error("code"), "amount_too_small");
    EXPECT_EQ(refused("100000000", "usd").error("message"),
              "Amount must be no more than $999,999.99");
    EXPECT_EQ(refused("100000000", "usd").error("code"), "amount_too_large");
    EXPECT_EQ(refused("0", "usd").error("code"), "parameter_invalid_integer");
    EXPECT_EQ(refused("12.5", "usd").error("code"), "parameter_invalid_integer");
    EXPECT_EQ(refused("50", "xxx").error("param"), "currency");
    EXPECT_EQ(client.post(kIntents, {{"amount", "50"}}).error("code"), "parameter_missing");
    EXPECT_EQ(refused("50", "jpy").status(), 200);
}

TEST_F(PaymentIntentsTest, ChangeNothingWhenTheyAreRefused) {
    pay("pm_nothing");
    pay("pm_card_visa", {{"customer", "cus_0"}});
    create({{"application_fee_amount", "5"}});
    create({{"payment_method_types[]", "ideal"}});
    EXPECT_TRUE(events().empty());
    EXPECT_TRUE(client.get(kIntents).body["data"].empty());
    EXPECT_EQ(client.post(kIntents + "/pi_1/apply_customer_balance").status(), 501);
}

TEST_F(PaymentIntentsTest, AreDeclinedByAFaultWhateverTheCard) {
    ASSERT_TRUE(simulator.faults().add({.operation = "POST /v1/payment_intents",
                                        .at = CutPoint::before_commit,
                                        .kind = FaultKind::decline,
                                        .code = "do_not_honor"}));
    EXPECT_EQ(pay("pm_card_visa").error("decline_code"), "do_not_honor");
    EXPECT_EQ(pay("pm_card_visa").text("/status"), "succeeded");
}

}  // namespace
}  // namespace onsite::simulator::testing

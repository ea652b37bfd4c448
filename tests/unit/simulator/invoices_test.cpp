// Invoices through the API: the table of transitions, totals, balances, numbers and time.
#include "tests/unit/simulator/billing_steps.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

struct InvoicesTest : BillingTest {
    std::string path(const Reply& invoice, std::string_view action = "") {
        return "/v1/invoices/" + invoice.text("/id") + std::string(action);
    }
    Reply drafted(std::int64_t amount, std::string_view method = "pm_card_visa") {
        const std::string who = customer(method);
        add_item(who, amount);
        return draft(who);
    }
};

TEST_F(InvoicesTest, AreDraftedFinalizedAndPaid) {
    const Reply made = drafted(1'000);
    ASSERT_EQ(made.status(), 200) << made.body;
    EXPECT_EQ(made.text("/status"), "draft");
    EXPECT_EQ(made.body["amount_due"], 1'000);
    EXPECT_TRUE(made.body["number"].is_null());
    const Reply open = client.post(path(made, "/finalize"));
    EXPECT_EQ(open.text("/status"), "open");
    EXPECT_THAT(open.text("/number"), HasSubstr("-0001"));
    const Reply paid = client.post(path(made, "/pay"));
    EXPECT_EQ(paid.text("/status"), "paid");
    EXPECT_EQ(paid.body["amount_paid"], 1'000);
    EXPECT_EQ(paid.body["attempt_count"], 1);
    expect_sums(paid.body);
    const Reply again = client.post(path(made, "/pay"));
    EXPECT_EQ(again.error("message"), "Invoice is already paid");
    EXPECT_EQ(count("invoice.paid"), 1);
}

TEST_F(InvoicesTest, HaveNoNextAttemptOnceTheyArePaid) {
    const Reply made = drafted(1'000);
    const Reply open = client.post(path(made, "/finalize"), {{"auto_advance", "true"}});
    EXPECT_FALSE(open.body["next_payment_attempt"].is_null());
    const Reply paid = client.post(path(made, "/pay"));
    EXPECT_EQ(paid.text("/status"), "paid");
    EXPECT_TRUE(paid.body["next_payment_attempt"].is_null());
}

TEST_F(InvoicesTest, ShowTheirPaymentWhenItIsExpanded) {
    const Reply made = drafted(1'000);
    const Reply open = client.post(
        path(made, "/finalize"), {{"expand[0]", "payments"}, {"expand[1]", "confirmation_secret"}});
    EXPECT_EQ(open.text("/payments/data/0/status"), "open");
    EXPECT_THAT(open.text("/confirmation_secret/client_secret"), HasSubstr("_secret_"));
    client.post(path(made, "/pay"));
    const Reply payments =
        client.get("/v1/invoice_payments", {{"invoice", made.text("/id")}, {"status", "paid"}});
    EXPECT_EQ(payments.body["data"][0]["amount_paid"], 1'000);
}

TEST_F(InvoicesTest, StayOpenWhenTheCardIsDeclined) {
    const Reply made = drafted(1'000, "pm_card_visa_chargeDeclined");
    client.post(path(made, "/finalize"));
    const Reply failed = client.post(path(made, "/pay"));
    EXPECT_EQ(failed.status(), 402);
    EXPECT_EQ(failed.error("code"), "card_declined");
    EXPECT_EQ(client.get(path(made)).text("/status"), "open");
    EXPECT_EQ(count("invoice.payment_failed"), 1);
    const Reply paid = client.post(path(made, "/pay"), {{"payment_method", "pm_card_visa"}});
    EXPECT_EQ(paid.text("/status"), "paid");
}

TEST_F(InvoicesTest, OfNothingArePaidAtOnce) {
    const Reply made = drafted(0, "");
    const Reply paid = client.post(path(made, "/finalize"));
    EXPECT_EQ(paid.text("/status"), "paid");
    EXPECT_EQ(paid.body["attempt_count"], 0);
}

TEST_F(InvoicesTest, CarryWhatIsTooSmallToCharge) {
    const Reply made = drafted(20);
    const Reply paid = client.post(path(made, "/finalize"));
    EXPECT_EQ(paid.text("/status"), "paid");
    EXPECT_EQ(client.get("/v1/customers/" + made.text("/customer")).body["balance"], 20);
}

TEST_F(InvoicesTest, UseTheBalanceAndGiveItBack) {
    const std::string who = customer();
    client.post("/v1/customers/" + who + "/balance_transactions",
                {{"amount", "-700"}, {"currency", "usd"}});
    add_item(who, 1'000);
    const Reply made = draft(who);
    const Reply open = client.post(path(made, "/finalize"));
    EXPECT_EQ(open.body["amount_due"], 300);
    EXPECT_EQ(open.body["starting_balance"], -700);
    EXPECT_EQ(open.body["ending_balance"], 0);
    EXPECT_EQ(client.get("/v1/customers/" + who).body["balance"], 0);
    client.post(path(made, "/void"));
    EXPECT_EQ(client.get("/v1/customers/" + who).body["balance"], -700);
}

TEST_F(InvoicesTest, BelowZeroBecomeCredit) {
    const Reply made = drafted(-2'500);
    const Reply paid = client.post(path(made, "/finalize"));
    EXPECT_EQ(paid.text("/status"), "paid");
    EXPECT_EQ(paid.body["amount_due"], 0);
    EXPECT_EQ(client.get("/v1/customers/" + made.text("/customer")).body["balance"], -2'500);
}

TEST_F(InvoicesTest, TakeCouponsAndTaxes) {
    client.post("/v1/coupons", {{"id", "third"}, {"percent_off", "33.3333"}});
    const Reply rate = client.post(
        "/v1/tax_rates", {{"display_name", "VAT"}, {"percentage", "19"}, {"inclusive", "false"}});
    const std::string who = customer();
    for (const int amount : {333, 333, 334}) add_item(who, amount);
    const Reply made = client.post("/v1/invoices", {{"customer", who},
                                                    {"pending_invoice_items_behavior", "include"},
                                                    {"discounts[0][coupon]", "third"},
                                                    {"default_tax_rates[0]", rate.text("/id")}});
    ASSERT_EQ(made.status(), 200) << made.body;
    EXPECT_EQ(made.body["total_discount_amounts"][0]["amount"], 333);
    expect_sums(made.body);
    EXPECT_EQ(made.body["total_excluding_tax"], 667);
    EXPECT_EQ(client.get("/v1/coupons/third").body["times_redeemed"], 1);
}

TEST_F(InvoicesTest, RefuseCouponsThatAreUsedUp) {
    client.post(
        "/v1/coupons",
        {{"id", "one"}, {"amount_off", "100"}, {"currency", "usd"}, {"max_redemptions", "1"}});
    const std::string who = customer();
    const auto take = [&] {
        return client.post("/v1/invoices", {{"customer", who}, {"discounts[0][coupon]", "one"}});
    };
    EXPECT_EQ(take().status(), 200);
    EXPECT_EQ(take().error("code"), "coupon_expired");
    EXPECT_EQ(client.get("/v1/coupons/one").body["valid"], false);
}

TEST_F(InvoicesTest, RefuseASecondCurrency) {
    const std::string who = customer();
    add_item(who, 1'000);
    const Reply other =
        client.post("/v1/invoiceitems", {{"customer", who}, {"amount", "1"}, {"currency", "eur"}});
    EXPECT_THAT(other.error("message"), HasSubstr("You cannot combine currencies"));
}

TEST_F(InvoicesTest, CannotBeEditedOnceFinal) {
    const Reply made = drafted(1'000);
    client.post(path(made, "/finalize"));
    EXPECT_EQ(client.post(path(made), {{"description", "x"}}).error("code"),
              "invoice_not_editable");
    EXPECT_EQ(client.post(path(made), {{"metadata[a]", "b"}}).status(), 200);
    EXPECT_EQ(client.post(path(made, "/finalize")).status(), 400);
    EXPECT_EQ(client.del(path(made)).status(), 400);
    const Reply items = client.get("/v1/invoiceitems", {{"invoice", made.text("/id")}});
    const std::string item = "/v1/invoiceitems/" + items.text("/data/0/id");
    EXPECT_EQ(client.post(item, {{"amount", "1"}}).error("code"), "invoice_not_editable");
    EXPECT_EQ(client.get(path(made)).body["total"], 1'000);
}

TEST_F(InvoicesTest, AreDeletedAsDraftsOnly) {
    const Reply made = drafted(1'000);
    EXPECT_EQ(client.del(path(made)).body["deleted"], true);
    EXPECT_EQ(client.get(path(made)).status(), 404);
    EXPECT_EQ(draft(made.text("/customer")).body["total"], 1'000);  // The item waited again.
}

TEST_F(InvoicesTest, AdvanceByThemselves) {
    const std::string who = customer();
    add_item(who, 1'000);
    const Reply made = client.post("/v1/invoices", {{"customer", who},
                                                    {"auto_advance", "true"},
                                                    {"pending_invoice_items_behavior", "include"}});
    EXPECT_EQ(made.body["automatically_finalizes_at"], kStart + 3'600);
    pass(3'599);
    EXPECT_EQ(client.get(path(made)).text("/status"), "draft");
    pass(1);
    EXPECT_EQ(client.get(path(made)).text("/status"), "paid");
}

TEST_F(InvoicesTest, WaitForEndpointsAtMostThreeDays) {
    simulator.on_event = [](World&, Event& event) { event.pending_webhooks = 1; };
    const std::string who = customer();
    add_item(who, 1'000);
    const Reply made = client.post("/v1/invoices", {{"customer", who},
                                                    {"auto_advance", "true"},
                                                    {"pending_invoice_items_behavior", "include"}});
    pass(72 * 3'600 - 1);
    EXPECT_EQ(client.get(path(made)).text("/status"), "draft");
    pass(1);
    EXPECT_EQ(client.get(path(made)).text("/status"), "paid");
}

TEST_F(InvoicesTest, AreSentAndBecomeOverdue) {
    const std::string who = customer("");
    add_item(who, 1'000);
    EXPECT_EQ(
        client.post("/v1/invoices", {{"customer", who}, {"collection_method", "send_invoice"}})
            .error("param"),
        "days_until_due");
    const Reply made = client.post("/v1/invoices", {{"customer", who},
                                                    {"collection_method", "send_invoice"},
                                                    {"days_until_due", "30"},
                                                    {"pending_invoice_items_behavior", "include"}});
    const Reply sent = client.post(path(made, "/send"));
    EXPECT_EQ(sent.text("/status"), "open");
    EXPECT_EQ(sent.body["due_date"], kStart + 30 * kDaySec);
    pass(31 * kDaySec);
    EXPECT_EQ(count("invoice.overdue"), 1);
    const Reply paid = client.post(path(made, "/pay"), {{"paid_out_of_band", "true"}});
    EXPECT_EQ(paid.body["amount_paid_off_stripe"], 1'000);
}

TEST_F(InvoicesTest, AreCreditedUpToTheirTotal) {
    const Reply made = drafted(1'000);
    client.post(path(made, "/finalize"));
    const std::string id = made.text("/id");
    const auto note = [&](std::string_view amount) {
        return client.post("/v1/credit_notes", {{"invoice", id}, {"amount", amount}});
    };
    const Reply first = note("400");
    EXPECT_EQ(first.text("/type"), "pre_payment");
    EXPECT_EQ(client.get(path(made)).body["amount_remaining"], 600);
    EXPECT_EQ(note("601").status(), 400);
    client.post("/v1/credit_notes/" + first.text("/id") + "/void");
    EXPECT_EQ(client.get(path(made)).body["amount_remaining"], 1'000);
    EXPECT_EQ(note("1000").status(), 200);
    EXPECT_EQ(client.get(path(made)).text("/status"), "paid");
}

TEST_F(InvoicesTest, GiveCreditAfterPaymentToTheBalance) {
    const Reply made = drafted(1'000);
    client.post(path(made, "/pay"));
    const Reply note =
        client.post("/v1/credit_notes",
                    {{"invoice", made.text("/id")}, {"amount", "300"}, {"credit_amount", "300"}});
    EXPECT_EQ(note.text("/type"), "post_payment");
    EXPECT_EQ(client.get("/v1/customers/" + made.text("/customer")).body["balance"], -300);
    EXPECT_EQ(client.get(path(made)).body["post_payment_credit_notes_amount"], 300);
}

TEST_F(InvoicesTest, HaveLinesInPages) {
    const std::string who = customer();
    for (const int amount : {1, 2, 3}) add_item(who, amount);
    const Reply made = draft(who);
    const Reply page = client.get(path(made, "/lines"), {{"limit", "2"}});
    EXPECT_EQ(page.body["has_more"], true);
    const Reply rest =
        client.get(path(made, "/lines"), {{"starting_after", page.text("/data/1/id")}});
    EXPECT_EQ(rest.body["data"][0]["amount"], 1) << "the newest comes first";
}

}  // namespace
}  // namespace onsite::simulator::testing

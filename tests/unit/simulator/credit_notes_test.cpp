// Credit notes of lines: what part of a line, its discounts and its taxes they give back.
#include "tests/unit/simulator/billing_steps.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::HasSubstr;

struct CreditNotesTest : BillingTest {
    CreditNotesTest() : who(customer()) {}

    // Four units of 250, ten percent tax on top; open unless it is paid.
    Reply invoice(bool is_paid) {
        const std::string price_id =
            client
                .post("/v1/prices",
                      {{"currency", "usd"}, {"unit_amount", "250"}, {"product_data[name]", "Seat"}})
                .text("/id");
        const std::string rate =
            client
                .post("/v1/tax_rates",
                      {{"display_name", "VAT"}, {"percentage", "10"}, {"inclusive", "false"}})
                .text("/id");
        client.post("/v1/invoiceitems", {{"customer", who},
                                         {"pricing[price]", price_id},
                                         {"quantity", "4"},
                                         {"tax_rates[0]", rate}});
        const Reply made = draft(who);
        const std::string path = "/v1/invoices/" + made.text("/id");
        return client.post(path + (is_paid ? "/pay" : "/finalize"));
    }
    Reply credit(const Reply& of, std::string_view quantity,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> more = {}) {
        return client.post("/v1/credit_notes", params(of, quantity, more));
    }
    Params params(const Reply& of, std::string_view quantity,
                  std::initializer_list<std::pair<std::string_view, std::string_view>> more) {
        std::vector<std::pair<std::string, std::string>> all = {
            {"invoice", of.text("/id")},
            {"lines[0][type]", "invoice_line_item"},
            {"lines[0][invoice_line_item]", of.text("/lines/data/0/id")},
            {"lines[0][quantity]", std::string(quantity)}};
        for (const auto& [name, value] : more) all.emplace_back(name, value);
        return params_of(all);
    }

    std::string who;
};

TEST_F(CreditNotesTest, CreditAPartOfALineWithItsTax) {
    const Reply made = invoice(false);
    ASSERT_EQ(made.body["total"], 1'100) << made.body;
    const Reply note = credit(made, "1");
    ASSERT_EQ(note.status(), 200) << note.body;
    EXPECT_EQ(note.body["amount"], 275);
    EXPECT_EQ(note.body["subtotal"], 250);
    EXPECT_EQ(note.body["total_taxes"][0]["amount"], 25);
    EXPECT_EQ(note.text("/lines/data/0/invoice_line_item"), made.text("/lines/data/0/id"));
    EXPECT_EQ(client.get("/v1/invoices/" + made.text("/id")).body["amount_remaining"], 825);
    const Reply lines = client.get("/v1/credit_notes/" + note.text("/id") + "/lines");
    EXPECT_EQ(lines.body["data"], note.body["lines"]["data"]);
}

TEST_F(CreditNotesTest, NeverCreditMoreOfALineThanItHas) {
    const Reply made = invoice(false);
    EXPECT_EQ(credit(made, "3").status(), 200);
    EXPECT_THAT(credit(made, "2").error("message"), HasSubstr("leaves 250 to be credited"));
    EXPECT_THAT(credit(made, "5").error("message"), HasSubstr("has 4 units to credit"));
    EXPECT_EQ(credit(made, "1").status(), 200);
    EXPECT_EQ(client.get("/v1/invoices/" + made.text("/id")).text("/status"), "paid");
}

TEST_F(CreditNotesTest, RefundTheChargeThatPaid) {
    const Reply made = invoice(true);
    ASSERT_EQ(made.text("/status"), "paid");
    const Reply note = credit(made, "2", {{"refund_amount", "550"}});
    ASSERT_EQ(note.status(), 200) << note.body;
    const Reply refund = client.get("/v1/refunds/" + note.text("/refunds/0/refund"));
    EXPECT_EQ(refund.body["amount"], 550);
    EXPECT_EQ(note.text("/type"), "post_payment");
    EXPECT_THAT(credit(made, "1", {{"refund_amount", "200"}}).error("message"),
                HasSubstr("must sum to 275, found 200"));
}

TEST_F(CreditNotesTest, ArePreviewedWithoutBeingMade) {
    const Reply made = invoice(false);
    const auto before = events().size();
    const Reply preview =
        client.get("/v1/credit_notes/preview", {{"invoice", made.text("/id")},
                                                {"lines[0][type]", "custom_line_item"},
                                                {"lines[0][quantity]", "2"},
                                                {"lines[0][unit_amount]", "30"},
                                                {"lines[0][description]", "Sorry"}});
    ASSERT_EQ(preview.status(), 200) << preview.body;
    EXPECT_EQ(preview.body["amount"], 60);
    EXPECT_EQ(preview.text("/lines/data/0/type"), "custom_line_item");
    const Reply lines = client.get("/v1/credit_notes/preview/lines",
                                   {{"invoice", made.text("/id")}, {"amount", "100"}});
    ASSERT_EQ(lines.body["data"].size(), 1u) << lines.body;
    EXPECT_EQ(lines.body["data"][0]["amount"], 100);
    EXPECT_EQ(client.get("/v1/credit_notes").body["data"].size(), 0u);
    EXPECT_EQ(events().size(), before);
}

TEST_F(CreditNotesTest, RefuseWhatTheyCannotDo) {
    const Reply made = invoice(false);
    EXPECT_EQ(client.post("/v1/credit_notes", {{"invoice", made.text("/id")}}).error("param"),
              "amount");
    EXPECT_THAT(
        client
            .post("/v1/credit_notes",
                  {{"invoice", made.text("/id")}, {"amount", "10"}, {"refunds[0][refund]", "re_1"}})
            .error("message"),
        HasSubstr("does not take refunds"));
    EXPECT_THAT(credit(made, "1", {{"amount", "1"}}).error("message"),
                HasSubstr("The sum of credit note lines (275) is not the amount (1)."));
    EXPECT_EQ(client.get("/v1/credit_notes").body["data"].size(), 0u);
}

}  // namespace
}  // namespace onsite::simulator::testing

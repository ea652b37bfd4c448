// The lines of drafts: added, changed, taken away.
#include "tests/unit/simulator/billing_steps.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::HasSubstr;

struct InvoiceLinesTest : BillingTest {
    InvoiceLinesTest() : who(customer()) {}

    std::string path(const Reply& invoice, std::string_view action = "") {
        return "/v1/invoices/" + invoice.text("/id") + std::string(action);
    }
    Reply get(const Reply& invoice) { return client.get(path(invoice)); }
    // A draft with one line of 1,000.
    Reply with_line() {
        add_item(who, 1'000);
        return draft(who);
    }

    std::string who;
};

TEST_F(InvoiceLinesTest, AreAddedToADraft) {
    const Reply made = with_line();
    const Reply waiting = add_item(who, 50);
    const Reply changed =
        client.post(path(made, "/add_lines"), {{"lines[0][amount]", "250"},
                                               {"lines[0][description]", "Extra"},
                                               {"lines[1][invoice_item]", waiting.text("/id")}});
    ASSERT_EQ(changed.status(), 200) << changed.body;
    EXPECT_EQ(changed.body["total"], 1'300);
    EXPECT_EQ(changed.text("/lines/data/1/description"), "Extra");
    expect_sums(changed.body);
    EXPECT_EQ(client.get("/v1/invoiceitems/" + waiting.text("/id")).text("/invoice"),
              made.text("/id"));
    EXPECT_EQ(events().back(), "invoice.updated");
}

TEST_F(InvoiceLinesTest, AreChangedWithTheirItem) {
    const Reply made = with_line();
    const std::string line = made.text("/lines/data/0/id");
    const Reply many = client.post(path(made, "/update_lines"),
                                   {{"lines[0][id]", line}, {"lines[0][amount]", "700"}});
    ASSERT_EQ(many.status(), 200) << many.body;
    EXPECT_EQ(many.body["total"], 700);
    const Reply one = client.post(path(made, "/lines/" + line), {{"description", "Other"}});
    EXPECT_EQ(one.text("/object"), "line_item");
    EXPECT_EQ(one.body["amount"], 700) << "what is not sent stays";
    const Reply item =
        client.get("/v1/invoiceitems/" + made.text("/lines/data/0/parent/invoice_item_details/"
                                                   "invoice_item"));
    EXPECT_EQ(item.text("/description"), "Other");
    EXPECT_EQ(item.body["amount"], 700);
}

TEST_F(InvoiceLinesTest, AreRemovedForGoodOrWaitAgain) {
    add_item(who, 100);
    const Reply made = with_line();
    const Reply changed =
        client.post(path(made, "/remove_lines"), {{"lines[0][id]", made.text("/lines/data/0/id")},
                                                  {"lines[0][behavior]", "delete"},
                                                  {"lines[1][id]", made.text("/lines/data/1/id")},
                                                  {"lines[1][behavior]", "unassign"}});
    ASSERT_EQ(changed.status(), 200) << changed.body;
    EXPECT_EQ(changed.body["total"], 0);
    const Reply waiting = client.get("/v1/invoiceitems", {{"pending", "true"}});
    ASSERT_EQ(waiting.body["data"].size(), 1u);
    EXPECT_EQ(waiting.body["data"][0]["amount"], 100) << "the older one is the second line";
}

TEST_F(InvoiceLinesTest, StayAsTheyAreOnceTheInvoiceIsFinal) {
    const Reply made = with_line();
    client.post(path(made, "/finalize"));
    const std::string line = made.text("/lines/data/0/id");
    for (const Reply& refused :
         {client.post(path(made, "/add_lines"), {{"lines[0][amount]", "1"}}),
          client.post(path(made, "/lines/" + line), {{"amount", "1"}}),
          client.post(path(made, "/remove_lines"),
                      {{"lines[0][id]", line}, {"lines[0][behavior]", "delete"}})}) {
        EXPECT_EQ(refused.error("code"), "invoice_not_editable") << refused.body;
    }
    EXPECT_EQ(get(made).body["total"], 1'000);
}

TEST_F(InvoiceLinesTest, AreRefusedAltogetherOrNotAtAll) {
    const Reply made = with_line();
    const auto before = events().size();
    EXPECT_THAT(client
                    .post(path(made, "/add_lines"),
                          {{"lines[0][amount]", "1"}, {"lines[1][invoice_item]", "ii_0"}})
                    .error("message"),
                HasSubstr("No such pending invoiceitem: 'ii_0'"));
    EXPECT_EQ(client
                  .post(path(made, "/update_lines"),
                        {{"lines[0][id]", "il_0"}, {"lines[0][amount]", "1"}})
                  .error("code"),
              "resource_missing");
    EXPECT_EQ(client.post(path(made, "/lines/il_0"), {{"amount", "1"}}).status(), 404);
    EXPECT_THAT(client.post(path(made, "/add_lines"), {{"lines[0][tax_amounts][0][amount]", "1"}})
                    .error("message"),
                HasSubstr("does not take lines[0][tax_amounts]"));
    EXPECT_EQ(events().size(), before);
    EXPECT_EQ(get(made).body["total"], 1'000);
}

}  // namespace
}  // namespace onsite::simulator::testing

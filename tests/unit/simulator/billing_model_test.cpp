// The state machines of invoices and subscriptions against small models, under random commands.
//
// The models are written from Stripe's pages and share nothing with the code: a table for invoices,
// and for subscriptions a walk from hour to hour.
#include <map>
#include <rapidcheck.h>

#include "tests/unit/simulator/billing_steps.hpp"

namespace onsite::simulator::testing {
namespace {

// A fixture's steps without being a test of its own.
struct Steps : BillingTest {
    void TestBody() override {}
};

// ---- Invoices ----

using Table = std::map<std::pair<std::string, std::string>, std::string>;

// (status, call) -> status; what is not here is refused and changes nothing.
const Table& transitions() {
    static const Table kTable = {
        {{"draft", "finalize"}, "open"},
        {{"draft", "delete"}, "deleted"},
        {{"draft", "pay"}, "paid"},  // Which finalises it first.
        {{"draft", "decline"}, "open"},
        {{"open", "pay"}, "paid"},
        {{"open", "decline"}, "open"},
        {{"open", "void"}, "void"},
        {{"open", "mark_uncollectible"}, "uncollectible"},
        {{"uncollectible", "pay"}, "paid"},
        {{"uncollectible", "decline"}, "uncollectible"},
        {{"uncollectible", "void"}, "void"},
    };
    return kTable;
}

Reply apply(Steps& steps, const std::string& path, const std::string& command) {
    if (command == "delete") return steps.client.del(path);
    if (command == "decline") {
        return steps.client.post(path + "/pay", {{"payment_method", "pm_card_chargeDeclined"}});
    }
    return steps.client.post(path + "/" + command);
}

TEST(BillingModelTest, InvoicesFollowTheTable) {
    EXPECT_TRUE(rc::check([] {
        Steps steps;
        const std::string who = steps.customer();
        steps.add_item(who, *rc::gen::inRange<std::int64_t>(50, 100'000));
        const std::string path = "/v1/invoices/" + steps.draft(who).text("/id");
        std::string status = "draft";
        const auto commands =
            *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                "finalize", "pay", "decline", "void", "mark_uncollectible", "delete"));
        for (const std::string& command : commands) {
            const auto next = transitions().find({status, command});
            const Reply reply = apply(steps, path, command);
            const bool is_done = next != transitions().end();
            RC_ASSERT(reply.status() == (!is_done               ? (status == "deleted" ? 404 : 400)
                                         : command == "decline" ? 402
                                                                : 200));
            if (is_done) status = next->second;
            const Reply now = steps.client.get(path);
            if (status == "deleted") {
                RC_ASSERT(now.status() == 404);
            } else {
                RC_ASSERT(now.text("/status") == status);
                const nlohmann::json nothing = 0;
                RC_ASSERT(now.body["amount_paid"] ==
                          (status == "paid" ? now.body["total"] : nothing));
            }
        }
        RC_ASSERT(steps.count("invoice.paid") == (status == "paid" ? 1 : 0));
        RC_ASSERT(steps.count("invoice.voided") == (status == "void" ? 1 : 0));
    }));
}

// ---- Subscriptions ----

constexpr int kHoursOfWeek = 7 * 24;

struct ModelInvoice {
    int attempts = 0;
    int next_hour = 0;
    bool is_open = true;
    bool is_paid = false;
};

// A weekly subscription, from its first hour on.
struct Model {
    std::string status = "active";
    int hour = 0;
    int period_end = kHoursOfWeek;
    bool has_good_card = true;
    bool is_to_end = false;
    std::vector<ModelInvoice> invoices = {{.is_open = false, .is_paid = true}};

    void attempt(ModelInvoice& invoice) {
        const bool is_latest = &invoice == &invoices.back();
        ++invoice.attempts;
        if (has_good_card) {
            invoice.is_open = false;
            invoice.is_paid = true;
            if (is_latest) status = "active";
            return;
        }
        if (is_latest) status = "past_due";
        // 8 attempts; the pauses between them are the documented ones.
        constexpr std::array kPauses = {1, 1, 2, 2, 2, 3, 3};
        if (invoice.attempts == 8) {
            invoice.is_open = false;
            if (status == "past_due") status = "canceled";
        } else {
            invoice.next_hour = hour + 24 * kPauses[static_cast<std::size_t>(invoice.attempts - 1)];
        }
    }
    void tick() {
        ++hour;
        if (status == "canceled") return;
        if (hour == period_end && is_to_end) {
            status = "canceled";
            return;
        }
        if (hour == period_end) {
            period_end += kHoursOfWeek;
            invoices.push_back({.next_hour = hour + 1});
        }
        for (ModelInvoice& invoice : invoices) {
            if (invoice.is_open && invoice.next_hour == hour && status != "canceled") {
                attempt(invoice);
            }
        }
    }
    void pass(int hours) {
        for (int i = 0; i < hours; ++i) tick();
    }
    std::ptrdiff_t paid() const {
        return std::ranges::count(invoices, true, &ModelInvoice::is_paid);
    }
};

void command(Steps& steps, Model& model, const std::string& path, const std::string& who) {
    const auto what = *rc::gen::element<std::string>("pass", "pass", "pass", "card", "end", "end");
    if (what == "pass") {
        const int days = *rc::gen::inRange(1, 12);
        model.pass(24 * days);
        steps.pass(days * Steps::kDaySec);
    } else if (what == "card") {
        model.has_good_card = !model.has_good_card;
        steps.client.post("/v1/customers/" + who,
                          {{"invoice_settings[default_payment_method]",
                            model.has_good_card ? "pm_card_visa" : "pm_card_chargeDeclined"}});
    } else {
        const bool wants = *rc::gen::arbitrary<bool>();
        const Reply reply =
            steps.client.post(path, {{"cancel_at_period_end", wants ? "true" : "false"}});
        RC_ASSERT((reply.status() == 200) == (model.status != "canceled"));
        if (model.status != "canceled") model.is_to_end = wants;
    }
}

TEST(BillingModelTest, SubscriptionsFollowTheModel) {
    EXPECT_TRUE(rc::check([] {
        Steps steps;
        const std::string who = steps.customer();
        const Reply made = steps.subscribe(who, steps.price(1'000, "week"));
        const std::string path = "/v1/subscriptions/" + made.text("/id");
        Model model;
        const int commands = *rc::gen::inRange(1, 15);
        for (int i = 0; i < commands; ++i) {
            command(steps, model, path, who);
            RC_ASSERT(steps.client.get(path).text("/status") == model.status);
            const auto invoices = steps.invoices();
            RC_ASSERT(invoices.size() == model.invoices.size());
            RC_ASSERT(std::ranges::count_if(invoices, [](const auto& invoice) {
                          return invoice["status"] == "paid";
                      }) == model.paid());
        }
    }));
}

// ---- Determinism ----

std::string trace_of_a_story() {
    std::string trace;
    Simulator simulator({.seed = 11,
                         .start_us = Steps::kStart * kSecond,
                         .trace_sink = [&](std::string_view line) { trace += line; }});
    StripeClient client(simulator);
    const Reply who = client.post("/v1/customers",
                                  {{"invoice_settings[default_payment_method]", "pm_card_visa"}});
    const Reply price = client.post("/v1/prices", {{"currency", "usd"},
                                                   {"unit_amount", "999"},
                                                   {"product_data[name]", "Gold"},
                                                   {"recurring[interval]", "month"}});
    const Reply made = client.post("/v1/subscriptions", {{"customer", who.text("/id")},
                                                         {"items[0][price]", price.text("/id")}});
    simulator.timeline().advance_to((Steps::kStart + 10 * Steps::kDaySec) * kSecond);
    client.post("/v1/subscriptions/" + made.text("/id"),
                {{"items[0][id]", made.text("/items/data/0/id")}, {"items[0][quantity]", "2"}});
    client.post("/v1/customers/" + who.text("/id"),
                {{"invoice_settings[default_payment_method]", "pm_card_chargeDeclined"}});
    simulator.timeline().advance_to((Steps::kStart + 90 * Steps::kDaySec) * kSecond);
    return trace;
}

TEST(BillingModelTest, TellsTheSameStoryTwice) {
    const std::string first = trace_of_a_story();
    EXPECT_GT(first.size(), 1'000u);
    EXPECT_EQ(first, trace_of_a_story());
}

}  // namespace
}  // namespace onsite::simulator::testing

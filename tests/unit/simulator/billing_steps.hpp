// Steps of tests about billing: a customer who can pay, a price, a clock that is moved.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "tests/support/stripe_client.hpp"

namespace onsite::simulator::testing {

struct BillingTest : ::testing::Test {
    static constexpr std::int64_t kStart = 1'767'225'600;  // 1 January 2026, 00:00 UTC.
    static constexpr std::int64_t kDaySec = 86'400;

    Simulator simulator{{.seed = 7, .start_us = kStart * kSecond}};
    StripeClient client{simulator};

    World& world() { return *simulator.find_world("sk_test_1"); }

    // Both the time of the account and whatever waits for it.
    void pass(std::int64_t seconds) {
        simulator.timeline().advance_to(simulator.timeline().now_us() + seconds * kSecond);
    }
    std::string customer(std::string_view method = "pm_card_visa", std::string_view clock = "") {
        const Reply made = clock.empty()
                               ? client.post("/v1/customers",
                                             {{"invoice_settings[default_payment_method]", method}})
                               : client.post("/v1/customers",
                                             {{"invoice_settings[default_payment_method]", method},
                                              {"test_clock", clock}});
        EXPECT_EQ(made.status(), 200) << made.body;
        return made.text("/id");
    }
    std::string price(std::int64_t amount, std::string_view interval = "month") {
        const std::string text = fmt::format("{}", amount);
        const Reply made = client.post("/v1/prices", {{"currency", "usd"},
                                                      {"unit_amount", text},
                                                      {"product_data[name]", "Gold"},
                                                      {"recurring[interval]", interval}});
        EXPECT_EQ(made.status(), 200) << made.body;
        return made.text("/id");
    }
    std::string clock(std::int64_t moment) {
        return client
            .post("/v1/test_helpers/test_clocks", {{"frozen_time", fmt::format("{}", moment)}})
            .text("/id");
    }
    // Advances a clock and lets it arrive.
    void advance(const std::string& id, std::int64_t moment) {
        const Reply reply = client.post("/v1/test_helpers/test_clocks/" + id + "/advance",
                                        {{"frozen_time", fmt::format("{}", moment)}});
        ASSERT_EQ(reply.status(), 200) << reply.body;
        EXPECT_EQ(reply.text("/status"), "advancing");
        pass(0);
        EXPECT_EQ(client.get("/v1/test_helpers/test_clocks/" + id).text("/status"), "ready");
    }
    Reply subscribe(std::string_view customer_id, std::string_view price_id) {
        return client.post("/v1/subscriptions",
                           {{"customer", customer_id}, {"items[0][price]", price_id}});
    }
    Reply add_item(std::string_view customer_id, std::int64_t amount) {
        return client.post("/v1/invoiceitems", {{"customer", customer_id},
                                                {"amount", fmt::format("{}", amount)},
                                                {"currency", "usd"}});
    }
    // A draft of what waits.
    Reply draft(std::string_view customer_id) {
        return client.post("/v1/invoices", {{"customer", customer_id},
                                            {"pending_invoice_items_behavior", "include"}});
    }
    Reply get_subscription(const std::string& id) { return client.get("/v1/subscriptions/" + id); }
    // Newest first.
    nlohmann::json invoices() {
        return client.get("/v1/invoices", {{"limit", "100"}}).body["data"];
    }
    // Oldest first.
    std::vector<std::string> events() {
        std::vector<std::string> types;
        for (const Event& event : world().tables.events.rows()) types.emplace_back(event.type);
        return types;
    }
    std::int64_t count(std::string_view type) {
        const auto all = events();
        return std::ranges::count(all, type);
    }
};

// What each invoice promises: its lines, discounts and taxes make its total.
inline void expect_sums(const nlohmann::json& invoice) {
    std::int64_t lines = 0;
    std::int64_t less = 0;
    std::int64_t tax = 0;
    for (const auto& line : invoice["lines"]["data"]) {
        lines += line["amount"].get<std::int64_t>();
        for (const auto& part : line["discount_amounts"])
            less += part["amount"].get<std::int64_t>();
        for (const auto& part : line["taxes"]) {
            if (part["tax_behavior"] == "exclusive") tax += part["amount"].get<std::int64_t>();
        }
    }
    EXPECT_EQ(invoice["subtotal"], lines) << invoice;
    EXPECT_EQ(invoice["total"], lines - less + tax) << invoice;
    EXPECT_GE(invoice["amount_due"].get<std::int64_t>(), 0);
    EXPECT_EQ(invoice["amount_remaining"].get<std::int64_t>() +
                  invoice["amount_paid"].get<std::int64_t>(),
              invoice["amount_due"]);
}

}  // namespace onsite::simulator::testing

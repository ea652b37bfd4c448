#include <array>
#include <utility>

#include <fmt/format.h>

#include "scenarios/shops/shop.hpp"
#include "simulator/wire/currency.hpp"

namespace onsite::scenarios {
namespace {

using simulator::kHour;
using simulator::kMinute;

// A key lives for a day: the last retry comes well before, then only a webhook can tell.
constexpr std::array kLatePauses = {kMinute, 10 * kMinute, kHour, 5 * kHour};
constexpr std::array kNextDay = {25 * kHour};
// Of a key that is sent once more. A series of attempts takes seconds.
constexpr std::int64_t kKeyAgeMaxUs = 23 * kHour;

std::int64_t power_of_ten(int exponent) {
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

}  // namespace

std::string order_key(std::string_view order) { return fmt::format("order/{}", order); }

// The catalogue has prices in whole units: "19.99", "500".
std::string Shop::amount_of(const Step& step) const {
    if (policy_.amount == AmountRule::by_currency) return std::to_string(step.amount);
    const std::int64_t units = power_of_ten(simulator::exponent_of(step.currency));
    return std::to_string(step.amount * 100 / units);
}

Shop::Payment Shop::payment_of(const std::string& order, const Row& row) const {
    return {.order = order,
            .amount = row["amount"],
            .currency = row["currency"],
            .card = row["card"],
            .customer = row["customer"],
            .email = policy_.body == BodyRule::current ? row["email"] : row["sent_email"],
            .intent = row["intent"],
            .generation = row.number("generation")};
}

// Whether this click takes the payment. Another one of the same order does not, unless the order
// needs another card.
bool Shop::claim(Transaction& transaction, const Step& step) const {
    Row row = transaction.get(order_key(step.order));
    const std::string status = std::as_const(row)["status"];
    if (row.exists() && status != "declined" && status != "failed") {
        return policy_.click == ClickRule::one_payment_per_click;
    }
    const std::int64_t generation = row.number("generation") + 1;
    row["amount"] = amount_of(step);
    row["currency"] = step.currency;
    row["card"] = step.card;
    row["customer"] = step.customer;
    row["email"] = step.email;
    row["sent_email"] = step.email;
    row["generation"] = std::to_string(generation);
    if (settings_.flow == Flow::one_call || settings_.flow == Flow::fulfil_on_webhook) {
        row["intent"] = "";  // Each card has an intent of its own.
    }
    row["status"] = "paying";
    begin_keys(row);
    transaction.put(order_key(step.order), std::move(row));
    return true;
}

void Shop::begin_keys(Row& row) const {
    row["keys_since_us"] = std::to_string(process_.timeline().now_us());
}

bool Shop::are_keys_kept(const Row& row) const {
    const std::int64_t since_us = row.number("keys_since_us");
    const bool is_known = since_us > 0 && policy_.late == LateRule::while_the_key_lives;
    return !is_known || process_.timeline().now_us() - since_us < kKeyAgeMaxUs;
}

Task<Done> Shop::pay(Step step) {
    const std::string order = step.order;
    const std::int64_t click = ++clicks_[order];
    const auto claim_it = [&](Transaction& transaction) { return claim(transaction, step); };
    if (policy_.fulfil == FulfilRule::when_ordered) co_await ship(order, "order");
    Payment payment{.order = order,
                    .amount = amount_of(step),
                    .currency = step.currency,
                    .card = step.card,
                    .customer = step.customer,
                    .email = step.email};
    if (policy_.row == RowRule::before_the_call) {
        const bool is_mine = co_await store_.transact(order, "claim", claim_it);
        if (!is_mine) co_return Done{};
        const Row row = co_await store_.read(order, order_key(order));
        payment = payment_of(order, row);
    }
    payment.click = click;
    co_await take_payment(payment);
    co_return Done{};
}

Task<Done> Shop::take_payment(Payment payment) {
    const std::string order = payment.order;
    co_await try_once(payment);
    for (const std::int64_t pause_us : late_pauses_us()) {
        Row row = co_await store_.read(order, order_key(order));
        if (std::as_const(row)["status"] != "pending") break;
        co_await process_.sleep(order, with_jitter(order, pause_us, 0));
        row = co_await store_.read(order, order_key(order));
        if (std::as_const(row)["status"] != "pending" || !are_keys_kept(row)) break;
        if (payment.intent.empty()) payment.intent = std::as_const(row)["intent"];
        co_await try_once(payment);
    }
    co_return Done{};
}

// One series of attempts, with the keys of the last one.
Task<Done> Shop::try_once(Payment& payment) {
    const std::string order = payment.order;
    const bool creates_first =
        settings_.flow == Flow::two_calls || settings_.flow == Flow::confirm_on_webhook;
    if (creates_first && payment.intent.empty()) {
        const bool is_ready = co_await create(payment);
        if (!is_ready) co_return Done{};
    }
    Outcome outcome = co_await request(payment, creates_first ? Request::confirm : Request::pay);
    if (policy_.row == RowRule::after_the_call) {
        const Step step{.order = order,
                        .amount = std::stoll(payment.amount),
                        .currency = payment.currency,
                        .card = payment.card};
        const auto claim_it = [&](Transaction& transaction) { return claim(transaction, step); };
        co_await store_.transact(order, "claim", claim_it);
    }
    co_await conclude(payment, outcome);
    co_return Done{};
}

// Whether there is an intent now that is to be confirmed here.
Task<bool> Shop::create(Payment& payment) {
    const std::string order = payment.order;
    Outcome made = co_await request(payment, Request::create);
    if (made.knowledge != Knowledge::done) {
        co_await conclude(payment, made);
        co_return false;
    }
    payment.intent = made.text("/id");
    const bool waits = settings_.flow == Flow::confirm_on_webhook;
    const auto keep = [&](Transaction& transaction) {
        keep_in(transaction, order, payment.intent, waits);
        return true;
    };
    co_await store_.transact(order, "keep", keep);
    co_return !waits;
}

void Shop::keep_in(Transaction& transaction, const std::string& order, const std::string& intent,
                   bool waits) {
    Row row = transaction.get(order_key(order));
    const std::string status = std::as_const(row)["status"];
    const bool is_claimed = !std::as_const(row)["claimed"].empty();
    if (!is_claimed) row["intent"] = intent;
    const bool is_open = status == "paying" || status == "pending";
    if (waits && is_open && !is_claimed) row["status"] = "created";
    transaction.put(order_key(order), std::move(row));
}

std::span<const std::int64_t> Shop::late_pauses_us() const {
    if (policy_.late == LateRule::after_a_day) return kNextDay;
    return kLatePauses;
}

Task<Done> Shop::change(Step step) {
    const auto write = [&](Transaction& transaction) {
        Row row = transaction.get(order_key(step.order));
        if (!row.exists()) return false;
        row["email"] = step.email;
        transaction.put(order_key(step.order), std::move(row));
        return true;
    };
    co_await store_.transact(step.order, "change", write);
    co_return Done{};
}

}  // namespace onsite::scenarios

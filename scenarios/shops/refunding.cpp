#include <utility>

#include <fmt/format.h>

#include "scenarios/shops/shop.hpp"

namespace onsite::scenarios {
namespace {

// Unknown, or refused for now: only a definite no is an end.
bool may_still_happen(const Outcome& outcome) {
    return outcome.knowledge == Knowledge::unknown || outcome.status == 0 || outcome.status == 429;
}

}  // namespace

std::string refund_key(std::string_view refund) { return fmt::format("refund/{}", refund); }

Task<Done> Shop::cancel(Step step) {
    const std::string order = step.order;
    bool is_open = false;
    const auto write = [&](Transaction& transaction) {
        Row row = transaction.get(order_key(order));
        const std::string status = std::as_const(row)["status"];
        if (!row.exists() || is_final(status)) return false;
        is_open = status != "declined" && status != "failed";
        if (is_open && policy_.cancel == CancelRule::refunds) {
            row["cancel"] = "1";  // Whoever learns how the payment ended carries it out.
        } else {
            row["status"] = "cancelled";
        }
        transaction.put(order_key(order), std::move(row));
        return true;
    };
    const bool is_accepted = co_await store_.transact(order, "cancel", write);
    if (!is_accepted) tell(order, "too_late");
    co_return Done{};
}

std::string Shop::refund_key_of(const Payment& payment, const std::string& refund,
                                std::string_view amount) const {
    switch (policy_.key) {
        case KeyRule::of_the_amount:
            return fmt::format("{}.{}", payment.order, amount);
        case KeyRule::none_for_refunds:
            return {};
        case KeyRule::per_order:
            return payment.order;
        case KeyRule::per_attempt:
            return fmt::format("{}-{}", refund, payment.sent);
        case KeyRule::per_action:
            return fmt::format("{}.refund", payment.order);
        case KeyRule::of_the_body:
            return fmt::format("{}-{}", refund, process_.timeline().now_us());
        case KeyRule::with_a_token:
            return fmt::format("{}-token-{}", refund, token());
        case KeyRule::per_payment:
        case KeyRule::per_operation:
        case KeyRule::per_customer:
        case KeyRule::without_card:
        case KeyRule::per_process:
        case KeyRule::new_on_5xx:
            break;
    }
    return refund;
}

Task<Done> Shop::refund(Step step) {
    const std::string key = refund_key(step.refund);
    const auto ask = [&](Transaction& transaction) {
        if (transaction.has(key)) return false;
        Row row;
        row["order"] = step.order;
        row["amount"] = std::to_string(step.amount);
        row["status"] = "asked";
        transaction.put(key, std::move(row));
        return true;
    };
    co_await store_.transact(step.order, "ask", ask);
    co_await return_part(step.order, step.refund, false);
    co_return Done{};
}

Call Shop::refund_call(const Payment& payment, const std::string& refund, const Row& asked) const {
    Call call{.order = payment.order,
              .operation = fmt::format("{}.refund", refund),
              .attempt = payment.sent,
              .path = "/v1/refunds",
              .params = {{"payment_intent", payment.intent}},
              .key = refund_key_of(payment, refund, asked["amount"])};
    if (policy_.body != BodyRule::without_options) {
        call.params.emplace_back("amount", asked["amount"]);
    }
    return call;
}

Task<Done> Shop::return_part(std::string order, std::string refund, bool) {
    const Row asked = store_.rows().at(refund_key(refund));
    const Row row = co_await store_.read(order, order_key(order));
    Payment payment = payment_of(order, row);
    const std::function<Call()> next = [this, &payment, &refund, &asked] {
        ++payment.sent;
        return refund_call(payment, refund, asked);
    };
    const std::span<const std::int64_t> pauses_us = late_pauses_us();
    for (std::size_t late = 0;; ++late) {
        const Outcome outcome = co_await until_known(payment, next);
        const bool is_done = outcome.knowledge == Knowledge::done;
        tell(refund, is_done ? "refunded" : "refund_pending");
        if (is_done || !may_still_happen(outcome)) break;
        if (late == pauses_us.size()) co_return Done{};
        co_await process_.sleep(order, with_jitter(refund, pauses_us[late], 0));
    }
    co_await end_refund(order, refund);
    co_return Done{};
}

Task<Done> Shop::end_refund(std::string order, std::string refund) {
    const auto write = [&](Transaction& transaction) {
        Row row = transaction.get(refund_key(refund));
        row["status"] = "ended";
        transaction.put(refund_key(refund), std::move(row));
        return true;
    };
    co_await store_.transact(order, "refund-end", write);
    co_return Done{};
}

Task<bool> Shop::is_returned(const Payment& payment) {
    Call call{.order = payment.order,
              .operation = fmt::format("{}.look", payment.order),
              .method = simulator::Method::get,
              .path = fmt::format("/v1/payment_intents/{}", payment.intent),
              .params = {{"expand[]", "latest_charge"}}};
    const Outcome looked = co_await provider_.send(std::move(call));
    co_return looked.knowledge == Knowledge::done&& looked.text("/latest_charge/refunded") ==
        "true";
}

// The payment of an order that was cancelled while it was being paid.
Task<Done> Shop::give_back(Payment payment) {
    const std::string order = payment.order;
    const std::function<Call()> next = [this, &payment] {
        ++payment.sent;
        const std::string operation = fmt::format("{}.refund", payment.order);
        return Call{.order = payment.order,
                    .operation = operation,
                    .attempt = payment.sent,
                    .path = "/v1/refunds",
                    .params = {{"payment_intent", payment.intent}},
                    .key = key_of(payment, operation)};
    };
    Outcome outcome = co_await until_known(payment, next);
    bool is_done = outcome.knowledge == Knowledge::done;
    for (const std::int64_t pause_us : late_pauses_us()) {
        // A server error may be kept for the key, and then no retry ever tells what it hides.
        if (outcome.status >= 500) is_done = co_await is_returned(payment);
        if (is_done) break;
        co_await process_.sleep(order, with_jitter(order, pause_us, 0));
        outcome = co_await until_known(payment, next);
        is_done = outcome.knowledge == Knowledge::done;
    }
    if (!is_done && outcome.status >= 500) is_done = co_await is_returned(payment);
    if (!is_done) co_return Done{};
    const auto write = [&](Transaction& transaction) {
        Row row = transaction.get(order_key(order));
        row["status"] = "cancelled";
        transaction.put(order_key(order), std::move(row));
        return true;
    };
    co_await store_.transact(order, "cancelled", write);
    tell(order, "cancelled");
    co_return Done{};
}

}  // namespace onsite::scenarios

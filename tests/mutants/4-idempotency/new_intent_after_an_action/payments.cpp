// Section 4: the payment client of the shop, mended.
//
// One payment of an order has one key for each operation, and the body that it is sent with is in
// the store before it is sent for the first time: a retry, a redelivery or a process that begins
// again sends that one, whatever the order says by then.
#include "contract/payments.hpp"

namespace onsite::idempotency {
namespace {

std::int64_t pause_ms(const Job& job, std::int64_t attempt) {
    if (job.backoff_ms.empty()) return 0;
    const auto last = static_cast<std::int64_t>(job.backoff_ms.size());
    return job.backoff_ms[static_cast<std::size_t>(std::min(attempt, last) - 1)];
}

// What the request of one operation says: "pay", "create" or "confirm".
Params params_of(const Order& order, const std::string& operation) {
    Params params;
    if (operation != "confirm") {
        params = {{"amount", std::to_string(order.amount)},
                  {"currency", order.currency},
                  {"payment_method_types[]", "card"},
                  {"metadata[order]", order.id}};
    }
    if (operation != "create") {
        params.emplace_back("payment_method", order.card);
        if (!order.email.empty()) params.emplace_back("receipt_email", order.email);
    }
    if (operation == "pay") params.emplace_back("confirm", "true");
    return params;
}

bool is_worth_a_retry(const Reply& reply) {
    if (reply.should_retry) return *reply.should_retry;
    if (reply.known != Known::answered) return true;
    return reply.status == 409 || reply.status == 429 || reply.status >= 500;
}

Status status_of(const Reply& reply) {
    if (reply.known != Known::answered) return Status::pending;
    if (reply.status < 300) return reply.state == "succeeded" ? Status::paid : Status::pending;
    if (reply.status == 402) return Status::declined;
    if (reply.status == 409 || reply.status == 429 || reply.status >= 500) return Status::pending;
    if (reply.error_type == "idempotency_error") {
        // Something was sent under this key before: what became of that, a webhook will tell.
        std::printf("PaymentIntent confirmation failed - idempotency key reused\n");
        return Status::pending;
    }
    return Status::failed;
}

// Asks until the outcome is known, or the attempts are used up.
Reply send(const Job& job, World& world, const std::string& path, const std::string& key,
           const Params& params) {
    Reply reply;
    for (std::int64_t attempt = 1; attempt <= job.attempts; ++attempt) {
        reply = world.stripe.post(path, params, key);
        if (!is_worth_a_retry(reply)) break;
        if (attempt < job.attempts) world.clock.sleep_ms(pause_ms(job, attempt));
    }
    return reply;
}

// "order-1.pay", and "order-1.pay.2" once a second card is tried. The first payment of an order
// keeps the key that it had before this was mended: what is under way at the release stays one
// payment.
std::string key_of(const Order& order, const std::string& operation) {
    const std::string key = order.id + "." + operation;
    return order.payment == 1 ? key : key + "." + std::to_string(order.payment);
}

Reply send_for_order(const Job& job, World& world, const std::string& path,
                     const std::string& operation) {
    std::string key = key_of(job.order, operation);
    const std::string waits = "waits/" + key;
    if (world.store.get(waits)) key += "-again";
    // Read just before it is kept: the receipt goes to the latest address that can still be used.
    const Params latest = params_of(world.orders.get(job.order.id), operation);
    const Store::Kept kept = world.store.put_if_absent("request/" + key, to_text(latest));
    const Reply reply = send(job, world, path, key, params_from(kept.value));
    if (reply.state == "requires_action") world.store.put(waits, "yes");
    return reply;
}

// Whether this job takes the payment: the first one does, and whoever it is delivered to again.
bool is_ours(const Job& job, World& world) {
    const std::string& status = job.order.status;
    if (status != "paying" && status != "pending") return false;  // It has ended already.
    const std::string task = job.task == Task::pay ? "pay" : "confirm";
    const auto claim = world.store.put_if_absent("job/" + key_of(job.order, task), "taken");
    return claim.is_new || job.is_redelivered;
}

Result confirm(const Job& job, World& world, const std::string& intent) {
    const std::string path = "/v1/payment_intents/" + intent + "/confirm";
    const Reply reply = send_for_order(job, world, path, "confirm");
    return {.status = status_of(reply), .payment_intent = intent};
}

Result pay(const Job& job, World& world) {
    if (job.flow == Flow::one_call) {
        const Reply reply = send_for_order(job, world, "/v1/payment_intents", "pay");
        return {.status = status_of(reply), .payment_intent = reply.id};
    }
    std::string intent = job.order.payment_intent;
    if (intent.empty()) {
        const Reply made = send_for_order(job, world, "/v1/payment_intents", "create");
        if (made.id.empty()) return {.status = status_of(made)};
        intent = made.id;
    }
    if (job.flow == Flow::two_calls) return confirm(job, world, intent);
    return {.status = Status::created, .payment_intent = intent};
}

Result refund(const Job& job, World& world) {
    const Refund& wanted = *job.refund;
    Params params = {{"payment_intent", wanted.payment_intent}};
    if (wanted.amount > 0) params.emplace_back("amount", std::to_string(wanted.amount));
    const Reply reply = send(job, world, "/v1/refunds", "refund." + wanted.id, params);
    return {.status = reply.id.empty() ? status_of(reply) : Status::refunded};
}

}  // namespace

Result work(const Job& job, World& world) {
    if (job.task != Task::refund && !is_ours(job, world)) return {.status = Status::duplicate};
    switch (job.task) {
        case Task::pay:
            return pay(job, world);
        case Task::confirm:
            return confirm(job, world, job.order.payment_intent);
        case Task::refund:
            return refund(job, world);
    }
    return {};
}

}  // namespace onsite::idempotency

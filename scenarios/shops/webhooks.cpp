#include <array>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>

#include "scenarios/player/json_text.hpp"
#include "scenarios/shops/shop.hpp"
#include "simulator/webhooks/signature.hpp"

namespace onsite::scenarios {
namespace {

// docs.stripe.com/error-codes
constexpr std::string_view kNotAuthenticated = "payment_intent_authentication_failure";
constexpr std::int64_t kQueueUs = 10 * simulator::kMinute;

// What a shop that believes every event makes of an intent's status.
std::string order_status_of(const std::string& intent_status) {
    if (intent_status == "succeeded") return "paid";
    return intent_status == "canceled" ? "cancelled" : "paying";
}

}  // namespace

bool Shop::is_authentic(const Hook& hook) const {
    if (policy_.signature == SignatureRule::never) return true;
    const std::int64_t moment_s = simulator::signed_at(hook.signature);
    const std::array<std::string, 1> secrets = {std::string(webhook_secret_)};
    if (simulator::webhook_signature(*hook.payload, moment_s, secrets) != hook.signature) {
        return false;
    }
    const std::int64_t age_s = std::abs(process_.timeline().now_s() - moment_s);
    return policy_.signature == SignatureRule::without_its_age ||
           age_s <= simulator::kSignatureAgeMaxS;
}

Task<Done> Shop::handle(Hook hook, HookAnswer answer) {
    const bool is_queued = policy_.signature == SignatureRule::in_the_queue;
    if (is_queued) {
        answer(200);
        co_await process_.sleep("", kQueueUs);
    }
    if (!is_authentic(hook)) {
        if (!is_queued) answer(400);
        co_return Done{};
    }
    auto texts =
        json_texts(*hook.payload, {"/id", "/type", "/data/object/metadata/order", "/data/object/id",
                                   "/request/idempotency_key", "/data/object/status",
                                   "/data/object/last_payment_error/code"});
    const HookEvent event{.id = std::move(texts[0]),
                          .type = std::move(texts[1]),
                          .order = std::move(texts[2]),
                          .intent = std::move(texts[3]),
                          .key = std::move(texts[4]),
                          .error = std::move(texts[6])};
    const std::string status = std::move(texts[5]);
    process_.note("accept", [&](simulator::JsonWriter& line) {
        line.text("event", event.id);
        line.text("type", event.type);
    });
    const bool is_intent = event.type.starts_with("payment_intent.");
    if (is_intent && policy_.order == OrderRule::as_the_event_says) {
        co_await follow(event, order_status_of(status));
    } else if (event.type == "payment_intent.succeeded") {
        co_await succeeded(event);
    } else if (event.type == "payment_intent.payment_failed") {
        co_await declined(event);
    } else if (event.type == "payment_intent.created" &&
               settings_.flow == Flow::confirm_on_webhook) {
        co_await created(event);
    } else if (event.type == "payment_intent.created" && settings_.flow == Flow::two_calls) {
        co_await learn(event);
    }
    if (settings_.webhook_work_us > 0 && is_intent) {
        co_await process_.sleep(event.order, settings_.webhook_work_us);
    }
    if (!is_queued) answer(200);
    co_return Done{};
}

Task<Done> Shop::succeeded(HookEvent event) {
    const std::string order = event.order;
    const std::string seen = "event/" + event.id;
    const auto note_it = [&](Transaction& transaction) {
        if (transaction.has(seen)) return false;
        Row row;
        row["order"] = order;
        transaction.put(seen, std::move(row));
        return true;
    };
    const auto work = [&](Transaction& transaction) {
        return note_it(transaction) && settle_in(transaction, order, event.intent, event.id);
    };
    const auto pay_and_ship = [&](Transaction& transaction) {
        Row row = transaction.get(order_key(order));
        row["status"] = "paid";
        transaction.put(order_key(order), std::move(row));
        transaction.effect("fulfil", order, event.id);
        return true;
    };
    if (policy_.event == EventRule::never) {
        co_await store_.transact(order, "ship", pay_and_ship);
        co_return Done{};
    }
    Payment payment{.order = order, .intent = event.intent};
    if (policy_.event == EventRule::before_the_work ||
        policy_.settle == SettleRule::look_then_act) {
        const bool is_new = co_await store_.transact(order, "note", note_it);
        if (is_new) co_await settle(payment, event.id);
        co_return Done{};
    }
    const bool is_mine = co_await store_.transact(order, "settle", work);
    if (!is_mine) co_return Done{};  // Whoever settled it gives the money back as well.
    const Row row = co_await store_.read(order, order_key(order));
    if (row["status"] == "cancelling") {
        payment = payment_of(order, row);
        co_await give_back(payment);
    } else if (policy_.fulfil == FulfilRule::after_the_order) {
        co_await ship(order, event.id);
    }
    co_return Done{};
}

// A decline whose answer was lost, or was a 500 that is kept for the key: no retry ever tells. By
// the key, because the order may be with another card by now. That the shopper failed to prove who
// they are comes of no request: the order waits with the same card until such an event is there,
// and each counts once.
Task<Done> Shop::declined(HookEvent event) {
    const std::string order = event.order;
    const bool is_one =
        settings_.flow == Flow::one_call || settings_.flow == Flow::fulfil_on_webhook;
    const bool is_of_the_shopper = event.error == kNotAuthenticated;
    const auto is_news_of = [&](Transaction& transaction, const Row& row) {
        const std::string operation = fmt::format("{}.{}", order, is_one ? "pay" : "confirm");
        if (!is_of_the_shopper) return key_of(payment_of(order, row), operation) == event.key;
        const std::string seen = "event/" + event.id;
        if (transaction.has(seen)) return false;
        Row noted;
        noted["order"] = order;
        transaction.put(seen, std::move(noted));
        return true;
    };
    const auto write = [&](Transaction& transaction) {
        Row row = transaction.get(order_key(order));
        const std::string status = std::as_const(row)["status"];
        if (status != "paying" && status != "pending") return false;
        if (!is_news_of(transaction, row)) return false;
        row["status"] = std::as_const(row)["cancel"] == "1" ? "cancelled" : "declined";
        transaction.put(order_key(order), std::move(row));
        return true;
    };
    const bool is_news = co_await store_.transact(order, "decline", write);
    if (is_news) tell(order, "declined");
    co_return Done{};
}

// Confirms what the shop created: once, because the order says whether it was begun.
Task<Done> Shop::created(HookEvent event) {
    const std::string order = event.order;
    const auto claim_it = [&](Transaction& transaction) {
        Row row = transaction.get(order_key(order));
        if (!row.exists() || !std::as_const(row)["claimed"].empty()) return false;
        row["claimed"] = event.id;
        row["intent"] = event.intent;
        row["sent_email"] = std::as_const(row)["email"];
        row["status"] = "paying";
        begin_keys(row);
        transaction.put(order_key(order), std::move(row));
        return true;
    };
    const bool is_mine = policy_.confirm == ConfirmRule::at_every_delivery ||
                         co_await store_.transact(order, "confirm-claim", claim_it);
    if (!is_mine) co_return Done{};
    const Row row = co_await store_.read(order, order_key(order));
    Payment payment = payment_of(order, row);
    payment.intent = event.intent;
    // Nothing was frozen when nobody claimed it: the body is what the order says now.
    if (policy_.confirm == ConfirmRule::at_every_delivery) payment.email = row["email"];
    co_await take_payment(payment);
    co_return Done{};
}

// An intent whose creation was never answered: a 500 that is kept for the key hides its id for
// ever.
Task<Done> Shop::learn(HookEvent event) {
    const std::string order = event.order;
    const auto write = [&](Transaction& transaction) {
        Row row = transaction.get(order_key(order));
        if (!row.exists() || !std::as_const(row)["intent"].empty()) return false;
        row["intent"] = event.intent;
        transaction.put(order_key(order), std::move(row));
        return true;
    };
    co_await store_.transact(order, "learn", write);
    co_return Done{};
}

Task<Done> Shop::follow(HookEvent event, std::string status) {
    const std::string order = event.order;
    const auto write = [&](Transaction& transaction) {
        Row row = transaction.get(order_key(order));
        if (!row.exists()) return false;
        if (status == "paid" && !is_final(std::as_const(row)["status"])) {
            transaction.effect("fulfil", order, event.id);
        }
        row["status"] = status;
        transaction.put(order_key(order), std::move(row));
        return true;
    };
    co_await store_.transact(order, "follow", write);
    co_return Done{};
}

}  // namespace onsite::scenarios

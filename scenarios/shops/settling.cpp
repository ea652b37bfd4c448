// What is written to an order once somebody knows how its payment ended.
#include <utility>

#include "scenarios/shops/shop.hpp"

namespace onsite::scenarios {

bool is_final(std::string_view status) { return status == "paid" || status == "cancelled"; }

void Shop::tell(const std::string& order, std::string_view what) {
    process_.note("told", [&](simulator::JsonWriter& json) {
        json.text("order", order);
        json.text("what", what);
    });
}

// What an attempt series says, written to the order and told to the shopper.
Task<Done> Shop::conclude(Payment payment, Outcome outcome) {
    const bool is_done = outcome.knowledge == Knowledge::done;
    const bool is_paid = policy_.action == ActionRule::is_paid ||
                         (is_done && outcome.text("/status") == "succeeded");
    if (is_done && is_paid) {
        payment.intent = outcome.text("/id");
        co_await settle(payment, "answer");
        co_return Done{};
    }
    const bool is_conflict = outcome.status == 409 && policy_.conflict == ConflictRule::is_failure;
    const bool is_given_up =
        outcome.knowledge == Knowledge::unknown && policy_.unknown == UnknownRule::is_failure;
    // Refused and rate-limited: it did not happen, and may well happen later.
    const bool may_come =
        outcome.knowledge != Knowledge::not_done || outcome.status == 0 || outcome.status == 429;
    std::string status = may_come ? "pending" : "failed";
    if (outcome.status == 402) status = "declined";
    const bool is_stopped = is_done && policy_.action == ActionRule::is_failure;
    if (is_conflict || is_given_up || is_stopped) status = "failed";
    const bool is_of_a_card = policy_.row == RowRule::before_the_call;
    co_await conclude_as(payment.order, status, is_of_a_card ? payment.generation : 0);
    co_return Done{};
}

Task<Done> Shop::conclude_as(std::string order, std::string status, std::int64_t generation) {
    const auto write = [&](Transaction& transaction) {
        Row row = transaction.get(order_key(order));
        if (generation > 0 && row.number("generation") != generation) return false;
        const std::string before = std::as_const(row)["status"];
        if (is_final(before) || before == "cancelling" || before == "processing") return false;
        if (before == "declined" && status == "pending") return false;  // A webhook knew more.
        const bool is_cancelled = status != "pending" && std::as_const(row)["cancel"] == "1";
        row["status"] = is_cancelled ? "cancelled" : status;
        transaction.put(order_key(order), std::move(row));
        return true;
    };
    const bool is_written = co_await store_.transact(order, "conclude", write);
    if (is_written) tell(order, status);
    co_return Done{};
}

// Makes an order paid, in the transaction of whoever knows of it. Whether it changed anything.
bool Shop::settle_in(Transaction& transaction, const std::string& order, const std::string& intent,
                     std::string_view by) const {
    Row row = transaction.get(order_key(order));
    const std::string status = std::as_const(row)["status"];
    if (!row.exists() || is_final(status) || status == "cancelling") return false;
    row["intent"] = intent;
    const bool is_cancelled = std::as_const(row)["cancel"] == "1";
    row["status"] = is_cancelled ? "cancelling" : "paid";
    transaction.put(order_key(order), std::move(row));
    if (!is_cancelled && policy_.fulfil == FulfilRule::when_paid) {
        transaction.effect("fulfil", order, by);
    }
    return true;
}

// By the answer of a request.
Task<Done> Shop::settle(Payment payment, std::string by) {
    const std::string order = payment.order;
    if (settings_.flow == Flow::fulfil_on_webhook && by == "answer") {
        co_await wait_for_webhook(payment);
        co_return Done{};
    }
    bool is_mine = true;
    if (policy_.settle == SettleRule::look_then_act) {
        const bool was_open = co_await look_then_settle(payment, by);
        if (!was_open) co_return Done{};
    } else {
        const auto settle_it = [&](Transaction& transaction) {
            return settle_in(transaction, order, payment.intent, by);
        };
        is_mine = co_await store_.transact(order, "settle", settle_it);
    }
    const Row after = co_await store_.read(order, order_key(order));
    if (is_mine && after["status"] == "cancelling") co_await give_back(payment);
    const bool ships_now = policy_.fulfil == FulfilRule::after_the_order;
    if (is_mine && ships_now && after["status"] == "paid") co_await ship(order, by);
    if (after["status"] == "paid") tell(order, "paid");
    co_return Done{};
}

// Where the webhook fulfils, an answer only says that the money is on its way.
Task<Done> Shop::wait_for_webhook(Payment payment) {
    const auto wait = [&](Transaction& transaction) {
        Row row = transaction.get(order_key(payment.order));
        if (is_final(std::as_const(row)["status"])) return false;
        row["intent"] = payment.intent;
        row["status"] = "processing";
        transaction.put(order_key(payment.order), std::move(row));
        return true;
    };
    co_await store_.transact(payment.order, "wait", wait);
    co_return Done{};
}

// The defect: between the look and what follows, somebody else may settle the order as well.
Task<bool> Shop::look_then_settle(Payment payment, std::string by) {
    const std::string order = payment.order;
    const auto mark = [&](Transaction& transaction) {
        Row row = transaction.get(order_key(order));
        row["intent"] = payment.intent;
        row["status"] = "paid";
        transaction.put(order_key(order), std::move(row));
        return true;
    };
    const Row row = co_await store_.read(order, order_key(order));
    if (is_final(row["status"])) co_return false;
    co_await ship(order, by);
    co_await store_.transact(order, "settle", mark);
    co_return true;
}

Task<Done> Shop::ship(std::string order, std::string by) {
    const auto fulfil = [&](Transaction& transaction) {
        transaction.effect("fulfil", order, by);
        return true;
    };
    co_await store_.transact(order, "ship", fulfil);
    co_return Done{};
}

}  // namespace onsite::scenarios

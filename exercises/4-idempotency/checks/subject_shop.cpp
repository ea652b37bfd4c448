#include "exercises/4-idempotency/checks/subject_shop.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "simulator/wire/json_writer.hpp"

namespace onsite::idempotency {
namespace {

using scenarios::Call;
using scenarios::Done;
using scenarios::order_key;
using scenarios::Outcome;
using scenarios::Row;
using scenarios::Step;
using scenarios::Transaction;
using simulator::JsonWriter;

const scenarios::ShopPolicy kRight = {};

// Rows of the client are its own: it cannot reach those of the shop.
std::string client_key(const std::string& key) { return "client/" + key; }

// What the request is called at the shop: "order-1.pay", "refund-1.refund".
std::string operation_of(const Job& job, const Wish& wish) {
    if (job.task == Task::refund) return job.refund.id + ".refund";
    std::string_view name = "other";
    if (wish.path.ends_with("/confirm")) name = "confirm";
    if (wish.path == "/v1/payment_intents") {
        const bool confirms =
            std::ranges::find(wish.params, std::pair<std::string, std::string>(
                                               "confirm", "true")) != wish.params.end();
        name = confirms ? "pay" : "create";
    }
    return fmt::format("{}.{}", job.order, name);
}

}  // namespace

SubjectShop::SubjectShop(const scenarios::ShopParts& parts, Workers& workers)
    : Shop(kRight, parts), workers_(workers) {}

scenarios::Task<Done> SubjectShop::pay(Step step) {
    const std::string order = step.order;
    // Every click is a job, as long as the page shows the button.
    const auto click = [&](Transaction& transaction) {
        claim(transaction, step);
        const Row row = transaction.get(order_key(order));
        return row["status"] == "paying" || row["status"] == "pending";
    };
    const bool is_open = co_await store_.transact(order, "claim", click);
    if (is_open) co_await deliver(order, Task::pay, false);
    co_return Done{};
}

scenarios::Task<Done> SubjectShop::created(HookEvent event) {
    const std::string order = event.order;
    bool is_first = false;
    const auto note_it = [&](Transaction& transaction) {
        Row row = transaction.get(order_key(order));
        if (!row.exists()) return false;
        is_first = std::as_const(row)["claimed"].empty();
        if (is_first) {
            row["claimed"] = event.id;
            row["intent"] = event.intent;
            row["status"] = "paying";
            begin_keys(row);
            transaction.put(order_key(order), std::move(row));
        }
        return true;
    };
    const bool is_known = co_await store_.transact(order, "confirm-claim", note_it);
    if (is_known) co_await deliver(order, Task::confirm, !is_first);
    co_return Done{};
}

scenarios::Task<Done> SubjectShop::resume_order(std::string order) {
    waiting_.erase(order);  // The job that would have come again is gone with the process.
    const Row row = co_await store_.read(order, order_key(order));
    if (row["status"] == "cancelling") {
        co_await give_back(payment_of(order, row));
        co_return Done{};
    }
    const Task task = row["claimed"].empty() ? Task::pay : Task::confirm;
    co_await deliver(order, task, true);
    co_return Done{};
}

scenarios::Task<Done> SubjectShop::deliver(std::string order, Task task, bool is_redelivered) {
    const std::span<const std::int64_t> pauses_us = late_pauses_us();
    bool will_wait = false;
    for (std::size_t late = 0;; ++late) {
        Row row = co_await store_.read(order, order_key(order));
        if (late > 0 && std::as_const(row)["status"] != "pending") break;
        if (!are_keys_kept(row)) break;
        const std::int64_t generation = row.number("generation");
        Job job{.task = task,
                .order = order,
                .row = std::move(row),
                .is_redelivered = is_redelivered || late > 0};
        const Ending ending = co_await work(std::move(job));
        co_await conclude_job(order, generation, ending);
        if (ending.status != "pending" || late == pauses_us.size()) break;
        // When another job of the order comes again, one is enough.
        if (!will_wait && !waiting_.insert(order).second) break;
        will_wait = true;
        co_await process_.sleep(order, pauses_us[late]);
    }
    if (will_wait) waiting_.erase(order);
    co_return Done{};
}

scenarios::Task<Done> SubjectShop::conclude_job(std::string order, std::int64_t generation,
                                                Ending ending) {
    const bool waits = settings_.flow == scenarios::Flow::confirm_on_webhook;
    const auto keep = [&](Transaction& transaction) {
        keep_in(transaction, order, ending.payment_intent, waits);
        return true;
    };
    if (ending.status == "paid") {
        const Row row = co_await store_.read(order, order_key(order));
        Payment payment = payment_of(order, row);
        payment.intent = ending.payment_intent;
        co_await settle(std::move(payment), "answer");
    } else if (ending.status == "created") {
        co_await store_.transact(order, "keep", keep);
    } else if (ending.status == "declined" || ending.status == "failed" ||
               ending.status == "pending") {
        co_await conclude_as(order, ending.status, generation);
    }
    co_return Done{};
}

scenarios::Task<SubjectShop::Ending> SubjectShop::work(Job job) {
    if (workers_.failure() || workers_.error()) co_return Ending{};
    process_.note("job", [&](JsonWriter& json) {
        json.text("order", job.order);
        json.text("task", to_string(job.task));
        if (job.is_redelivered) json.flag("is_redelivered", true);
    });
    std::optional<Worker> worker = workers_.take();
    if (!worker) co_return Ending{};
    std::optional<Wish> wish = worker->begin(job_members(job, settings_));
    for (int wishes = 0; wish && wish->kind != Wish::Kind::done; ++wishes) {
        if (wishes == kWishesMax) {
            workers_.fail({Cause::time,
                           fmt::format("expected a job that ends, found {} requests, pauses and "
                                       "looks into the store in one",
                                       kWishesMax),
                           {}});
            co_return Ending{};
        }
        const std::string granted = co_await grant(job, *wish);
        wish = worker->reply(granted);
    }
    if (!wish) co_return Ending{};
    process_.note("done", [&](JsonWriter& json) {
        json.text("order", job.order);
        json.text("task", to_string(job.task));
        json.text("status", wish->key);
    });
    co_return Ending{wish->key, wish->value};
}

scenarios::Task<std::string> SubjectShop::grant(const Job& job, Wish wish) {
    const std::string row_key = client_key(wish.key);
    std::string stands;
    bool is_new = false;
    const auto put = [&](Transaction& transaction) {
        is_new = wish.kind == Wish::Kind::put || !transaction.has(row_key);
        if (is_new) {
            Row row;
            row["value"] = wish.value;
            row["is_set"] = "1";
            transaction.put(row_key, std::move(row));
        }
        stands = std::as_const(transaction).get(row_key)["value"];
        return true;
    };
    switch (wish.kind) {
        case Wish::Kind::request: {
            std::string answer = co_await send(job, std::move(wish));
            co_return answer;
        }
        case Wish::Kind::sleep:
            co_await process_.sleep(job.order, wish.duration_ms * 1000);
            co_return std::string();
        case Wish::Kind::get: {
            const Row row = co_await store_.read(job.order, row_key);
            co_return value_members(row.exists() ? &row["value"] : nullptr);
        }
        case Wish::Kind::order: {
            const Row row = co_await store_.read(job.order, order_key(wish.key));
            co_return order_members(wish.key, row);
        }
        case Wish::Kind::put:
        case Wish::Kind::put_if_absent:
            co_await store_.transact(job.order, "store", put);
            co_return kept_members(stands, is_new);
        case Wish::Kind::done:
            break;
    }
    co_return std::string();
}

scenarios::Task<std::string> SubjectShop::send(const Job& job, Wish wish) {
    Call call = call_of(job, wish);
    const Outcome outcome = co_await provider_.send(std::move(call));
    co_return outcome_members(outcome);
}

Call SubjectShop::call_of(const Job& job, const Wish& wish) {
    const std::string operation = operation_of(job, wish);
    return {.order = job.order,
            .operation = operation,
            .attempt = ++attempts_[operation],
            .path = wish.path,
            .params = wish.params,
            .key = wish.key};
}

scenarios::Played play_subject(const scenarios::Scenario& scenario, Workers& workers) {
    const scenarios::Cast cast{.name = std::string(kSubject),
                               .transport = "process",
                               .determinism = "ordered",
                               .make = [&](const scenarios::ShopParts& parts) {
                                   return std::make_unique<SubjectShop>(parts, workers);
                               }};
    return scenarios::play(scenario, cast);
}

}  // namespace onsite::idempotency

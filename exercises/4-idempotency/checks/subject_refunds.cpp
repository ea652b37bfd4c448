// Refunds: jobs as payments are, delivered again as long as their outcome is pending, and after a
// crash.
#include <utility>

#include <fmt/format.h>

#include "exercises/4-idempotency/checks/subject_shop.hpp"

namespace onsite::idempotency {
namespace {

using scenarios::Call;
using scenarios::Done;
using scenarios::order_key;
using scenarios::Outcome;
using scenarios::refund_key;
using scenarios::Row;

constexpr std::string_view kPending = "refund_pending";

// What the shopper is told.
std::string_view word_for(std::string_view status) {
    if (status == "refunded") return status;
    return status == "failed" ? "refund_failed" : kPending;
}

}  // namespace

scenarios::Task<Done> SubjectShop::return_part(std::string order, std::string id,
                                               bool is_redelivered) {
    const std::span<const std::int64_t> pauses_us = late_pauses_us();
    for (std::size_t late = 0;; ++late) {
        const Row asked = co_await store_.read(order, refund_key(id));
        if (late > 0 && asked["status"] != "asked") break;  // Another job learned of its end.
        Row row = co_await store_.read(order, order_key(order));
        const std::string intent = payment_of(order, row).intent;
        Job job{.task = Task::refund,
                .order = order,
                .row = std::move(row),
                .is_redelivered = is_redelivered || late > 0,
                .refund = {.id = id, .payment_intent = intent, .amount = asked.number("amount")}};
        const Ending ending = co_await work(std::move(job));
        if (ending.status.empty()) break;
        const std::string_view told = word_for(ending.status);
        tell(id, told);
        if (told != kPending) {
            co_await end_refund(order, id);
            break;
        }
        if (ending.status != "pending" || late == pauses_us.size()) break;
        co_await process_.sleep(order, pauses_us[late]);
    }
    co_return Done{};
}

scenarios::Task<Outcome> SubjectShop::until_known(Payment& payment,
                                                  std::function<Call()> next_call) {
    const Call call = next_call();
    const Row row = co_await store_.read(call.order, order_key(call.order));
    Job job{.task = Task::refund,
            .order = call.order,
            .row = row,
            .is_redelivered = payment.sent > 1,
            .refund = {.id = call.operation.substr(0, call.operation.find('.')),
                       .payment_intent = payment.intent}};
    const Ending ending = co_await work(std::move(job));
    Outcome outcome;
    if (ending.status == "refunded") outcome.knowledge = scenarios::Knowledge::done;
    if (ending.status == "failed") outcome.knowledge = scenarios::Knowledge::not_done;
    co_return outcome;
}

}  // namespace onsite::idempotency

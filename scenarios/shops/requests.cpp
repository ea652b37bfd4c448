#include <algorithm>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>

#include "base/rng.hpp"
#include "scenarios/shops/shop.hpp"

namespace onsite::scenarios {
namespace {

using Params = std::vector<std::pair<std::string, std::string>>;

constexpr std::int64_t kJitterMaxUs = 30 * simulator::kSecond;

}  // namespace

std::string Shop::key_of(const Payment& payment, const std::string& operation) const {
    const std::string usual = fmt::format("{}.{}", operation, payment.generation);
    if (policy_.click == ClickRule::one_payment_per_click) {
        return fmt::format("{}.click-{}", usual, payment.click);
    }
    switch (policy_.key) {
        case KeyRule::per_operation:
        case KeyRule::of_the_amount:
        case KeyRule::none_for_refunds:
        case KeyRule::per_action:
            return usual;
        case KeyRule::per_payment:
            return fmt::format("{}.{}", payment.order, payment.generation);
        case KeyRule::of_the_body:
            return fmt::format("{}-{}", usual, process_.timeline().now_us());
        case KeyRule::with_a_token:
            return fmt::format("{}-token-{}", usual, token());
        case KeyRule::per_attempt:
            return fmt::format("{}-{}", usual, payment.sent);
        case KeyRule::per_order:
            return payment.order;
        case KeyRule::per_customer:
            return payment.customer;
        case KeyRule::without_card:
            return operation;
        case KeyRule::per_process:
            return fmt::format("{}-{}", usual, process_.generation());
        case KeyRule::new_on_5xx:
            return fmt::format("{}-{}", usual, payment.server_errors);
    }
    std::abort();
}

Call Shop::call_of(Payment& payment, Request what) const {
    Params params;
    std::string path = "/v1/payment_intents";
    std::string name;
    switch (what) {
        case Request::pay:
            name = "pay";
            break;
        case Request::create:
            name = "create";
            break;
        case Request::confirm:
            name = "confirm";
            path += fmt::format("/{}/confirm", payment.intent);
            break;
    }
    if (what != Request::confirm) {
        params = {{"amount", payment.amount},
                  {"currency", payment.currency},
                  {"payment_method_types[]", "card"},
                  {"metadata[order]", payment.order}};
    }
    if (what != Request::create) {
        params.emplace_back("payment_method", payment.card);
        if (!payment.email.empty()) params.emplace_back("receipt_email", payment.email);
    }
    if (what == Request::pay) params.emplace_back("confirm", "true");
    ++payment.sent;
    const std::string operation = fmt::format("{}.{}", payment.order, name);
    return {.order = payment.order,
            .operation = operation,
            .attempt = payment.sent,
            .path = std::move(path),
            .params = std::move(params),
            .key = key_of(payment, operation)};
}

Task<Outcome> Shop::request(Payment& payment, Request what) {
    const std::function<Call()> next = [this, &payment, what] { return call_of(payment, what); };
    Outcome outcome = co_await until_known(payment, next);
    co_return outcome;
}

bool Shop::is_retried(const Outcome& outcome) const {
    if (policy_.retry == RetryRule::declines_too && outcome.status == 402) return true;
    if (outcome.should_retry) return *outcome.should_retry;
    if (outcome.status == 409) return policy_.conflict == ConflictRule::retried;
    if (outcome.knowledge == Knowledge::unknown) return policy_.unknown == UnknownRule::retried;
    return outcome.knowledge == Knowledge::not_done &&
           (outcome.status == 0 || outcome.status == 429);
}

// Before the attempt after this one.
std::int64_t Shop::pause_us(const std::string& operation, std::int64_t attempt) const {
    if (policy_.retry == RetryRule::at_once || settings_.backoff_us.empty()) return 0;
    const auto place = std::min(static_cast<std::size_t>(attempt), settings_.backoff_us.size());
    return with_jitter(operation, settings_.backoff_us[place - 1], attempt);
}

// Up to half as long again, and half a minute at most, so that those who failed together do not
// come back together. Another seed has other pauses; the same one has the same.
std::int64_t Shop::with_jitter(const std::string& whose, std::int64_t pause_us,
                               std::int64_t attempt) const {
    if (policy_.retry == RetryRule::without_jitter) return pause_us;
    const std::int64_t most_us = std::min(pause_us / 2, kJitterMaxUs);
    Rng dice = Rng(seed_).fork(whose).fork(std::to_string(pause_us)).fork(std::to_string(attempt));
    return pause_us +
           static_cast<std::int64_t>(dice.below(static_cast<std::uint64_t>(most_us) + 1));
}

std::int64_t Shop::token() const {
    constexpr std::int64_t kLifetimeS = 60;
    return process_.timeline().now_s() / kLifetimeS;
}

Task<Outcome> Shop::until_known(Payment& payment, std::function<Call()> next_call) {
    Outcome outcome;
    for (std::int64_t attempt = 1;; ++attempt) {
        if (policy_.body == BodyRule::current && attempt > 1) {
            const Row row = co_await store_.read(payment.order, order_key(payment.order));
            payment.email = row["email"];
        }
        Call call = next_call();
        const std::string operation = call.operation;
        outcome = co_await provider_.send(std::move(call));
        if (outcome.status >= 500) ++payment.server_errors;
        const bool is_last =
            attempt ==
            (policy_.retry == RetryRule::without_an_end ? kAttemptsMax : settings_.attempts);
        if (!is_retried(outcome) || is_last) break;
        const std::int64_t pause = pause_us(operation, attempt);
        process_.note("retry", [&](simulator::JsonWriter& json) {
            json.text("order", payment.order);
            json.number("att", payment.sent + 1);
            json.number("after_us", pause);
        });
        co_await process_.sleep(payment.order, pause);
    }
    co_return outcome;
}

}  // namespace onsite::scenarios

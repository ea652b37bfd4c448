#include "exercises/4-idempotency/checks/family.hpp"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/rng.hpp"
#include "base/sort_stably.hpp"
#include "exercises/4-idempotency/checks/challenge.hpp"
#include "scenarios/shops/shops.hpp"
#include "simulator/core/timeline.hpp"

namespace onsite::idempotency {
namespace {

using scenarios::Action;
using scenarios::Flow;
using scenarios::Scenario;
using scenarios::Step;
using simulator::CutPoint;
using simulator::FaultKind;
using simulator::kMinute;
using simulator::kSecond;

constexpr std::int64_t kMs = 1000;
constexpr const char* kGoodCard = "pm_card_visa";
constexpr const char* kBadCard = "pm_card_visa_chargeDeclined";
constexpr std::int64_t kStartUs = 1'767'603'600LL * kSecond;  // 2026-01-05T09:00:00Z

class Maker {
public:
    explicit Maker(std::uint64_t seed) : theme_(theme_of(seed)), rng_(Rng(seed).fork("incident")) {
        made_.id = fmt::format("incident-{}", seed);
        made_.story = fmt::format("A made-up incident: {}.", to_string(theme_));
        made_.seed = seed;
        made_.start_us = kStartUs;
        made_.heal_us = 20 * kMinute;
        made_.expect = {{std::string(scenarios::kReference), {}}};
        first_ = rng_.below(900'000) + 100'000;
    }

    Scenario make() {
        made_.shop.flow = flow();
        add_trouble(order(0));
        const std::uint64_t others = 1 + rng_.below(2);
        for (std::uint64_t i = 1; i <= others; ++i) add_other(order(i));
        add_challenge(made_, order(others + 1));
        sort_stably(made_.steps, &Step::at_us);
        return std::move(made_);
    }

private:
    std::int64_t between(std::int64_t from, std::int64_t to) {
        return from + static_cast<std::int64_t>(rng_.below(static_cast<std::uint64_t>(to - from)));
    }
    std::string order(std::uint64_t n) const { return fmt::format("order-{}", first_ + n); }
    template <typename T>
    T one_of(std::initializer_list<T> all) {
        return all.begin()[rng_.below(all.size())];
    }

    Flow flow() {
        switch (theme_) {
            case Theme::address_before_confirm:
                return Flow::two_calls;
            case Theme::webhook_again:
                return Flow::confirm_on_webhook;
            case Theme::money_back:
                return one_of({Flow::one_call, Flow::fulfil_on_webhook});
            case Theme::another_card:
                return one_of({Flow::one_call, Flow::two_calls});
            case Theme::crash:
            case Theme::busy_provider:
                return one_of(
                    {Flow::one_call, Flow::two_calls, Flow::two_calls, Flow::fulfil_on_webhook});
            case Theme::address_before_retry:
            case Theme::impatient_shopper:
                break;
        }
        return Flow::one_call;
    }
    // The request that moves money.
    std::string paying_request() const {
        return made_.shop.flow == Flow::one_call || made_.shop.flow == Flow::fulfil_on_webhook
                   ? "pay"
                   : "confirm";
    }
    // That one, or the one before it.
    std::string any_request() {
        const bool is_create = made_.shop.flow == Flow::two_calls && rng_.below(2) == 0;
        return is_create ? "create" : paying_request();
    }

    void add_pay(const std::string& name, std::int64_t at_ms, const char* card) {
        made_.steps.push_back(
            {.at_us = at_ms * kMs,
             .order = name,
             .amount = amount_ > 0 && name == order(0) ? amount_ : between(100, 99'999),
             .currency = "usd",
             .card = card});
        if (name == order(0)) amount_ = made_.steps.back().amount;
    }
    // Another shopper, who often buys the same for the same price.
    void add_other(const std::string& name) {
        add_pay(name, between(0, 3000), kGoodCard);
        if (rng_.below(2) == 0) made_.steps.back().amount = amount_;
    }
    void add_address(const std::string& name, std::int64_t at_ms) {
        made_.steps.push_back({.at_us = at_ms * kMs,
                               .order = name,
                               .action = Action::change,
                               .email = fmt::format("{}-{}@example.com", name, at_ms)});
    }
    // The shopper corrects it, so that one lies between any attempt and its retry, or its next
    // delivery: whoever sleeps until the first one has come meets the next.
    void add_more_addresses(const std::string& name, std::int64_t at_ms, std::int64_t every_ms,
                            int count) {
        for (int n = 1; n <= count; ++n) {
            const std::int64_t late_ms = between(0, every_ms / 4);
            add_address(name, at_ms + n * every_ms + late_ms);
        }
    }
    void add_fault(const std::string& name, const std::string& request, std::int64_t attempt,
                   CutPoint at, FaultKind kind, std::int64_t delay_ms = 0, int status = 500) {
        made_.faults.push_back({.operation = fmt::format("{}.{}", name, request),
                                .attempt = attempt,
                                .at = at,
                                .kind = kind,
                                .status = status,
                                .delay_us = delay_ms * kMs});
    }
    // The first delivery, or each one: then only an answer says how the payment ended.
    void lose_webhooks() {
        const std::uint64_t how = rng_.below(4);
        if (how < 2) return;
        const bool is_told_by_webhook = made_.shop.flow == Flow::fulfil_on_webhook;
        drop_webhooks(how == 3 && !is_told_by_webhook ? 0 : 1);
    }
    // 0: each delivery.
    void drop_webhooks(std::int64_t attempt) {
        made_.webhook_faults.push_back({.event_type = "payment_intent.succeeded",
                                        .nth = 0,
                                        .kind = simulator::WebhookFaultKind::drop,
                                        .attempt = attempt});
    }

    // The attempt is carried out or still running, and the client does not know. Often the retries
    // are refused: what is known of the last attempt says nothing of the first one.
    void add_silence(const std::string& name) {
        const std::string request = paying_request();
        if (rng_.below(4) == 0) {
            add_fault(name, request, 2, CutPoint::connect, FaultKind::refuse);
            add_fault(name, request, 3, CutPoint::connect, FaultKind::refuse);
        }
        switch (rng_.below(4)) {
            case 0:
                return add_fault(name, request, 1, CutPoint::response, FaultKind::lost);
            case 1:
                return add_fault(name, request, 1, CutPoint::before_commit, FaultKind::delay,
                                 between(2600, 4000));
            case 2:
                return add_fault(name, request, 1, CutPoint::request, FaultKind::lost);
            default:
                return add_fault(name, request, 1, CutPoint::response, FaultKind::stall,
                                 between(2100, 4000));
        }
    }

    // Until a retry, or when all of them are used up until the next delivery.
    void add_busy_provider(const std::string& name, const std::string& request) {
        const std::int64_t attempts = request == "create" || rng_.below(2) == 0 ? 3 : 1;
        const std::uint64_t how = rng_.below(4);
        const bool is_advised = rng_.below(2) == 0;
        for (std::int64_t attempt = 1; attempt <= attempts; ++attempt) {
            if (how == 0) add_fault(name, request, attempt, CutPoint::connect, FaultKind::refuse);
            if (how == 1) add_busy_answer(name, request, attempt, FaultKind::rate_limit);
            if (how == 2) add_fault(name, request, attempt, CutPoint::response, FaultKind::lost);
            if (how != 3) continue;
            add_busy_answer(name, request, attempt, FaultKind::status);
            if (is_advised) made_.faults.back().should_retry = false;
        }
    }
    void add_busy_answer(const std::string& name, const std::string& request, std::int64_t attempt,
                         FaultKind kind) {
        add_fault(name, request, attempt, CutPoint::before_commit, kind, 0, 503);
    }

    // Between an attempt and what follows it, a retry or a delivery a minute later.
    void add_addresses(const std::string& name) {
        add_pay(name, 0, kGoodCard);
        const std::int64_t first_ms = between(300, 1900);
        add_address(name, first_ms);
        const std::uint64_t how = rng_.below(4);
        if (how == 0) return add_long_silence(name, first_ms);
        // Seconds are for those who sleep for seconds: a retry comes 2.5 s after its attempt.
        if (how == 1) add_more_addresses(name, first_ms, 1600, 6);
        add_silence(name);
        lose_webhooks();
    }
    // Only the next delivery learns what became of the first attempt.
    void add_long_silence(const std::string& name, std::int64_t first_ms) {
        const std::string request = paying_request();
        add_fault(name, request, 1, CutPoint::response, FaultKind::lost);
        add_fault(name, request, 2, CutPoint::connect, FaultKind::refuse);
        add_fault(name, request, 3, CutPoint::connect, FaultKind::refuse);
        drop_webhooks(0);
        add_more_addresses(name, first_ms, 45'000, 12);
    }

    void add_trouble(const std::string& name) {
        switch (theme_) {
            case Theme::address_before_retry:
            case Theme::address_before_confirm:
                return add_addresses(name);
            case Theme::another_card:
                add_pay(name, 0, kBadCard);
                return add_pay(name, between(2000, 90'000), kGoodCard);
            case Theme::webhook_again:
                made_.shop.webhook_work_us = 12 * kSecond;  // The provider waits for ten.
                add_pay(name, 0, kGoodCard);
                return add_address(name, between(2000, 60'000));
            case Theme::impatient_shopper:
                add_pay(name, 0, kGoodCard);
                add_fault(name, "pay", 1, CutPoint::before_commit, FaultKind::delay,
                          between(800, 1900));
                add_address(name, between(100, 300));
                // Half of the second clicks come from another tab at the very same moment.
                add_pay(name, rng_.below(2) == 0 ? 0 : between(300, 700), kGoodCard);
                return lose_webhooks();
            case Theme::busy_provider:
                add_pay(name, 0, kGoodCard);
                return add_busy_provider(name, any_request());
            case Theme::crash:
                return add_crash(name, any_request());
            case Theme::money_back:
                add_pay(name, 0, kGoodCard);
                add_refunds(name);
        }
    }

    void add_crash(const std::string& name, const std::string& request) {
        add_pay(name, 0, kGoodCard);
        // The address comes while the provider thinks: a shop that is down takes none.
        add_fault(name, request, 1, CutPoint::before_commit, FaultKind::delay, between(1000, 1900));
        made_.crashes.push_back({.order = name,
                                 .await = request,
                                 .is_after = rng_.below(4) > 0,
                                 .restart_us = between(1000, 8000) * kMs});
        add_address(name, between(300, 900));
        lose_webhooks();
    }

    void add_refunds(const std::string& name) {
        for (int n = 1; n <= 2; ++n) {
            made_.steps.push_back({.at_us = n * kMinute + between(0, 1000) * kMs,
                                   .order = name,
                                   .action = Action::refund,
                                   .amount = amount_ / 3,
                                   .refund = fmt::format("refund-{}-{}", first_, n)});
        }
        add_trouble_of_refund(name, fmt::format("refund-{}-1", first_));
    }

    // Nobody knows what became of the first attempt; the next ones tell, or the next delivery does.
    void add_trouble_of_refund(const std::string& order, const std::string& refund) {
        const std::uint64_t how = rng_.below(5);
        if (how == 1) {  // All attempts of a delivery, and none says that there is no refund.
            const FaultKind kind = one_of({FaultKind::status, FaultKind::rate_limit});
            for (int attempt = 1; attempt <= 3; ++attempt) {
                add_busy_answer(refund, "refund", attempt, kind);
            }
            return;
        }
        if (how == 0) {
            made_.crashes.push_back({.order = order,
                                     .await = "refund",
                                     .is_after = rng_.below(4) > 0,
                                     .restart_us = between(1000, 8000) * kMs});
            return;
        }
        add_fault(refund, "refund", 1, one_of({CutPoint::response, CutPoint::request}),
                  FaultKind::lost);
        if (how == 2) return;
        add_fault(refund, "refund", 2, CutPoint::connect, FaultKind::refuse);
        add_fault(refund, "refund", 3, CutPoint::connect, FaultKind::refuse);
    }

    Theme theme_;
    Rng rng_;
    Scenario made_ = {};
    std::uint64_t first_ = 0;
    std::int64_t amount_ = 0;  // Of the order in trouble.
};

}  // namespace

scenarios::Scenario incident_of(std::uint64_t seed) { return Maker(seed).make(); }

}  // namespace onsite::idempotency

// A shop that is somebody's service, reached by HTTP alone.
//
// Virtual time stands while the service does something. After a window of silence it jumps to what
// is due when the service waits for that or for nothing. While it thinks or sleeps, with a request
// of ours open or an order on its way, virtual time passes as fast as its own clock: never slower,
// so that a pause of half a second is one.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "base/clock.hpp"
#include "scenarios/service/inbox.hpp"
#include "scenarios/service/service_caller.hpp"
#include "scenarios/service/service_contract.hpp"
#include "scenarios/service/stripe_relay.hpp"
#include "scenarios/shops/merchant.hpp"

namespace onsite::scenarios {

struct ServiceSettings {
    ServiceAddress address = {};
    CallLimits limits = {};
    std::int64_t window_ms = 20;        // Of silence.
    std::int64_t settle_ms = 1'500;     // For work in the background, while an order is on its way.
    std::int64_t run_ms_max = 120'000;  // Of the machine's time, for one run.
    // To the fake Stripe, in one run: so many, and so many more for each step.
    std::size_t requests_max = 100;
    std::size_t requests_per_step = 20;
};

// Writes the lines `told`, `accept`, `tick`, `state` and `effect`. Thread safety: none.
class ServiceMerchant final : public Merchant {
public:
    // The first reason why the service cannot be judged goes to `failure`; from then on the run
    // goes to its end without it. REQUIRES: the clock, inbox, settings and failure outlive it.
    ServiceMerchant(const ShopParts& parts, const ServiceSettings& settings, Clock& clock,
                    Inbox& inbox, std::optional<std::string>& failure);

    void act(const Step& step, std::int64_t cause) override;
    void receive(Hook hook, std::int64_t cause, HookAnswer answer) override;
    void resume() override {}  // Its crashes are its owner's.
    std::int64_t may_move_to(std::int64_t end_us) override;

private:
    // Whether the reply is one of the contract. Errors: what it is instead.
    using Ended = std::function<Result<void>(const HttpResponse& reply)>;
    struct Call {
        std::string what = {};  // "POST /orders/order-1/pay"
        Ended ended = {};
        bool is_look = false;  // Which changes nothing.
    };

    // ---- What is said (service_merchant.cpp)
    void call(HttpRequest request, Ended ended, bool is_look = false);
    void tell(const Step& step, std::int64_t cause, std::string_view what);
    void plan_ticks();
    void tick();
    std::string resigned(const std::string& signature, const std::string& payload) const;
    void look_at_orders();
    void look_at_next_order();
    void see(const std::string& order, const OrderView& view);
    bool is_on_its_way() const;

    // ---- When (service_time.cpp)
    bool begin_next_call();
    std::optional<std::int64_t> moment_in_silence(std::int64_t next_us);
    std::chrono::milliseconds wait() const;
    void handle(Inbox::Item item);
    void handle_end(CallEnd end);
    std::int64_t moved(std::int64_t moment_us);
    std::int64_t real_us() const { return clock_.monotonic_ns() / 1'000; }
    std::int64_t due_us(std::int64_t end_us) const;
    std::int64_t caught_up_us() const;
    std::int64_t arrival_us() const;
    void exchanged();
    void fail(std::string problem);
    bool may_ask_more();

    ShopParts parts_;
    const ServiceSettings& settings_;
    Clock& clock_;
    Inbox& inbox_;
    std::optional<std::string>& failure_;
    StripeRelay relay_;
    ServiceCaller caller_;
    std::deque<std::pair<HttpRequest, Call>> to_begin_ = {};
    std::map<std::uint64_t, Call> calls_ = {};
    std::map<std::string, OrderView> orders_ = {};  // As they were last seen.
    std::deque<std::string> to_look_at_ = {};
    bool takes_ticks_ = true;

    std::optional<Inbox::Item> held_ = {};  // It came, and virtual time is behind.
    std::optional<std::int64_t> held_until_us_ = {};
    bool has_news_ = false;     // Something may have changed since the orders were looked at.
    bool is_settling_ = false;  // Time passes for work in the background.
    bool is_quiet_ = false;     // Nothing was said or heard since the last silence.
    std::int64_t began_ms_;     // Since 1970, by the service's own clock.
    // Moments of the machine's clock: the beginning, the last sign of life in either direction, and
    // of those the last one that is no look.
    std::int64_t began_us_;
    std::int64_t sign_us_;
    std::int64_t exchange_us_;
    // A moment at which virtual time was not behind the machine's.
    std::int64_t anchor_real_us_;
    std::int64_t anchor_us_;
};

}  // namespace onsite::scenarios

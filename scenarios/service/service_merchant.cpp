#include "scenarios/service/service_merchant.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "scenarios/player/json_text.hpp"
#include "simulator/webhooks/signature.hpp"

namespace onsite::scenarios {
namespace {

using simulator::JsonWriter;
using simulator::kHour;
using simulator::kMinute;

// After a step: when a shop of ours would come back to what is pending.
constexpr std::array kTickPauses = {kMinute, 10 * kMinute, kHour, 5 * kHour, 25 * kHour};

}  // namespace

ServiceMerchant::ServiceMerchant(const ShopParts& parts, const ServiceSettings& settings,
                                 Clock& clock, Inbox& inbox, std::optional<std::string>& failure)
    : parts_(parts),
      settings_(settings),
      clock_(clock),
      inbox_(inbox),
      failure_(failure),
      relay_(parts, settings.window_ms * 1'000),
      caller_(settings.address, settings.limits, inbox),
      began_ms_(clock.now_ms()),
      began_us_(real_us()),
      sign_us_(began_us_),
      exchange_us_(began_us_),
      anchor_real_us_(began_us_),
      anchor_us_(parts_.process.timeline().now_us()) {}

void ServiceMerchant::call(HttpRequest request, Ended ended, bool is_look) {
    if (failure_) return;
    std::string what = fmt::format("{} {}", request.method, request.target);
    to_begin_.emplace_back(
        std::move(request),
        Call{.what = std::move(what), .ended = std::move(ended), .is_look = is_look});
}

void ServiceMerchant::act(const Step& step, std::int64_t cause) {
    orders_.try_emplace(step.order);
    plan_ticks();
    relay_.heard(step.order, cause);
    call(step_request(step), [this, step, cause](const HttpResponse& reply) -> Result<void> {
        if (step.action == Action::change || step.action == Action::cancel) return {};
        auto told = told_by(reply);
        if (!told) return pass_on(told);
        if (!told->empty()) tell(step, cause, *told);
        return {};
    });
}

void ServiceMerchant::tell(const Step& step, std::int64_t cause, std::string_view what) {
    parts_.process.caused_by(cause, [&] {
        parts_.process.note("told", [&](JsonWriter& json) {
            json.text("order", step.action == Action::refund ? step.refund : step.order);
            json.text("what", what);
        });
    });
}

// The signature has the virtual moment in it, and the service looks at its own clock: as old as it
// is in virtual time, it is there.
std::string ServiceMerchant::resigned(const std::string& signature,
                                      const std::string& payload) const {
    const std::int64_t moment_s = simulator::signed_at(signature);
    const std::array<std::string, 1> secrets = {std::string(parts_.webhook_secret)};
    const std::int64_t age_s = parts_.process.timeline().now_s() - moment_s;
    const std::int64_t real_s = clock_.now_ms() / 1000 - age_s;
    if (simulator::webhook_signature(payload, moment_s, secrets) == signature) {
        return simulator::webhook_signature(payload, real_s, secrets);
    }
    const std::size_t rest = std::min(signature.find(','), signature.size());
    return fmt::format("t={}{}", real_s, std::string_view(signature).substr(rest));
}

void ServiceMerchant::receive(Hook hook, std::int64_t cause, HookAnswer answer) {
    relay_.heard(relay_.order_of_event(*hook.payload), cause);
    call(
        webhook_request(resigned(hook.signature, *hook.payload), *hook.payload),
        [this, hook, cause, answer = std::move(answer)](const HttpResponse& reply) -> Result<void> {
            if (reply.status >= 200 && reply.status < 300) {
                parts_.process.caused_by(cause, [&] {
                    parts_.process.note("accept", [&](JsonWriter& json) {
                        json.text("event", json_text(*hook.payload, "/id"));
                        json.text("type", json_text(*hook.payload, "/type"));
                    });
                });
            }
            answer(reply.status);
            return {};
        });
}

void ServiceMerchant::plan_ticks() {
    auto& timeline = parts_.process.timeline();
    for (const std::int64_t pause_us : kTickPauses) {
        timeline.at(timeline.now_us() + pause_us, [this] { tick(); });
    }
}

// Nobody waits an hour: a service that has nothing unfinished is not asked.
void ServiceMerchant::tick() {
    if (failure_ || !takes_ticks_ || !is_on_its_way()) return;
    // Its own clock when the run began, and the virtual time since.
    const std::int64_t since_us = parts_.process.timeline().now_us() - parts_.scenario.start_us;
    const std::int64_t now_s = (began_ms_ + since_us / 1'000) / 1'000;
    relay_.heard("", parts_.process.note("tick", [](JsonWriter&) {}));
    call(tick_request(now_s), [this](const HttpResponse& reply) -> Result<void> {
        if (reply.status == 404) takes_ticks_ = false;
        return {};
    });
}

bool ServiceMerchant::is_on_its_way() const {
    return !std::ranges::all_of(orders_,
                                [](const auto& order) { return is_at_rest(order.second.status); });
}

// ---- What is seen

void ServiceMerchant::look_at_orders() {
    for (const auto& [order, view] : orders_) to_look_at_.push_back(order);
    look_at_next_order();
}

// One after the other, so that what is seen has an order.
void ServiceMerchant::look_at_next_order() {
    if (to_look_at_.empty()) return;
    const std::string order = std::move(to_look_at_.front());
    to_look_at_.pop_front();
    call(
        look_request(order),
        [this, order](const HttpResponse& reply) -> Result<void> {
            auto view = order_view_of(reply);
            if (!view) return pass_on(view);
            see(order, *view);
            look_at_next_order();
            return {};
        },
        true);
}

void ServiceMerchant::see(const std::string& order, const OrderView& view) {
    OrderView& before = orders_[order];
    if (view.status != before.status) {
        parts_.process.note("state", [&](JsonWriter& json) {
            json.text("order", order);
            json.text("from", before.status);
            json.text("to", view.status);
        });
    }
    for (std::int64_t i = before.fulfilled; i < view.fulfilled; ++i) {
        parts_.process.note("effect", [&](JsonWriter& json) {
            json.word("kind", "fulfil");
            json.text("order", order);
            json.word("by", "service");
        });
    }
    before = {view.status, std::max(before.fulfilled, view.fulfilled)};
}

}  // namespace onsite::scenarios

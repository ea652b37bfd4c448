#include "simulator/webhooks/deliveries.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "simulator/resources/events.hpp"
#include "simulator/resources/webhook_endpoints.hpp"
#include "simulator/webhooks/retry_schedule.hpp"
#include "simulator/webhooks/signature.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kForwardId = "we_forward";

bool is_success(int status) { return status >= 200 && status < 300; }

}  // namespace

// One event on its way to one endpoint.
struct Deliveries::Delivery {
    World* world;
    std::string endpoint_id;
    std::string event_id;
    Body payload;
    std::vector<WebhookFault> faults;
    bool is_copy = false;  // Of a fault; the event does not wait for it.
    std::int64_t attempts = 0;
    Queue* queue = nullptr;

    const WebhookFault* fault(WebhookFaultKind kind) const {
        const auto found = std::ranges::find(faults, kind, &WebhookFault::kind);
        return found == faults.end() ? nullptr : &*found;
    }
    // Of those that name an attempt.
    bool meets(WebhookFaultKind kind) const {
        return std::ranges::any_of(faults, [&](const WebhookFault& one) {
            return one.kind == kind && (one.attempt == 0 || one.attempt == attempts);
        });
    }
};

struct Deliveries::Queue {
    std::deque<DeliveryPtr> waiting = {};
    DeliveryPtr held = {};    // By a swap, until the next one has gone ahead.
    std::size_t retries = 0;  // That are due later.
    bool is_busy = false;     // An attempt is in flight.
};

Deliveries::Deliveries(Simulator& simulator, std::uint64_t attempts_before)
    : simulator_(simulator), attempts_(attempts_before) {
    simulator.on_event = [this](World& world, Event& event) { on_event(world, event); };
}

Deliveries::~Deliveries() = default;

void Deliveries::set_sender(WebhookSender* sender) {
    sender_ = sender;
    if (sender_ == nullptr) return;
    for (auto& [number, flight] : in_flight_) {
        if (const WebhookEndpoint* endpoint = endpoint_of(*flight.delivery)) {
            // Signed afresh: clients take no signature that is minutes old.
            flight.attempt = attempt_of(*flight.delivery, *endpoint, number);
        } else {
            flight.attempt.url.clear();  // Switched off while it waited.
        }
        sender_->send(flight.attempt);
    }
}

void Deliveries::forward_to(std::string url, std::string secret) {
    forward_ = std::make_unique<WebhookEndpoint>(WebhookEndpoint{.id = std::string(kForwardId),
                                                                 .url = std::move(url),
                                                                 .enabled_events = {"*"},
                                                                 .secrets = {{std::move(secret)}}});
}

void Deliveries::on_event(World& world, Event& event) {
    const std::int64_t nth = ++events_of_type_[event.type];
    const auto faults = faults_.of(event.type, nth, ++events_);
    std::vector<std::string> told;
    for (const WebhookEndpoint& endpoint : world.tables.webhook_endpoints.rows()) {
        if (is_subscribed(endpoint, event.type)) told.push_back(endpoint.id);
    }
    if (forward_) told.emplace_back(kForwardId);
    if (told.empty()) return;
    event.pending_webhooks = static_cast<int>(told.size());
    const Body payload = rendered(world, kEventType, event.id);
    for (std::string& endpoint_id : told) {
        auto& queue = queues_[fmt::format("{}/{}", world.account, endpoint_id)];
        if (!queue) queue = std::make_unique<Queue>();
        plan(std::make_shared<Delivery>(Delivery{.world = &world,
                                                 .endpoint_id = std::move(endpoint_id),
                                                 .event_id = event.id,
                                                 .payload = payload,
                                                 .faults = faults,
                                                 .queue = queue.get()}));
    }
}

// When it joins the queue of its endpoint.
void Deliveries::plan(const DeliveryPtr& delivery) {
    const WebhookFault* delay = delivery->fault(WebhookFaultKind::delay);
    const std::int64_t due_us = timeline().now_us() + (delay == nullptr ? 0 : delay->delay_us);
    // Never at once: the change that the event tells of is still being made.
    timeline().at(due_us, [this, delivery] { line_up(delivery); });
    if (delivery->fault(WebhookFaultKind::duplicate) != nullptr) {
        auto copy = std::make_shared<Delivery>(*delivery);
        copy->is_copy = true;
        timeline().at(due_us, [this, copy] { line_up(copy); });
    }
}

void Deliveries::line_up(const DeliveryPtr& delivery) {
    Queue& queue = *delivery->queue;
    const WebhookFault* swap = delivery->fault(WebhookFaultKind::swap);
    if (swap != nullptr && delivery->attempts == 0 && !queue.held && !delivery->is_copy) {
        queue.held = delivery;
        const std::int64_t wait_us = swap->delay_us == 0 ? kSwapWaitUs : swap->delay_us;
        timeline().at(timeline().now_us() + wait_us, [this, delivery] { release(delivery); });
        return;
    }
    queue.waiting.push_back(delivery);
    if (queue.held) {
        queue.waiting.push_back(std::exchange(queue.held, nullptr));
    }
    while (queue.waiting.size() > kDeliveriesMax) {
        note("hook_given_up", *queue.waiting.front(), 0);
        queue.waiting.pop_front();
    }
    try_next(queue);
}

// The next event never came: what a swap holds goes alone.
void Deliveries::release(const DeliveryPtr& delivery) {
    Queue& queue = *delivery->queue;
    if (queue.held != delivery) return;
    queue.waiting.push_back(std::exchange(queue.held, nullptr));
    try_next(queue);
}

void Deliveries::try_next(Queue& queue) {
    while (!queue.is_busy && !queue.waiting.empty()) {
        const DeliveryPtr next = std::move(queue.waiting.front());
        queue.waiting.pop_front();
        queue.is_busy = try_one(next);
    }
}

// Whether an attempt is in flight now.
bool Deliveries::try_one(const DeliveryPtr& delivery) {
    const WebhookEndpoint* endpoint = endpoint_of(*delivery);
    if (endpoint == nullptr) {
        note("hook_stopped", *delivery, 0);
        return false;
    }
    ++delivery->attempts;
    note("hook", *delivery, 0);
    if (delivery->meets(WebhookFaultKind::drop)) {
        failed(delivery, 0);
        return false;
    }
    const std::uint64_t number = ++attempts_;
    const auto& flight = in_flight_[number] = {delivery, attempt_of(*delivery, *endpoint, number)};
    if (sender_ != nullptr) sender_->send(flight.attempt);
    return true;
}

const WebhookEndpoint* Deliveries::endpoint_of(const Delivery& delivery) const {
    if (delivery.endpoint_id == kForwardId) return forward_.get();
    const auto* endpoint = delivery.world->tables.webhook_endpoints.find(delivery.endpoint_id);
    const bool is_told = endpoint != nullptr && !endpoint->is_disabled && !endpoint->is_deleted;
    return is_told ? endpoint : nullptr;
}

WebhookAttempt Deliveries::attempt_of(const Delivery& delivery, const WebhookEndpoint& endpoint,
                                      std::uint64_t number) const {
    std::vector<std::string> secrets;
    for (const WebhookSecret& secret : endpoint.secrets) {
        const bool is_over = secret.until_us != 0 && secret.until_us <= timeline().now_us();
        if (!is_over) secrets.push_back(secret.text);
    }
    if (delivery.meets(WebhookFaultKind::corrupt_signature)) {
        for (std::string& secret : secrets) secret += "corrupt";
    }
    std::int64_t signed_s = timeline().now_s();
    if (delivery.meets(WebhookFaultKind::stale_timestamp)) signed_s -= kStaleSeconds;
    return {.number = number,
            .url = endpoint.url,
            .signature = webhook_signature(*delivery.payload, signed_s, secrets),
            .payload = delivery.payload};
}

bool Deliveries::answered(std::uint64_t number, int status) {
    const auto found = in_flight_.find(number);
    if (found == in_flight_.end()) return false;
    const DeliveryPtr delivery = std::move(found->second.delivery);
    in_flight_.erase(found);
    delivery->queue->is_busy = false;
    if (is_success(status)) {
        note("hook_reply", *delivery, status);
        Event* event = delivery->world->tables.events.find(delivery->event_id);
        if (event != nullptr && !delivery->is_copy) --event->pending_webhooks;
    } else {
        failed(delivery, status);
    }
    try_next(*delivery->queue);
    return true;
}

void Deliveries::failed(const DeliveryPtr& delivery, int status) {
    note("hook_reply", *delivery, status);
    const auto done = static_cast<std::size_t>(delivery->attempts);
    std::size_t& retries = delivery->queue->retries;
    if (done > kRetryPauses.size() || retries == kDeliveriesMax) {
        return note("hook_given_up", *delivery, status);
    }
    ++retries;
    timeline().at(timeline().now_us() + kRetryPauses[done - 1], [this, delivery] {
        --delivery->queue->retries;
        line_up(delivery);
    });
}

void Deliveries::note(std::string_view event, const Delivery& delivery, int status) const {
    simulator_.trace().add(timeline().now_us(), event, [&](JsonWriter& json) {
        json.text("account", delivery.world->account);
        json.text("endpoint", delivery.endpoint_id);
        json.text("event", delivery.event_id);
        json.number("attempt", delivery.attempts);
        if (event == "hook_reply") json.number("status", status);
        if (delivery.is_copy) json.flag("is_copy", true);
    });
}

}  // namespace onsite::simulator

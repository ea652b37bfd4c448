// Tells webhook endpoints what happened: when, in which order, how often. Sends nothing itself.
// Source: docs.stripe.com/webhooks.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/core/simulator.hpp"
#include "simulator/webhooks/webhook_fault.hpp"

namespace onsite::simulator {

// Events that wait for one endpoint, and as many that wait for a retry; of more the oldest are
// given up. Stripe's limit is not published.
inline constexpr std::size_t kDeliveriesMax = 50'000;

// One attempt to deliver one event to one endpoint.
struct WebhookAttempt {
    std::uint64_t number = 0;    // By which it is answered.
    std::string url = {};        // Empty: nobody is to be told any more, and it is answered with 0.
    std::string signature = {};  // The Stripe-Signature header.
    Body payload = {};
};

class WebhookSender {
public:
    virtual ~WebhookSender() = default;
    // Begins to send and returns at once. The answer is given to Deliveries::answered() later, and
    // never from inside this call.
    virtual void send(const WebhookAttempt& attempt) = 0;
};

// Deliveries are actions of the simulator's timeline: an event is due at the moment it happens, a
// retry when its pause is over. Each endpoint is told one event at a time, in order; one that
// fails is tried again later (webhooks/retry_schedule.hpp) while others go on. Endpoints that are
// disabled or deleted are told nothing more. What waits for an endpoint that does not keep up is
// bounded, and so are the retries of one that fails. Thread safety: none.
class Deliveries {
public:
    // Becomes the simulator's on_event. REQUIRES: the simulator outlives the deliveries' use, and
    // its timeline does not move once they are gone.
    // Attempts are numbered from `attempts_before` + 1, so that one that is answered after a reset
    // is taken for no other.
    explicit Deliveries(Simulator& simulator, std::uint64_t attempts_before = 0);
    ~Deliveries();
    Deliveries(const Deliveries&) = delete;

    // Until there is a sender attempts wait; then those are sent that nobody answered yet.
    // REQUIRES: the sender outlives its use. nullptr: they wait again.
    void set_sender(WebhookSender* sender);
    // Every event of every account goes there too, as `stripe listen --forward-to` does it.
    void forward_to(std::string url, std::string secret);

    // The status of an attempt's answer; 0 when there was none. false: nobody waits for it.
    bool answered(std::uint64_t number, int status);

    WebhookFaultPlan& faults() { return faults_; }
    std::uint64_t attempts() const { return attempts_; }
    std::size_t in_flight() const { return in_flight_.size(); }

private:
    struct Delivery;
    struct Queue;
    using DeliveryPtr = std::shared_ptr<Delivery>;

    void on_event(World& world, Event& event);
    void plan(const DeliveryPtr& delivery);
    void line_up(const DeliveryPtr& delivery);
    void release(const DeliveryPtr& delivery);
    void try_next(Queue& queue);
    bool try_one(const DeliveryPtr& delivery);
    void failed(const DeliveryPtr& delivery, int status);
    WebhookAttempt attempt_of(const Delivery& delivery, const WebhookEndpoint& endpoint,
                              std::uint64_t number) const;
    const WebhookEndpoint* endpoint_of(const Delivery& delivery) const;
    void note(std::string_view event, const Delivery& delivery, int status) const;
    Timeline& timeline() const { return simulator_.timeline(); }

    Simulator& simulator_;
    WebhookSender* sender_ = nullptr;
    std::unique_ptr<WebhookEndpoint> forward_;
    WebhookFaultPlan faults_;
    std::map<std::string_view, std::int64_t> events_of_type_;
    std::int64_t events_ = 0;
    std::map<std::string, std::unique_ptr<Queue>> queues_;  // By account and endpoint.
    struct InFlight {
        DeliveryPtr delivery;
        WebhookAttempt attempt;
    };
    std::map<std::uint64_t, InFlight> in_flight_;
    std::uint64_t attempts_;
};

}  // namespace onsite::simulator

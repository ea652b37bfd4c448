// Reads the trace of a simulator as it is written and says at each line whether webhooks are told
// of as the documentation promises. Knows nothing of how deliveries are queued.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "simulator/core/timeline.hpp"
#include "simulator/webhooks/webhook_fault.hpp"

namespace onsite::simulator::testing {

// docs/guides/simulate.md: after the first attempt nine more, within three days.
inline constexpr std::int64_t kPausesMinutes[] = {1, 5, 30, 120, 300, 600, 720, 1080, 1440};
inline constexpr std::size_t kAttemptsMax = std::size(kPausesMinutes) + 1;

struct AuditedEndpoint {
    std::string event_type = {};                                     // "*" for all.
    std::vector<std::pair<std::string, std::int64_t>> secrets = {};  // With their end; 0: none.
    bool is_on = true;
    std::int64_t free_us = 0;  // When its latest attempt was answered.
    std::int64_t latest_event = -1;
    bool is_busy = false;
};

struct AuditedEvent {
    std::int64_t place = 0;  // Among all events.
    std::int64_t made_us = 0;
    std::vector<WebhookFault> faults = {};

    const WebhookFault* fault(WebhookFaultKind kind) const {
        for (const WebhookFault& one : faults) {
            if (one.kind == kind) return &one;
        }
        return nullptr;
    }
    bool meets(WebhookFaultKind kind, std::int64_t attempt) const {
        for (const WebhookFault& one : faults) {
            if (one.kind == kind && (one.attempt == 0 || one.attempt == attempt)) return true;
        }
        return false;
    }
};

// One event on its way to one endpoint.
struct AuditedDelivery {
    std::int64_t attempts = 0;
    std::int64_t failed_us = 0;
    bool is_done = false;
    bool is_stopped = false;  // The endpoint was off when its turn came.
    bool is_given_up = false;
};

class DeliveryAuditor {
public:
    using Id = std::tuple<std::string, std::string, bool>;  // Endpoint, event, is it a copy.
    struct Attempt {
        std::string endpoint;
        std::string event;
        std::int64_t number = 0;  // Of its delivery.
    };

    std::map<std::string, AuditedEndpoint> endpoints;
    std::vector<WebhookFault> faults;
    std::map<std::string, AuditedEvent> events;
    std::map<Id, AuditedDelivery> deliveries;
    std::map<std::uint64_t, Attempt> sendable;  // By the number that a sender sees.
    // What was not as promised; a property asserts that there is nothing.
    std::optional<std::string> complaint;

    void read(std::string_view text, std::int64_t now_us) {
        const auto line = nlohmann::json::parse(text);
        const std::string kind = line["ev"];
        if (kind == "event") return made(line["id"], line["type"], now_us);
        if (!kind.starts_with("hook")) return;
        const Id id{line["endpoint"], line["event"], line.value("is_copy", false)};
        if (!deliveries.contains(id)) return complain("nobody was to be told of", id);
        AuditedDelivery& delivery = deliveries[id];
        if (kind == "hook") begun(id, delivery, line["attempt"], now_us);
        if (kind == "hook_reply") ended(id, delivery, line["status"], now_us);
        if (kind == "hook_stopped") {
            if (endpoints[std::get<0>(id)].is_on)
                complain("stopped for an endpoint that is on", id);
            delivery.is_stopped = true;
        }
        if (kind == "hook_given_up") {
            const auto tried = static_cast<std::size_t>(delivery.attempts);
            if (tried != kAttemptsMax) complain("given up too early", id);
            delivery.is_given_up = true;
        }
    }

private:
    void complain(std::string_view what, const Id& id) {
        if (complaint) return;
        complaint = std::string(what) + ": " + std::get<1>(id) + " to " + std::get<0>(id) +
                    (std::get<2>(id) ? ", the copy" : "");
    }

    void made(const std::string& id, const std::string& type, std::int64_t now_us) {
        AuditedEvent& event = events[id];
        event.place = static_cast<std::int64_t>(events.size());
        event.made_us = now_us;
        const std::int64_t of_type = ++of_type_[type];
        for (const WebhookFault& fault : faults) {
            const bool is_any = fault.event_type == "*";
            if (!is_any && fault.event_type != type) continue;
            const std::int64_t nth = is_any ? event.place : of_type;
            if (fault.nth == 0 || fault.nth == nth) event.faults.push_back(fault);
        }
        for (const auto& [endpoint_id, endpoint] : endpoints) {
            const bool is_wanted = endpoint.event_type == "*" || endpoint.event_type == type;
            if (!endpoint.is_on || !is_wanted) continue;
            deliveries[{endpoint_id, id, false}] = {};
            if (event.fault(WebhookFaultKind::duplicate) != nullptr) {
                deliveries[{endpoint_id, id, true}] = {};
            }
        }
    }

    void begun(const Id& id, AuditedDelivery& delivery, std::int64_t attempt, std::int64_t now_us) {
        AuditedEndpoint& endpoint = endpoints[std::get<0>(id)];
        const AuditedEvent& event = events[std::get<1>(id)];
        if (!endpoint.is_on) complain("tried an endpoint that is off", id);
        if (endpoint.is_busy) complain("tried an endpoint that has not answered", id);
        if (delivery.is_done || delivery.is_given_up) complain("tried what is over", id);
        if (attempt != delivery.attempts + 1) complain("counted its attempts wrongly", id);
        check_moment(id, delivery, event, endpoint, now_us);
        delivery.attempts = attempt;
        if (event.meets(WebhookFaultKind::drop, attempt)) return;
        endpoint.is_busy = true;
        sendable[++numbers_] = {std::get<0>(id), std::get<1>(id), attempt};
    }

    // Neither too early nor, unless the endpoint kept others waiting, too late.
    void check_moment(const Id& id, const AuditedDelivery& delivery, const AuditedEvent& event,
                      AuditedEndpoint& endpoint, std::int64_t now_us) {
        const WebhookFault* delay = event.fault(WebhookFaultKind::delay);
        std::int64_t due_us = event.made_us + (delay == nullptr ? 0 : delay->delay_us);
        if (delivery.attempts > 0) {
            const auto pause = kPausesMinutes[static_cast<std::size_t>(delivery.attempts) - 1];
            due_us = delivery.failed_us + pause * kMinute;
        }
        if (now_us < due_us) complain("tried too early", id);
        const bool is_swapped =
            delivery.attempts == 0 && event.fault(WebhookFaultKind::swap) != nullptr;
        if (is_swapped) return;
        if (now_us != due_us && now_us != endpoint.free_us) complain("tried too late", id);
        if (delivery.attempts > 0 || delay != nullptr || std::get<2>(id)) return;
        if (event.place <= endpoint.latest_event) complain("told in another order", id);
        endpoint.latest_event = event.place;
    }

    void ended(const Id& id, AuditedDelivery& delivery, int status, std::int64_t now_us) {
        AuditedEndpoint& endpoint = endpoints[std::get<0>(id)];
        if (!events[std::get<1>(id)].meets(WebhookFaultKind::drop, delivery.attempts)) {
            endpoint.is_busy = false;
            endpoint.free_us = now_us;
        }
        if (status >= 200 && status < 300) {
            delivery.is_done = true;
        } else {
            delivery.failed_us = now_us;
        }
    }

    std::map<std::string, std::int64_t> of_type_;
    std::uint64_t numbers_ = 0;
};

}  // namespace onsite::simulator::testing

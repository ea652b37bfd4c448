#include "scenarios/format/write_scenario.hpp"

#include <cstdlib>

#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "scenarios/format/duration.hpp"

namespace onsite::scenarios {
namespace {

// Writes a member unless it is what it would be without being said.
template <typename Value>
void put(Json& object, const char* key, const Value& value, const Value& fallback) {
    if (value != fallback) object[key] = value;
}

void put_duration(Json& object, const char* key, std::int64_t value_us, std::int64_t fallback_us) {
    if (value_us != fallback_us) object[key] = to_duration(value_us);
}

Json to_json(const Latency& latency) {
    const Latency usual;
    Json json = Json::object();
    put_duration(json, "request", latency.request_us, usual.request_us);
    put_duration(json, "response", latency.response_us, usual.response_us);
    put_duration(json, "webhook", latency.webhook_us, usual.webhook_us);
    put_duration(json, "store", latency.store_us, usual.store_us);
    return json;
}

Json to_json(const ShopSettings& shop) {
    const ShopSettings usual;
    Json json = Json::object();
    if (shop.flow != usual.flow) json["flow"] = to_string(shop.flow);
    put_duration(json, "deadline", shop.deadline_us, usual.deadline_us);
    put(json, "attempts", shop.attempts, usual.attempts);
    put_duration(json, "webhook_work", shop.webhook_work_us, usual.webhook_work_us);
    if (shop.backoff_us != usual.backoff_us) {
        for (const std::int64_t pause_us : shop.backoff_us) {
            json["backoff"].push_back(to_duration(pause_us));
        }
    }
    return json;
}

Json to_json(const Step& step) {
    Json json = {{"order", step.order}, {"do", to_string(step.action)}};
    put_duration(json, "at", step.at_us, 0);
    put(json, "amount", step.amount, std::int64_t{0});
    put_duration(json, "authenticates_after", step.authenticates_us, 0);
    put_duration(json, "gives_up_after", step.gives_up_us, 0);
    for (const auto& [key, value] : {std::pair{"currency", &step.currency},
                                     {"card", &step.card},
                                     {"customer", &step.customer},
                                     {"email", &step.email},
                                     {"refund", &step.refund}}) {
        put(json, key, *value, std::string());
    }
    return json;
}

Json to_json(const simulator::Fault& fault) {
    const simulator::Fault usual;
    Json json = {{"operation", fault.operation},
                 {"at", to_string(fault.at)},
                 {"kind", to_string(fault.kind)}};
    put(json, "attempt", fault.attempt, usual.attempt);
    put(json, "status", fault.status, usual.status);
    put(json, "code", fault.code, usual.code);
    put_duration(json, "delay", fault.delay_us, 0);
    if (fault.should_retry) json["should_retry"] = *fault.should_retry;
    return json;
}

Json to_json(const simulator::WebhookFault& fault) {
    Json json = {{"event", fault.event_type}, {"kind", to_string(fault.kind)}};
    put(json, "nth", fault.nth, std::int64_t{1});
    put(json, "attempt", fault.attempt, std::int64_t{1});
    put_duration(json, "delay", fault.delay_us, 0);
    return json;
}

Json to_json(const Crash& crash) {
    Json json = {{"order", crash.order}, {"await", crash.await}};
    put(json, "nth", crash.nth, std::int64_t{1});
    if (crash.is_after) json["when"] = "after";
    put_duration(json, "restart", crash.restart_us, Crash{}.restart_us);
    return json;
}

Json to_json(const Chaos& chaos) {
    const Chaos usual;
    Json json = Json::object();
    put(json, "attempts", chaos.attempts, usual.attempts);
    put_duration(json, "delay", chaos.delay_us, usual.delay_us);
    put_duration(json, "jitter", chaos.jitter_us, usual.jitter_us);
    if (chaos.crashes.numerator > 0) json["crashes"] = to_string(chaos.crashes);
    for (const FaultChance& chance : chaos.faults) {
        json["faults"][name_of(chance)] = to_string(chance.ratio);
    }
    for (const WebhookFaultChance& chance : chaos.webhooks) {
        json["webhooks"][std::string(to_string(chance.kind))] = to_string(chance.ratio);
    }
    return json;
}

template <typename Item>
void put_list(Json& object, const char* key, const std::vector<Item>& items) {
    for (const Item& item : items) object[key].push_back(to_json(item));
}

}  // namespace

std::string_view to_string(Flow flow) {
    switch (flow) {
        case Flow::one_call:
            return "one_call";
        case Flow::two_calls:
            return "two_calls";
        case Flow::confirm_on_webhook:
            return "confirm_on_webhook";
        case Flow::fulfil_on_webhook:
            return "fulfil_on_webhook";
    }
    std::abort();
}

std::string_view to_string(Action action) {
    switch (action) {
        case Action::pay:
            return "pay";
        case Action::change:
            return "change";
        case Action::cancel:
            return "cancel";
        case Action::refund:
            return "refund";
    }
    std::abort();
}

Json to_json(const Scenario& scenario) {
    const Scenario usual;
    Json json = {{"schema", kSchemaVersion}, {"id", scenario.id},
                 {"story", scenario.story},  {"clock", to_rfc3339(scenario.start_us / 1000)},
                 {"steps", Json::array()},   {"expect", scenario.expect}};
    put(json, "tags", scenario.tags, usual.tags);
    put(json, "sources", scenario.sources, usual.sources);
    if (scenario.seed != usual.seed) json["seed"] = std::to_string(scenario.seed);
    put(json, "profile", scenario.profile, usual.profile);
    if (scenario.latency != usual.latency) json["latency"] = to_json(scenario.latency);
    if (scenario.shop != usual.shop) json["shop"] = to_json(scenario.shop);
    put_list(json, "steps", scenario.steps);
    put_list(json, "faults", scenario.faults);
    put_list(json, "webhook_faults", scenario.webhook_faults);
    put_list(json, "crashes", scenario.crashes);
    if (scenario.chaos) json["chaos"] = to_json(*scenario.chaos);
    put_duration(json, "heal_at", scenario.heal_us, usual.heal_us);
    put_duration(json, "horizon", scenario.horizon_us, usual.horizon_us);
    put(json, "checks", scenario.checks, usual.checks);
    return json;
}

}  // namespace onsite::scenarios

#include "simulator/core/world.hpp"

#include <nlohmann/json.hpp>

namespace onsite::simulator {

World::World(std::uint64_t seed, Timeline& main_timeline, Trace& run_trace, std::size_t rows_max)
    : ids(seed),
      account(ids.next("acct_")),
      tables(rows_max),
      timeline(main_timeline),
      trace(run_trace) {}

const Event& World::emit(std::string_view type, Body object, std::string previous_attributes) {
    Event& event = tables.events.add({.id = ids.next("evt_"),
                                      .created = timeline.now_s(),
                                      .type = std::string(type),
                                      .object = std::move(object),
                                      .previous_attributes = std::move(previous_attributes),
                                      .request_id = std::string(origin.request_id),
                                      .idempotency_key = std::string(origin.idempotency_key)});
    trace.add(timeline.now_us(), "event", [&](JsonWriter& json) {
        json.text("account", account);
        json.text("id", event.id);
        json.text("type", event.type);
    });
    if (on_event) on_event(*this, event);
    return event;
}

bool World::is_acknowledged(std::string_view event_id) const {
    const Event* event = tables.events.find(event_id);
    return event == nullptr || event->pending_webhooks == 0;
}

std::string changed_attributes(const std::string& before, const std::string& after) {
    const auto old_members = nlohmann::json::parse(before);
    const auto new_members = nlohmann::json::parse(after);
    auto changed = nlohmann::json::object();
    for (const auto& [name, value] : old_members.items()) {
        const auto now = new_members.find(name);
        if (now == new_members.end() || *now != value) changed[name] = value;
    }
    for (const auto& [name, value] : new_members.items()) {
        if (!old_members.contains(name)) changed[name] = nullptr;
    }
    return changed.dump();
}

}  // namespace onsite::simulator

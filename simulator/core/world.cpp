#include "simulator/core/world.hpp"

#include <nlohmann/json.hpp>

namespace onsite::simulator {
namespace {

// Objects are compared member by member, lists as a whole.
nlohmann::json changed_members(const nlohmann::json& before, const nlohmann::json& after) {
    auto changed = nlohmann::json::object();
    for (const auto& [name, value] : before.items()) {
        const auto now = after.find(name);
        if (now == after.end()) {
            changed[name] = value;
        } else if (*now != value) {
            const bool are_objects = now->is_object() && value.is_object();
            changed[name] = are_objects ? changed_members(value, *now) : value;
        }
    }
    for (const auto& [name, value] : after.items()) {
        if (!before.contains(name)) changed[name] = nullptr;
    }
    return changed;
}

}  // namespace

World::World(std::uint64_t seed, Timeline& main_timeline, Trace& run_trace, std::size_t rows_max)
    : ids(seed),
      account(ids.next("acct_")),
      tables(rows_max),
      timeline(main_timeline),
      trace(run_trace) {}

const Event& World::emit(std::string_view type, Snapshot object, std::string previous_attributes) {
    Event& event = tables.events.add({.id = ids.next("evt_"),
                                      .created = timeline.now_s(),
                                      .type = type,
                                      .object = std::move(object),
                                      .previous_attributes = std::move(previous_attributes),
                                      .origin = origin});
    trace.add(timeline.now_us(), "event", [&](JsonWriter& json) {
        json.word("account", account);
        json.word("id", event.id);
        json.word("type", event.type);
    });
    if (on_event) on_event(*this, event);
    return event;
}

bool World::is_acknowledged(std::string_view event_id) const {
    const Event* event = tables.events.find(event_id);
    return event == nullptr || event->pending_webhooks == 0;
}

std::string changed_attributes(const std::string& before, const std::string& after) {
    return changed_members(nlohmann::json::parse(before), nlohmann::json::parse(after)).dump();
}

}  // namespace onsite::simulator

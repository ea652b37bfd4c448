#include "simulator/resources/events.hpp"

#include <algorithm>
#include <array>

#include "simulator/core/list.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kEventSource = "docs.stripe.com/api/events";
constexpr std::int64_t kReachSeconds = 30 * kDay / kSecond;  // Events are listed for 30 days.
constexpr std::size_t kTypesMax = 20;

bool render_event(JsonWriter& json, const View& view, std::string_view id) {
    const Event* event = view.world.tables.events.find(id);
    if (event == nullptr) return false;
    json.begin_object();
    json.text("id", event->id);
    json.word("object", "event");
    json.text("api_version", kApiVersion);
    json.number("created", event->created);
    json.key("data");
    json.begin_object();
    json.key("object");
    event->object.write(json);
    if (!event->previous_attributes.empty()) {
        json.raw("previous_attributes", event->previous_attributes);
    }
    json.end_object();
    json.flag("livemode", false);
    json.number("pending_webhooks", event->pending_webhooks);
    json.key("request");
    json.begin_object();
    json.text_or_null("id", event->origin->request_id);
    json.text_or_null("idempotency_key", event->origin->idempotency_key);
    json.end_object();
    json.text("type", event->type);
    json.end_object();
    return true;
}

Answer retrieve_event(Call& call) {
    if (call.world.tables.events.find(call.ids[0]) == nullptr) {
        return std::unexpected(no_such_in_path("event", call.ids[0]));
    }
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return answer(call, kEventType, call.ids[0]);
}

// "charge.*" means all that begin so.
bool matches(std::string_view type, std::string_view pattern) {
    if (!pattern.ends_with(".*")) return type == pattern;
    pattern.remove_suffix(1);
    return type.starts_with(pattern);
}

Answer list_events(Call& call) {
    const Page page = read_page(call.params);
    auto types = call.params.texts("types");
    if (types.size() > kTypesMax) call.params.refuse("types", "You may pass up to 20 types");
    if (const auto type = call.params.set_text("type")) types.emplace_back(*type);
    call.params.ignore("delivery_success");
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    const std::int64_t oldest = call.world.timeline.now_s() - kReachSeconds;
    return list_rows(call, call.world.tables.events, kEventType, page, [&](const Event& event) {
        return event.created >= oldest &&
               (types.empty() || std::ranges::any_of(types, [&](const std::string& pattern) {
                    return matches(event.type, pattern);
                }));
    });
}

constexpr std::array kEventRoutes = {
    Route{.method = Method::get,
          .path = "/v1/events/{id}",
          .handle = retrieve_event,
          .result = "event",
          .source = kEventSource},
    Route{.method = Method::get,
          .path = "/v1/events",
          .handle = list_events,
          .result = "event",
          .shape = Shape::list,
          .fidelity = Fidelity::simplified,
          .note = "delivery_success is taken and has no effect",
          .source = kEventSource},
};

}  // namespace

const ResourceType kEventType = {"event", "evt_", {}, render_event};

std::span<const Route> event_routes() { return kEventRoutes; }

}  // namespace onsite::simulator

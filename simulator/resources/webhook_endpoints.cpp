#include "simulator/resources/webhook_endpoints.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "simulator/core/list.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kWebhookEndpointSource = "docs.stripe.com/api/webhook_endpoints";
constexpr std::size_t kSecretLetters = 32;
constexpr std::size_t kUrlLengthMax = 2'048;
constexpr std::size_t kEventTypesMax = 500;

std::string new_secret(World& world) {
    return "whsec_" + world.ids.letters("whsec", kSecretLetters);
}

void write_endpoint(JsonWriter& json, const WebhookEndpoint& endpoint, bool shows_secret) {
    json.begin_object();
    json.text("id", endpoint.id);
    json.word("object", "webhook_endpoint");
    if (endpoint.is_deleted) {
        json.flag("deleted", true);
        return json.end_object();
    }
    json.text_or_null("api_version", endpoint.api_version);
    json.null("application");
    json.number("created", endpoint.created);
    json.text_or_null("description", endpoint.description);
    json.key("enabled_events");
    json.begin_array();
    for (const std::string& type : endpoint.enabled_events) json.value(type);
    json.end_array();
    json.flag("livemode", false);
    json.key("metadata");
    json.begin_object();
    for (const auto& [name, value] : *endpoint.metadata) {
        json.text_key(name);
        json.value(value);
    }
    json.end_object();
    if (shows_secret) json.text("secret", endpoint.secrets.front().text);
    json.text("status", endpoint.is_disabled ? "disabled" : "enabled");
    json.text("url", endpoint.url);
    json.end_object();
}

bool render_endpoint(JsonWriter& json, const View& view, std::string_view id) {
    const WebhookEndpoint* endpoint = view.world.tables.webhook_endpoints.find(id);
    if (endpoint == nullptr) return false;
    write_endpoint(json, *endpoint, false);
    return true;
}

bool is_web_address(std::string_view url) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (url.starts_with(scheme) && url.size() > scheme.size()) {
            // No white space or control character: they would end up in a request line.
            return std::ranges::all_of(url, [](char c) { return c > ' ' && c < 127; });
        }
    }
    return false;
}

// What create and update have in common.
void read_endpoint(ParamReader& params, WebhookEndpoint& endpoint) {
    if (const auto url = params.set_text("url", kUrlLengthMax)) {
        endpoint.url = *url;
        if (!is_web_address(*url)) {
            params.refuse("url",
                          "Not a valid URL: an explicit scheme (such as https) must be "
                          "provided.");
        }
    }
    if (params.has("enabled_events")) {
        endpoint.enabled_events = params.texts("enabled_events");
        const auto& types = endpoint.enabled_events;
        if (types.empty() || types.size() > kEventTypesMax) {
            params.refuse("enabled_events", "You must subscribe to at least one event type.");
        } else if (types.size() > 1 && std::ranges::find(types, "*") != types.end()) {
            params.refuse("enabled_events",
                          "The `*` event type selector cannot be combined with other types.");
        }
    }
    if (const auto text = params.text("description")) endpoint.description = *text;
    params.update_metadata(endpoint.metadata);
}

Answer create_endpoint(Call& call) {
    ParamReader& params = call.params;
    WebhookEndpoint endpoint;
    read_endpoint(params, endpoint);
    if (!params.has("url")) params.refuse(parameter_missing("url"));
    if (!params.has("enabled_events")) params.refuse(parameter_missing("enabled_events"));
    if (const auto version = params.set_text("api_version")) endpoint.api_version = *version;
    params.ignore("connect");
    if (auto good = params.finish(); !good) return std::unexpected(good.error());
    World& world = call.world;
    const auto living = std::ranges::count_if(world.tables.webhook_endpoints.rows(),
                                              [](const auto& row) { return !row.is_deleted; });
    if (static_cast<std::size_t>(living) >= kWebhookEndpointsMax) {
        return std::unexpected(wrong_state(
            {}, fmt::format("You have reached the maximum of {} test webhook endpoints.",
                            kWebhookEndpointsMax)));
    }
    endpoint.id = world.ids.next("we_");
    endpoint.created = world.timeline.now_s();
    endpoint.secrets = {{new_secret(world)}};
    const WebhookEndpoint& added = world.tables.webhook_endpoints.add(std::move(endpoint));
    // The only answer that has the secret.
    JsonWriter json;
    write_endpoint(json, added, true);
    return std::make_shared<const std::string>(json.written());
}

std::expected<WebhookEndpoint*, ApiError> endpoint_of(const Call& call) {
    WebhookEndpoint* endpoint = call.world.tables.webhook_endpoints.find(call.ids[0]);
    if (endpoint == nullptr || endpoint->is_deleted) {
        return std::unexpected(no_such_in_path("webhook endpoint", call.ids[0]));
    }
    return endpoint;
}

Answer retrieve_endpoint(Call& call) {
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    const auto endpoint = endpoint_of(call);
    if (!endpoint) return std::unexpected(endpoint.error());
    return answer(call, kWebhookEndpointType, (*endpoint)->id);
}

Answer update_endpoint(Call& call) {
    const auto endpoint = endpoint_of(call);
    if (!endpoint) return std::unexpected(endpoint.error());
    WebhookEndpoint changed = **endpoint;
    read_endpoint(call.params, changed);
    if (const auto flag = call.params.flag("disabled")) changed.is_disabled = *flag;
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    **endpoint = std::move(changed);
    return answer(call, kWebhookEndpointType, (*endpoint)->id);
}

Answer delete_endpoint(Call& call) {
    const auto endpoint = endpoint_of(call);
    if (!endpoint) return std::unexpected(endpoint.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    (*endpoint)->is_deleted = true;
    return answer(call, kWebhookEndpointType, (*endpoint)->id);
}

Answer list_endpoints(Call& call) {
    const Page page = read_page(call.params);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows(call, call.world.tables.webhook_endpoints, kWebhookEndpointType, page,
                     [](const WebhookEndpoint& endpoint) { return !endpoint.is_deleted; });
}

constexpr std::array kWebhookEndpointRoutes = {
    Route{.method = Method::post,
          .path = "/v1/webhook_endpoints",
          .handle = create_endpoint,
          .result = "webhook_endpoint",
          .fidelity = Fidelity::simplified,
          .note = "connect and api_version have no effect; types of events are not checked",
          .source = kWebhookEndpointSource},
    Route{.method = Method::get,
          .path = "/v1/webhook_endpoints/{id}",
          .handle = retrieve_endpoint,
          .result = "webhook_endpoint",
          .source = kWebhookEndpointSource},
    Route{.method = Method::post,
          .path = "/v1/webhook_endpoints/{id}",
          .handle = update_endpoint,
          .result = "webhook_endpoint",
          .fidelity = Fidelity::simplified,
          .note = "types of events are not checked",
          .source = kWebhookEndpointSource},
    Route{.method = Method::del,
          .path = "/v1/webhook_endpoints/{id}",
          .handle = delete_endpoint,
          .result = "webhook_endpoint",
          .source = kWebhookEndpointSource},
    Route{.method = Method::get,
          .path = "/v1/webhook_endpoints",
          .handle = list_endpoints,
          .result = "webhook_endpoint",
          .shape = Shape::list,
          .source = kWebhookEndpointSource},
};

}  // namespace

const ResourceType kWebhookEndpointType = {"webhook_endpoint", "we_", {}, render_endpoint};

std::span<const Route> webhook_endpoint_routes() { return kWebhookEndpointRoutes; }

bool is_subscribed(const WebhookEndpoint& endpoint, std::string_view event_type) {
    if (endpoint.is_disabled || endpoint.is_deleted) return false;
    return std::ranges::any_of(endpoint.enabled_events, [&](const std::string& wanted) {
        return wanted == "*" || wanted == event_type;
    });
}

const std::string& roll_secret(World& world, WebhookEndpoint& endpoint, std::int64_t keep_us) {
    const std::int64_t now_us = world.timeline.now_us();
    auto& secrets = endpoint.secrets;
    std::erase_if(secrets, [&](const WebhookSecret& secret) {
        return keep_us == 0 || (secret.until_us != 0 && secret.until_us <= now_us);
    });
    for (WebhookSecret& secret : secrets) {
        if (secret.until_us == 0) secret.until_us = now_us + keep_us;
    }
    secrets.insert(secrets.begin(), {new_secret(world)});
    return secrets.front().text;
}

}  // namespace onsite::simulator

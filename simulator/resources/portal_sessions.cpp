#include "simulator/resources/portal_sessions.hpp"

#include <array>

#include <fmt/format.h>

#include "simulator/billing/arithmetic.hpp"
#include "simulator/billing/portal.hpp"
#include "simulator/billing/subscribing.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/unsimulated.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kPortalSource = "docs.stripe.com/api/customer_portal/sessions";
constexpr std::array<std::string_view, 4> kFlows = {"payment_method_update", "subscription_cancel",
                                                    "subscription_update",
                                                    "subscription_update_confirm"};

std::string_view word_of(PortalFlow flow) { return kFlows[static_cast<std::size_t>(flow) - 1]; }

// ---- Rendering ----

void write_after_completion(JsonWriter& json, const PortalSession& session) {
    json.key("after_completion");
    json.begin_object();
    json.key("hosted_confirmation");
    if (session.after_flow == "hosted_confirmation") {
        json.begin_object();
        json.text_or_null("custom_message", session.after_flow_message);
        json.end_object();
    } else {
        json.null();
    }
    json.key("redirect");
    if (session.after_flow == "redirect") {
        json.begin_object();
        json.text("return_url", session.after_flow_url);
        json.end_object();
    } else {
        json.null();
    }
    json.text("type", session.after_flow);
    json.end_object();
}

void write_items(JsonWriter& json, const PortalSession& session) {
    json.null("discounts");
    json.key("items");
    json.begin_array();
    for (const PortalItem& item : session.items) {
        json.begin_object();
        json.text("id", item.id);
        json.text_or_null("price", item.price);
        json.number_or_null("quantity", item.quantity);
        json.end_object();
    }
    json.end_array();
}

void write_flow(JsonWriter& json, const PortalSession& session) {
    if (session.flow == PortalFlow::everything) return json.null("flow");
    json.key("flow");
    json.begin_object();
    write_after_completion(json, session);
    json.null("customer_update");
    for (const PortalFlow flow : {PortalFlow::subscription_cancel, PortalFlow::subscription_update,
                                  PortalFlow::subscription_update_confirm}) {
        json.key(word_of(flow));
        if (session.flow != flow) {
            json.null();
            continue;
        }
        json.begin_object();
        if (flow == PortalFlow::subscription_cancel) json.null("retention");
        if (flow == PortalFlow::subscription_update_confirm) write_items(json, session);
        json.text("subscription", session.subscription);
        json.end_object();
    }
    json.null("subscription_pause");
    json.text("type", word_of(session.flow));
    json.end_object();
}

bool render_portal_session(JsonWriter& json, const View& view, std::string_view id) {
    const PortalSession* session = view.world.tables.portal_sessions.find(id);
    if (session == nullptr) return false;
    json.begin_object();
    json.text("id", session->id);
    json.word("object", "billing_portal.session");
    // The account has one.
    const std::string& account = view.world.account;
    json.text("configuration", "bpc_" + account.substr(account.find('_') + 1));
    json.number("created", session->created);
    json.text("customer", session->customer);
    json.null("customer_account");
    write_flow(json, *session);
    json.flag("livemode", false);
    json.text_or_null("locale", session->locale);
    json.null("on_behalf_of");
    json.text_or_null("return_url", session->return_url);
    json.text("url", portal_url(view.world, *session));
    json.end_object();
    return true;
}

// ---- Parameters ----

void read_after_completion(ParamReader sent, PortalSession& session) {
    constexpr std::array<std::string_view, 3> kWords = {"hosted_confirmation", "portal_homepage",
                                                        "redirect"};
    if (!sent.has("type")) sent.refuse(parameter_missing(sent.path_of("type")));
    session.after_flow = kWords[sent.choice("type", kWords).value_or(1)];
    ParamReader redirect = sent.object("redirect");
    if (session.after_flow == "redirect") {
        if (!redirect.has("return_url")) {
            redirect.refuse(parameter_missing(redirect.path_of("return_url")));
        }
        session.after_flow_url = redirect.url("return_url").value_or("");
    }
    session.after_flow_message =
        sent.object("hosted_confirmation").text("custom_message").value_or("");
}

void read_portal_items(ParamReader& sent, PortalSession& session) {
    for (ParamReader& one : sent.objects("items")) {
        PortalItem& item = session.items.emplace_back();
        item.id = one.required_text("id");
        item.price = one.set_text("price").value_or("");
        item.quantity = one.integer("quantity", 0, kQuantityMax);
    }
    if (session.items.empty()) sent.refuse(parameter_missing(sent.path_of("items")));
    refuse_unsimulated(sent, "The billing portal", {"discounts"});
}

void read_flow(ParamReader& params, PortalSession& session) {
    if (!params.has("flow_data")) return;
    ParamReader sent = params.object("flow_data");
    if (!sent.has("type")) return sent.refuse(parameter_missing(sent.path_of("type")));
    const auto flow = sent.choice("type", kFlows);
    if (!flow) return;
    session.flow = static_cast<PortalFlow>(*flow + 1);
    if (sent.has("after_completion")) {
        read_after_completion(sent.object("after_completion"), session);
    }
    if (session.flow == PortalFlow::payment_method_update) return;
    ParamReader about = sent.object(kFlows[*flow]);
    session.subscription = about.required_text("subscription");
    if (session.flow == PortalFlow::subscription_update_confirm) read_portal_items(about, session);
    refuse_unsimulated(about, "The billing portal", {"retention"});
}

// ---- The endpoint ----

Answer create_portal_session(Call& call) {
    World& world = call.world;
    PortalSession session;
    session.customer = call.params.required_text("customer");
    session.return_url = call.params.url("return_url").value_or("");
    session.locale = call.params.set_text("locale").value_or("");
    read_flow(call.params, session);
    refuse_unsimulated(call.params, "The billing portal",
                       {"configuration", "customer_account", "on_behalf_of"});
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (auto good = check_customer(world, session.customer); !good) {
        return std::unexpected(good.error());
    }
    if (!session.subscription.empty() && subscriptions_of(world, session).empty()) {
        return std::unexpected(
            no_such("subscription", session.subscription,
                    fmt::format("flow_data[{}][subscription]", word_of(session.flow))));
    }
    session.id = world.ids.next("bps_");
    session.created = world.timeline.now_s();
    const std::string id = world.tables.portal_sessions.add(std::move(session)).id;
    Body body = rendered(world, kPortalSessionType, id);
    world.emit("billing_portal.session.created", body);
    return answer(call, kPortalSessionType, id, std::move(body));
}

constexpr std::array kPortalSessionRoutes = {
    Route{.method = Method::post,
          .path = "/v1/billing_portal/sessions",
          .handle = create_portal_session,
          .result = "billing_portal.session",
          .fidelity = Fidelity::simplified,
          .note = "the page is at /_onsite/portal/{id}: subscriptions end with their period, go on "
                  "after all, or change their price; cards become the default; configurations, "
                  "retention and discounts are refused",
          .source = kPortalSource},
};

}  // namespace

const ResourceType kPortalSessionType = {
    "billing_portal.session", "bps_", {}, render_portal_session};

std::span<const Route> portal_session_routes() { return kPortalSessionRoutes; }

}  // namespace onsite::simulator

#include "simulator/session/portal_page.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "simulator/billing/arithmetic.hpp"
#include "simulator/billing/calendar.hpp"
#include "simulator/billing/portal.hpp"
#include "simulator/billing/subscribing.hpp"
#include "simulator/resources/prices.hpp"
#include "simulator/session/page.hpp"
#include "simulator/session/typed_card.hpp"
#include "simulator/wire/currency.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kPortalTitle = "Billing portal";

// ---- What it shows ----

std::string button(std::string_view result, std::string_view text) {
    return fmt::format("<button name=\"result\" value=\"{}\">{}</button>", result, text);
}

std::string form(std::string_view inside) {
    return fmt::format("<form method=\"post\">{}</form>", inside);
}

std::string hidden(std::string_view name, std::string_view value) {
    return fmt::format("<input type=\"hidden\" name=\"{}\" value=\"{}\">", name, as_text(value));
}

std::string shown_rate(const Price& price) {
    const std::string_view interval = to_string(price.recurring.interval);
    const std::string amount = shown_amount(price.unit_price / kUnitScale, price.currency);
    if (price.recurring.count == 1) return fmt::format("{} every {}", amount, interval);
    return fmt::format("{} every {} {}s", amount, price.recurring.count, interval);
}

std::string shown_price(const World& world, const Price& price, std::int64_t quantity) {
    const Product* product = world.tables.products.find(price.product);
    return fmt::format("{} × {}, {}", quantity,
                       as_text(product == nullptr ? price.id : product->name), shown_rate(price));
}

std::string shown_items(const World& world, const Subscription& subscription) {
    std::string rows;
    for (const SubscriptionItem& item : items_of(world, subscription)) {
        const Price* price = world.tables.prices.find(item.price);
        if (price == nullptr) continue;
        rows += fmt::format("<li>{}</li>", shown_price(world, *price, item.quantity));
    }
    return fmt::format("<ul>{}</ul>", rows);
}

std::string shown_end(const Subscription& subscription) {
    if (!subscription.cancel_at) return std::string(to_string(subscription.status));
    return fmt::format("ends on {}", shown_date(*subscription.cancel_at));
}

std::string switches(const World& world, const Subscription& subscription) {
    std::string forms;
    for (const Price* price : other_prices(world, subscription)) {
        forms += form(hidden("subscription", subscription.id) + hidden("price", price->id) +
                      button("switch", "Switch to " + shown_price(world, *price, 1)));
    }
    return forms;
}

std::string confirmation(const World& world, const PortalSession& session) {
    std::string rows;
    for (const PortalItem& item : session.items) {
        const Price* price = world.tables.prices.find(item.price);
        rows +=
            price == nullptr
                ? fmt::format("<li>{}: {}</li>", as_text(item.id), item.quantity.value_or(1))
                : fmt::format("<li>{}</li>", shown_price(world, *price, item.quantity.value_or(1)));
    }
    return fmt::format("<p>It becomes:</p><ul>{}</ul>{}", rows, form(button("confirm", "Confirm")));
}

std::string shown_subscription(const World& world, const PortalSession& session,
                               const Subscription& subscription) {
    const std::string own = hidden("subscription", subscription.id);
    std::string actions;
    switch (session.flow) {
        case PortalFlow::everything:
        case PortalFlow::subscription_cancel:
            actions = form(own + (subscription.cancel_at ? button("renew", "Renew")
                                                         : button("cancel", "Cancel")));
            break;
        case PortalFlow::subscription_update:
            actions = switches(world, subscription);
            break;
        case PortalFlow::subscription_update_confirm:
            actions = confirmation(world, session);
            break;
        case PortalFlow::payment_method_update:
            break;
    }
    return fmt::format("<h2>{}</h2>{}{}", shown_end(subscription), shown_items(world, subscription),
                       actions);
}

HttpResponse shown(const World& world, const PortalSession& session, std::string_view problem,
                   int status = 200) {
    std::string inside = alert(problem);
    const bool is_of_cards = session.flow == PortalFlow::payment_method_update;
    if (!is_of_cards) {
        for (const Subscription* one : subscriptions_of(world, session)) {
            inside += shown_subscription(world, session, *one);
        }
    }
    if (is_of_cards || session.flow == PortalFlow::everything) {
        inside += form(card_field() + button("card", "Save card"));
    }
    // A link of another scheme could be a script.
    if (session.return_url.starts_with("http")) {
        inside += fmt::format("<p><a href=\"{}\">Back</a></p>", as_text(session.return_url));
    }
    return page(kPortalTitle, inside, status);
}

// ---- What its buttons send ----

constexpr std::array<std::string_view, 5> kResults = {"cancel", "renew", "switch", "confirm",
                                                      "card"};

// Whether the page has such a button. A flow is all that its customer may do.
bool is_offered(PortalFlow flow, std::string_view result) {
    switch (flow) {
        case PortalFlow::everything:
            return result == "cancel" || result == "renew" || result == "card";
        case PortalFlow::subscription_cancel:
            return result == "cancel" || result == "renew";
        case PortalFlow::subscription_update:
            return result == "switch";
        case PortalFlow::subscription_update_confirm:
            return result == "confirm";
        case PortalFlow::payment_method_update:
            break;
    }
    return result == "card";
}

Changed switch_price(World& world, const PortalSession& session, const std::string& id,
                     const std::string& price) {
    const Subscription* subscription = world.tables.subscriptions.find(id);
    if (subscription == nullptr || subscription->items.size() != 1) {
        return std::unexpected(no_such("subscription", id, "subscription"));
    }
    return change_items(world, session, id, {PortalItem{subscription->items[0], price}});
}

Changed keep_card(World& world, const PortalSession& session, const TypedCard& typed) {
    auto choice = choose_typed(world, typed);
    if (!choice) return std::unexpected(std::move(choice.error()));
    return keep_default(world, session, std::move(*choice));
}

Changed carry_out(World& world, const PortalSession& session, const std::string& body) {
    Params params;
    if (auto good = decode_form(body, params); !good) return good;
    ParamReader reader(params);
    if (!reader.has("result")) reader.refuse(parameter_missing("result"));
    const std::string_view result = kResults[reader.choice("result", kResults).value_or(0)];
    const std::string subscription(reader.text("subscription").value_or(""));
    const std::string price(reader.text("price").value_or(""));
    const TypedCard typed = read_typed_card(reader, world);
    if (auto good = reader.finish(); !good) return good;
    if (!is_offered(session.flow, result)) {
        return std::unexpected(
            invalid_parameter("result", "This session of the portal does not offer that."));
    }
    if (result == "card") return keep_card(world, session, typed);
    if (result == "switch") return switch_price(world, session, subscription, price);
    if (result == "confirm") {
        return change_items(world, session, session.subscription, session.items);
    }
    return end_with_period(world, session, subscription, result == "cancel");
}

HttpResponse after_change(const World& world, const PortalSession& session) {
    if (session.after_flow == "redirect") return go_to(session.after_flow_url);
    if (session.after_flow == "hosted_confirmation") {
        return page(kPortalTitle,
                    fmt::format("<p>{}</p>", session.after_flow_message.empty()
                                                 ? "It is done."
                                                 : as_text(session.after_flow_message)));
    }
    return go_to(portal_url(world, session));
}

}  // namespace

HttpResponse get_portal(Session& session, std::string_view id) {
    const auto found = find_in_accounts(session, &Tables::portal_sessions, id);
    return found.row == nullptr ? no_session(kPortalTitle) : shown(*found.world, *found.row, "");
}

HttpResponse post_portal(Session& session, std::string_view id, const std::string& body) {
    const auto found = find_in_accounts(session, &Tables::portal_sessions, id);
    if (found.row == nullptr) return no_session(kPortalTitle);
    const Changed done = carry_out(*found.world, *found.row, body);
    if (done) return after_change(*found.world, *found.row);
    return shown(*found.world, *found.row, done.error().message, done.error().status);
}

}  // namespace onsite::simulator

#include "simulator/core/router.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace onsite::simulator {
namespace {

// What Stripe has at the top of its API, whatever of it is simulated
// (docs.stripe.com/api, 2026-10-28.endive).
constexpr std::array<std::string_view, 77> kStripes = {"account",
                                                       "account_links",
                                                       "account_sessions",
                                                       "accounts",
                                                       "apple_pay",
                                                       "application_fees",
                                                       "apps",
                                                       "balance",
                                                       "balance_settings",
                                                       "balance_transactions",
                                                       "billing",
                                                       "billing_portal",
                                                       "charges",
                                                       "checkout",
                                                       "climate",
                                                       "confirmation_tokens",
                                                       "country_specs",
                                                       "coupons",
                                                       "credit_notes",
                                                       "customer_sessions",
                                                       "customers",
                                                       "disputes",
                                                       "entitlements",
                                                       "ephemeral_keys",
                                                       "events",
                                                       "exchange_rates",
                                                       "external_accounts",
                                                       "file_links",
                                                       "files",
                                                       "financial_connections",
                                                       "forwarding",
                                                       "identity",
                                                       "invoice_payments",
                                                       "invoice_rendering_templates",
                                                       "invoiceitems",
                                                       "invoices",
                                                       "issuing",
                                                       "linked_accounts",
                                                       "mandates",
                                                       "payment_attempt_records",
                                                       "payment_intents",
                                                       "payment_links",
                                                       "payment_method_configurations",
                                                       "payment_method_domains",
                                                       "payment_methods",
                                                       "payment_records",
                                                       "payouts",
                                                       "plans",
                                                       "prices",
                                                       "products",
                                                       "promotion_codes",
                                                       "quotes",
                                                       "radar",
                                                       "refunds",
                                                       "reporting",
                                                       "reserve",
                                                       "reviews",
                                                       "setup_attempts",
                                                       "setup_intents",
                                                       "shipping_rates",
                                                       "sigma",
                                                       "sources",
                                                       "subscription_items",
                                                       "subscription_schedules",
                                                       "subscriptions",
                                                       "tax",
                                                       "tax_codes",
                                                       "tax_ids",
                                                       "tax_rates",
                                                       "terminal",
                                                       "test_helpers",
                                                       "tokens",
                                                       "topups",
                                                       "transfers",
                                                       "treasury",
                                                       "webhook_endpoints",
                                                       "webhooks"};
static_assert(std::ranges::is_sorted(kStripes));

// Takes the next step off the front: "/v1/a" -> "v1".
std::string_view next_step(std::string_view& path) {
    if (path.starts_with('/')) path.remove_prefix(1);
    const std::string_view step = path.substr(0, path.find('/'));
    path.remove_prefix(step.size());
    return step;
}

}  // namespace

Router::Router(std::span<const std::span<const Route>> tables) {
    for (const auto& table : tables) {
        for (const Route& route : table) {
            std::size_t node = 0;
            for (std::string_view path = route.path; !path.empty();) {
                node = child(node, next_step(path));
            }
            const auto method = static_cast<std::size_t>(route.method);
            nodes_[node].routes[method] = &route;
            nodes_[node].names[method] = fmt::format("{} {}", to_string(route.method), route.path);
        }
    }
}

std::size_t Router::child(std::size_t node, std::string_view step) {
    if (step.starts_with('{')) {
        if (nodes_[node].any == 0) {
            nodes_[node].any = nodes_.size();
            nodes_.emplace_back();
        }
        return nodes_[node].any;
    }
    auto& children = nodes_[node].children;
    const auto place = std::ranges::lower_bound(children, step, {}, &Child::step);
    if (place != children.end() && place->step == step) return place->node;
    children.insert(place, {step, nodes_.size()});
    nodes_.emplace_back();
    return nodes_.size() - 1;
}

RouteMatch Router::find(Method method, std::string_view path) const {
    RouteMatch match;
    std::size_t node = 0;
    std::size_t ids = 0;
    while (!path.empty()) {
        const std::string_view step = next_step(path);
        const auto& children = nodes_[node].children;
        const auto found = std::ranges::lower_bound(children, step, {}, &Child::step);
        if (found != children.end() && found->step == step) {
            node = found->node;
        } else if (nodes_[node].any != 0 && !step.empty() && ids < match.ids.size()) {
            node = nodes_[node].any;
            match.ids[ids++] = step;
        } else {
            return {};
        }
    }
    match.route = nodes_[node].routes[static_cast<std::size_t>(method)];
    if (match.route != nullptr) match.name = nodes_[node].names[static_cast<std::size_t>(method)];
    return match;
}

const Router& router() {
    static const Router all(route_tables());
    return all;
}

bool is_stripes(std::string_view path) {
    if (next_step(path) != "v1") return false;
    return std::ranges::binary_search(kStripes, next_step(path));
}

}  // namespace onsite::simulator

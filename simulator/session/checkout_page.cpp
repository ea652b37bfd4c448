#include "simulator/session/checkout_page.hpp"

#include <array>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "simulator/billing/checkout.hpp"
#include "simulator/payments/authentication.hpp"
#include "simulator/session/authentication_page.hpp"
#include "simulator/wire/currency.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kUsualCard = "4242424242424242";

struct Found {
    World* world = nullptr;
    CheckoutSession* session = nullptr;
};

Found find(Session& session, std::string_view id) {
    for (World* world : session.simulator().worlds()) {
        if (CheckoutSession* found = world->tables.checkout_sessions.find(id)) {
            return {world, found};
        }
    }
    return {};
}

// Texts of a client as they are shown: never as markup.
std::string as_text(std::string_view text) { return markup(harmless(text, Lines::one)); }

HttpResponse checkout_page(std::string_view inside, int status = 200) {
    return {.status = status,
            .headers = {{"Content-Type", "text/html; charset=utf-8"}},
            .body = simulated_page("Checkout", inside)};
}

HttpResponse go_to(std::string place) {
    return {.status = 303, .headers = {{"Location", std::move(place)}}, .body = {}};
}

std::string shown_lines(const CheckoutSession& session) {
    if (session.mode == CheckoutMode::setup) return "<p>Save a card for later.</p>";
    std::string rows;
    for (const CheckoutLine& line : session.lines) {
        rows += fmt::format("<li>{} × {}: {}</li>", line.quantity, as_text(line.description),
                            shown_amount(line.subtotal - line.discount, session.currency));
    }
    return fmt::format("<ul>{}</ul><p>Total: <b>{}</b></p>", rows,
                       shown_amount(session.total, session.currency));
}

HttpResponse form(const CheckoutSession& session, std::string_view problem) {
    const std::string& email = session.customer_email;
    return checkout_page(
        fmt::format("<h1>Checkout</h1>{}{}<form method=\"post\">"
                    "<p><label>Card <input name=\"card\" value=\"{}\"></label> "
                    "<small>a test card's number, or a name like pm_card_visa</small></p>"
                    "<p><label>Email <input name=\"email\" value=\"{}\"></label> "
                    "<label>Name <input name=\"name\"></label></p>"
                    "<button name=\"result\" value=\"pay\">{}</button>"
                    "<button name=\"result\" value=\"cancel\">Cancel</button></form>",
                    shown_lines(session),
                    problem.empty() ? std::string()
                                    : fmt::format("<p role=\"alert\">{}</p>", as_text(problem)),
                    kUsualCard, as_text(email),
                    session.mode == CheckoutMode::setup          ? "Save card"
                    : session.mode == CheckoutMode::subscription ? "Subscribe"
                                                                 : "Pay"),
        problem.empty() ? 200 : 402);
}

HttpResponse not_open(const CheckoutSession& session) {
    if (session.status == CheckoutStatus::complete) return go_to(success_url_of(session));
    return checkout_page("<h1>Checkout</h1><p>This session has expired. Nothing was charged.</p>",
                         410);
}

HttpResponse no_session() {
    return checkout_page("<h1>Checkout</h1><p>There is no such session.</p>", 404);
}

// ---- What the form sends ----

struct Form {
    std::string_view result;
    std::string card;
    CardInput input;
    std::string email;
    std::string name;
};

std::int64_t next_year(const World& world) {
    const std::chrono::sys_seconds now{std::chrono::seconds(world.timeline.now_s())};
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(now)};
    return int{date.year()} + 1;
}

std::expected<Form, ApiError> read_form(const World& world, const std::string& body) {
    constexpr std::array<std::string_view, 2> kResults = {"pay", "cancel"};
    Params params;
    if (auto good = decode_form(body, params); !good) return std::unexpected(good.error());
    ParamReader reader(params);
    Form sent;
    if (!reader.has("result")) reader.refuse(parameter_missing("result"));
    sent.result = kResults[reader.choice("result", kResults).value_or(1)];
    sent.card = reader.set_text("card").value_or(kUsualCard);
    sent.input = {.number = sent.card,
                  .exp_month = reader.integer("exp_month").value_or(12),
                  .exp_year = reader.integer("exp_year").value_or(next_year(world)),
                  .cvc = std::string(reader.text("cvc").value_or("123"))};
    sent.email = reader.text("email", 512).value_or("");
    sent.name = reader.text("name", 256).value_or("");
    if (auto good = reader.finish(); !good) return std::unexpected(good.error());
    return sent;
}

std::expected<MethodChoice, ApiError> method_of(World& world, const Form& sent) {
    if (sent.card.starts_with("pm_")) return choose_method(world, sent.card, "card");
    MethodInput input{.card = sent.input};
    input.billing_details.edit().email = sent.email;
    input.billing_details.edit().name = sent.name;
    return choose_method(world, std::move(input), "card");
}

HttpResponse pay(World& world, CheckoutSession& session, const Form& sent) {
    auto choice = method_of(world, sent);
    if (!choice) return form(session, choice.error().message);
    if (!sent.email.empty()) session.payer_email = sent.email;
    if (!sent.name.empty()) session.payer_name = sent.name;
    const auto step = pay_checkout(world, session, std::move(*choice));
    if (!step) return form(session, step.error().message);
    if (*step == CheckoutStep::completed) return go_to(success_url_of(session));
    return go_to(authentication_url(world.base_url, awaited_intent(world, session)));
}

}  // namespace

HttpResponse get_checkout(Session& session, std::string_view id) {
    const Found found = find(session, id);
    if (found.session == nullptr) return no_session();
    if (found.session->status != CheckoutStatus::open) return not_open(*found.session);
    return form(*found.session, "");
}

HttpResponse post_checkout(Session& session, std::string_view id, const std::string& body) {
    const Found found = find(session, id);
    if (found.session == nullptr) return no_session();
    if (found.session->status != CheckoutStatus::open) return not_open(*found.session);
    const auto sent = read_form(*found.world, body);
    if (!sent) {
        return checkout_page(
            fmt::format("<h1>Checkout</h1><p>{}</p>", as_text(sent.error().message)), 400);
    }
    if (sent->result == "pay") return pay(*found.world, *found.session, *sent);
    if (!found.session->cancel_url.empty()) return go_to(found.session->cancel_url);
    return checkout_page("<h1>Checkout</h1><p>Nothing was charged; the session stays open.</p>");
}

}  // namespace onsite::simulator

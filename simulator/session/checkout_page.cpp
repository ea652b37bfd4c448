#include "simulator/session/checkout_page.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "simulator/billing/checkout.hpp"
#include "simulator/payments/authentication.hpp"
#include "simulator/session/page.hpp"
#include "simulator/session/typed_card.hpp"
#include "simulator/wire/currency.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kCheckoutTitle = "Checkout";

HttpResponse checkout_page(std::string_view inside, int status = 200) {
    return page(kCheckoutTitle, inside, status);
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
        fmt::format("{}{}<form method=\"post\">"
                    "<p><label>Email <input name=\"email\" value=\"{}\"></label> "
                    "<label>Name <input name=\"name\"></label></p>"
                    "<button name=\"result\" value=\"pay\">{}</button>"
                    "<button name=\"result\" value=\"cancel\">Cancel</button></form>",
                    shown_lines(session), alert(problem), card_field(), as_text(email),
                    session.mode == CheckoutMode::setup          ? "Save card"
                    : session.mode == CheckoutMode::subscription ? "Subscribe"
                                                                 : "Pay"),
        problem.empty() ? 200 : 402);
}

HttpResponse not_open(const CheckoutSession& session) {
    if (session.status == CheckoutStatus::complete) return go_to(success_url_of(session));
    return checkout_page("<p>This session has expired. Nothing was charged.</p>", 410);
}

// ---- What the form sends ----

struct Form {
    std::string_view result;
    TypedCard typed;
};

std::expected<Form, ApiError> read_form(const World& world, const std::string& body) {
    constexpr std::array<std::string_view, 2> kResults = {"pay", "cancel"};
    Params params;
    if (auto good = decode_form(body, params); !good) return std::unexpected(good.error());
    ParamReader reader(params);
    if (!reader.has("result")) reader.refuse(parameter_missing("result"));
    Form sent{.result = kResults[reader.choice("result", kResults).value_or(1)],
              .typed = read_typed_card(reader, world)};
    if (auto good = reader.finish(); !good) return std::unexpected(good.error());
    return sent;
}

HttpResponse pay(World& world, CheckoutSession& session, const TypedCard& typed) {
    auto choice = choose_typed(world, typed);
    if (!choice) return form(session, choice.error().message);
    if (!typed.email.empty()) session.payer_email = typed.email;
    if (!typed.name.empty()) session.payer_name = typed.name;
    const auto step = pay_checkout(world, session, std::move(*choice));
    if (!step) return form(session, step.error().message);
    if (*step == CheckoutStep::completed) return go_to(success_url_of(session));
    return go_to(authentication_url(world.base_url, awaited_intent(world, session)));
}

}  // namespace

HttpResponse get_checkout(Session& session, std::string_view id) {
    const auto found = find_in_accounts(session, &Tables::checkout_sessions, id);
    if (found.row == nullptr) return no_session(kCheckoutTitle);
    if (found.row->status != CheckoutStatus::open) return not_open(*found.row);
    return form(*found.row, "");
}

HttpResponse post_checkout(Session& session, std::string_view id, const std::string& body) {
    const auto found = find_in_accounts(session, &Tables::checkout_sessions, id);
    if (found.row == nullptr) return no_session(kCheckoutTitle);
    if (found.row->status != CheckoutStatus::open) return not_open(*found.row);
    const auto sent = read_form(*found.world, body);
    if (!sent) {
        return checkout_page(alert(sent.error().message), 400);
    }
    if (sent->result == "pay") return pay(*found.world, *found.row, sent->typed);
    if (!found.row->cancel_url.empty()) return go_to(found.row->cancel_url);
    return checkout_page("<p>Nothing was charged; the session stays open.</p>");
}

}  // namespace onsite::simulator

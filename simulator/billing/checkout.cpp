#include "simulator/billing/checkout.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "simulator/core/call.hpp"
#include "simulator/payments/payment_flow.hpp"
#include "simulator/payments/setup_flow.hpp"
#include "simulator/resources/checkout_sessions.hpp"

namespace onsite::simulator {

std::string_view to_string(CheckoutMode mode) {
    constexpr std::array<std::string_view, 3> kWords = {"payment", "setup", "subscription"};
    return kWords[static_cast<std::size_t>(mode)];
}

std::string_view to_string(CheckoutStatus status) {
    constexpr std::array<std::string_view, 3> kWords = {"open", "complete", "expired"};
    return kWords[static_cast<std::size_t>(status)];
}

std::vector<DiscountOrder> discounts_of(const CheckoutSession& session) {
    if (session.coupon.empty() && session.promotion_code.empty()) return {};
    return {{.coupon = session.coupon, .promotion_code = session.promotion_code}};
}

std::string checkout_url(const World& world, const CheckoutSession& session) {
    return fmt::format("{}/_onsite/checkout/{}", world.base_url, session.id);
}

std::string success_url_of(const CheckoutSession& session) {
    constexpr std::string_view kPlace = "{CHECKOUT_SESSION_ID}";
    std::string url = session.success_url;
    for (std::size_t at = url.find(kPlace); at != url.npos; at = url.find(kPlace, at)) {
        url.replace(at, kPlace.size(), session.id);
        at += session.id.size();
    }
    return url;
}

CheckoutSession& add_checkout(World& world, CheckoutSession session) {
    session.id = world.ids.next("cs_test_");
    session.created = world.timeline.now_s();
    if (session.expires_at == 0) session.expires_at = session.created + kCheckoutSeconds;
    for (CheckoutLine& line : session.lines) line.id = world.ids.next("li_");
    CheckoutSession& added = world.tables.checkout_sessions.add(std::move(session));
    world.timeline.at(added.expires_at * kSecond, [&world, id = added.id] {
        CheckoutSession* found = world.tables.checkout_sessions.find(id);
        if (found != nullptr && found->status == CheckoutStatus::open) {
            expire_checkout(world, *found);
        }
    });
    return added;
}

std::string awaited_intent(const World& world, const CheckoutSession& session) {
    if (!session.payment_intent.empty()) return session.payment_intent;
    if (!session.setup_intent.empty()) return session.setup_intent;
    const Invoice* invoice = world.tables.invoices.find(session.invoice);
    return invoice == nullptr ? std::string() : invoice->payment_intent;
}

void expire_checkout(World& world, CheckoutSession& session) {
    session.status = CheckoutStatus::expired;
    if (PaymentIntent* intent = world.tables.payment_intents.find(session.payment_intent)) {
        static_cast<void>(cancel_payment(world, *intent, "abandoned"));
    }
    if (SetupIntent* intent = world.tables.setup_intents.find(session.setup_intent)) {
        static_cast<void>(cancel_setup(world, *intent, "abandoned"));
    }
    world.emit("checkout.session.expired", rendered(world, kCheckoutSessionType, session.id));
}

}  // namespace onsite::simulator

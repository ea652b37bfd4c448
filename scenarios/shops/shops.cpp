#include "scenarios/shops/shops.hpp"

#include <algorithm>
#include <array>

namespace onsite::scenarios {
namespace {

constexpr std::array kShops = {
    ShopKind{kReference, "does everything right", {}},
    ShopKind{"retry-with-another-body",
             "a retry sends what the order says by now, under the key of the first attempt",
             {.body = BodyRule::current}},
    ShopKind{"key-of-the-order",
             "one key for everything that is done with an order",
             {.key = KeyRule::per_order}},
    ShopKind{"key-of-the-customer",
             "one key for all orders of a customer",
             {.key = KeyRule::per_customer}},
    ShopKind{"payment-per-click",
             "each click on the button is a payment of its own",
             {.click = ClickRule::one_payment_per_click}},
    ShopKind{"confirms-at-every-delivery",
             "a webhook that comes again confirms again, under the old key",
             {.confirm = ConfirmRule::at_every_delivery}},
    ShopKind{"fresh-key-per-attempt",
             "each attempt has a key of its own",
             {.key = KeyRule::per_attempt}},
    ShopKind{"key-without-the-card",
             "another card is tried under the key of the first one",
             {.key = KeyRule::without_card}},
    ShopKind{"key-in-memory",
             "the key is not kept, so a process that begins again has another one",
             {.key = KeyRule::per_process}},
    ShopKind{"new-key-after-500",
             "a server error is taken for \"nothing happened\"",
             {.key = KeyRule::new_on_5xx}},
    ShopKind{"refund-key-of-the-amount",
             "two equal refunds of an order have one key",
             {.key = KeyRule::of_the_amount}},
    ShopKind{"key-of-the-payment",
             "the caller's key goes with each request that a payment takes",
             {.key = KeyRule::per_payment}},
    ShopKind{"key-of-a-volatile-body",
             "the key is a hash of the body, in which the moment of sending is",
             {.key = KeyRule::of_the_body}},
    ShopKind{"key-with-a-token",
             "the key contains a token that is another one after a minute",
             {.key = KeyRule::with_a_token}},
    ShopKind{
        "key-of-the-action", "one key for each refund of an order", {.key = KeyRule::per_action}},
    ShopKind{"loses-the-options",
             "takes the amount of a refund for an option of the call, and does not send it",
             {.body = BodyRule::without_options}},
    ShopKind{"refund-without-a-key", "refunds have no key", {.key = KeyRule::none_for_refunds}},
    ShopKind{"timeout-is-failure",
             "an attempt without an answer is taken for one that failed",
             {.unknown = UnknownRule::is_failure}},
    ShopKind{"conflict-is-failure",
             "the 409 of a key in use is taken for a failed payment",
             {.conflict = ConflictRule::is_failure}},
    ShopKind{"success-is-payment",
             "any answer that is no error is taken for a payment",
             {.action = ActionRule::is_paid}},
    ShopKind{"action-is-failure",
             "a payment that waits for its shopper is taken for one that failed",
             {.action = ActionRule::is_failure}},
    ShopKind{"retries-after-a-day",
             "the same key is used again when the provider has forgotten it",
             {.late = LateRule::after_a_day}},
    ShopKind{"retries-at-once", "retries without a pause", {.retry = RetryRule::at_once}},
    ShopKind{"retries-in-step",
             "every client waits equally long before it tries again",
             {.retry = RetryRule::without_jitter}},
    ShopKind{"retries-without-an-end",
             "tries again until there is an answer",
             {.retry = RetryRule::without_an_end}},
    ShopKind{"retries-a-decline",
             "asks again after the card was declined",
             {.retry = RetryRule::declines_too}},
    ShopKind{"order-after-the-payment",
             "the order is written when the provider has answered",
             {.row = RowRule::after_the_call}},
    ShopKind{"looks-then-acts",
             "looks whether the order is paid, and acts on it a moment later",
             {.settle = SettleRule::look_then_act}},
    ShopKind{"works-at-every-delivery",
             "does the work of an event each time that it is delivered",
             {.event = EventRule::never}},
    ShopKind{"notes-the-event-first",
             "notes an event as processed before it does the work",
             {.event = EventRule::before_the_work}},
    ShopKind{"believes-the-latest-event",
             "gives the order the status of whatever event came last",
             {.order = OrderRule::as_the_event_says}},
    ShopKind{
        "unsigned-webhooks", "does not look at signatures", {.signature = SignatureRule::never}},
    ShopKind{"ageless-webhooks",
             "takes a signature of any age",
             {.signature = SignatureRule::without_its_age}},
    ShopKind{"verifies-in-the-queue",
             "acknowledges webhooks at once and verifies them ten minutes later",
             {.signature = SignatureRule::in_the_queue}},
    ShopKind{"forgets-after-a-crash",
             "leaves unfinished orders as they are when it begins again",
             {.recovery = RecoveryRule::forgets}},
    ShopKind{"forgets-cancelled-orders",
             "a payment that succeeds after its order was cancelled is kept",
             {.cancel = CancelRule::ignores}},
    ShopKind{"skips-what-is-paid",
             "makes an order paid and ships it a moment later; who finds it paid does neither",
             {.fulfil = FulfilRule::after_the_order}},
    ShopKind{"ships-before-payment",
             "fulfils when it is ordered, not when it is paid",
             {.fulfil = FulfilRule::when_ordered}},
    ShopKind{"hundredths-of-a-yen",
             "takes every currency to have two decimals",
             {.amount = AmountRule::always_hundredths}},
};

}  // namespace

std::span<const ShopKind> shops() { return kShops; }

const ShopKind* find_shop(std::string_view name) {
    const auto found = std::ranges::find(kShops, name, &ShopKind::name);
    return found == kShops.end() ? nullptr : &*found;
}

std::string shop_names() {
    std::string names;
    for (const ShopKind& shop : kShops) {
        if (!names.empty()) names += ", ";
        names += shop.name;
    }
    return names;
}

}  // namespace onsite::scenarios

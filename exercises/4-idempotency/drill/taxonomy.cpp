#include "exercises/4-idempotency/drill/taxonomy.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

namespace onsite::drill {
namespace {

constexpr std::string_view kKeys = "what a key is made of";
constexpr std::string_view kRetries = "retries and what an answer means";
constexpr std::string_view kCheckout = "orders and clicks";
constexpr std::string_view kWebhooks = "webhooks";
constexpr std::string_view kHarmless = "nothing is broken";

constexpr std::array kCauses = {
    Cause{"key-of-the-order", kKeys, Component::payment_client,
          "one key for everything that is done with an order"},
    Cause{"key-of-the-customer", kKeys, Component::payment_client,
          "one key for all orders of a customer"},
    Cause{"key-without-the-card", kKeys, Component::payment_client,
          "another card is tried under the key of the first one"},
    Cause{"fresh-key-per-attempt", kKeys, Component::payment_client,
          "each attempt has a key of its own"},
    Cause{"key-in-memory", kKeys, Component::payment_client,
          "the key is not kept, so a process that begins again has another one"},
    Cause{"refund-key-of-the-amount", kKeys, Component::refunds,
          "two equal refunds of an order have one key"},
    Cause{"refund-without-a-key", kKeys, Component::refunds, "refunds have no key"},
    Cause{"retry-with-another-body", kRetries, Component::payment_client,
          "a retry sends what the order says by now, under the key of the first attempt"},
    Cause{"new-key-after-500", kRetries, Component::payment_client,
          "a server error is taken for \"nothing happened\""},
    Cause{"timeout-is-failure", kRetries, Component::payment_client,
          "an attempt without an answer is taken for one that failed"},
    Cause{"conflict-is-failure", kRetries, Component::payment_client,
          "the 409 of a key in use is taken for a failed payment"},
    Cause{"retries-after-a-day", kRetries, Component::payment_client,
          "the same key is used again when the provider has forgotten it"},
    Cause{"retries-at-once", kRetries, Component::payment_client, "retries without a pause"},
    Cause{"retries-a-decline", kRetries, Component::payment_client,
          "asks again after the card was declined"},
    Cause{"payment-per-click", kCheckout, Component::checkout,
          "each click on the button is a payment of its own"},
    Cause{"order-after-the-payment", kCheckout, Component::checkout,
          "the order is written when the provider has answered"},
    Cause{"looks-then-acts", kCheckout, Component::checkout,
          "looks whether the order is paid, and acts on it a moment later"},
    Cause{"forgets-after-a-crash", kCheckout, Component::checkout,
          "leaves unfinished orders as they are when it begins again"},
    Cause{"forgets-cancelled-orders", kCheckout, Component::checkout,
          "a payment that succeeds after its order was cancelled is kept"},
    Cause{"ships-before-payment", kCheckout, Component::checkout,
          "fulfils when it is ordered, not when it is paid"},
    Cause{"hundredths-of-a-yen", kCheckout, Component::checkout,
          "takes every currency to have two decimals"},
    Cause{"confirms-at-every-delivery", kWebhooks, Component::webhook_handler,
          "a webhook that comes again confirms again, under the old key"},
    Cause{"works-at-every-delivery", kWebhooks, Component::webhook_handler,
          "does the work of an event each time that it is delivered"},
    Cause{"notes-the-event-first", kWebhooks, Component::webhook_handler,
          "notes an event as processed before it does the work"},
    Cause{"believes-the-latest-event", kWebhooks, Component::webhook_handler,
          "gives the order the status of whatever event came last"},
    Cause{"verifies-in-the-queue", kWebhooks, Component::webhook_handler,
          "acknowledges webhooks at once and verifies them ten minutes later"},
    Cause{"slow-provider", kHarmless, Component::provider,
          "the provider is slow; retries meet their own first attempt and end well", true},
    Cause{"lost-answers", kHarmless, Component::network,
          "the network loses answers; retries under the same key get them", true},
    Cause{"impatient-shoppers", kHarmless, Component::shoppers,
          "shoppers click twice; the second click changes nothing", true},
    Cause{"repeated-webhooks", kHarmless, Component::provider,
          "events are delivered twice; the second delivery changes nothing", true},
    Cause{"declined-cards", kHarmless, Component::shoppers,
          "banks decline cards; another card is a payment under a key of its own", true},
};

}  // namespace

std::string_view to_string(Component component) {
    switch (component) {
        case Component::checkout:
            return "checkout";
        case Component::payment_client:
            return "payment_client";
        case Component::webhook_handler:
            return "webhook_handler";
        case Component::refunds:
            return "refunds";
        case Component::network:
            return "network";
        case Component::provider:
            return "provider";
        case Component::shoppers:
            return "shoppers";
    }
    std::abort();
}

const Component* find_component(std::string_view name) {
    const auto is_it = [&](Component one) { return to_string(one) == name; };
    const auto found = std::ranges::find_if(kComponents, is_it);
    return found == kComponents.end() ? nullptr : &*found;
}

std::span<const Cause> causes() { return kCauses; }

const Cause* find_cause(std::string_view id) {
    const auto found = std::ranges::find(kCauses, id, &Cause::id);
    return found == kCauses.end() ? nullptr : &*found;
}

std::string taxonomy_text() {
    std::string text;
    std::string_view group;
    for (const Cause& cause : kCauses) {
        if (cause.group != group) text += fmt::format("\n{}\n", cause.group);
        group = cause.group;
        text += fmt::format("  {:<28} {}\n", cause.id, cause.story);
    }
    return text;
}

}  // namespace onsite::drill

// What lets a receiver believe a webhook, and read it.

#include <fmt/format.h>

#include "exercises/3-subscriptions/checks/rules.hpp"

namespace onsite::subscriptions {
namespace {

// All that a webhook says: its own description and those of its headers.
std::string words_of(const ApiOperation& webhook) {
    std::string words = webhook.summary + "\n" + webhook.description;
    for (const ApiParameter& parameter : webhook.parameters) words += "\n" + parameter.description;
    return words;
}

void webhook_is_signed(const Api& api, Ruling& ruling) {
    for (const ApiOperation& webhook : api.webhooks()) {
        const ApiParameter* signature = header_with(webhook, "signature");
        ruling.expect(signature != nullptr && signature->is_required, webhook.line,
                      fmt::format("expected the webhook {} to require a header with a signature",
                                  webhook.path));
    }
}

void replays_are_refused(const Api& api, Ruling& ruling) {
    for (const ApiOperation& webhook : api.webhooks()) {
        const std::string words = words_of(webhook);
        const bool holds = mentions(words, {"timestamp", "t="}) &&
                           mentions_span(words, {"second", "s ", "minute"});
        ruling.expect(holds, webhook.line,
                      fmt::format("expected the webhook {} to say that the signature covers a "
                                  "timestamp, and after how many seconds it is refused",
                                  webhook.path));
    }
}

void delivery_is_described(const Api& api, Ruling& ruling) {
    for (const ApiOperation& webhook : api.webhooks()) {
        const std::string words = words_of(webhook);
        const bool is_repeated =
            mentions(words, {"more than once", "at least once", "at-least-once", "duplicate"});
        ruling.expect(is_repeated && mentions(words, {"order"}), webhook.line,
                      fmt::format("expected the webhook {} to say that an event may come more "
                                  "than once and out of order",
                                  webhook.path));
    }
}

const YamlNode* event_of(const ApiOperation& webhook) {
    return webhook.body ? json_schema(webhook.body->contents) : nullptr;
}

void events_have_an_envelope(const Api& api, Ruling& ruling) {
    for (const ApiOperation& webhook : api.webhooks()) {
        std::string missing;
        for (const char* part : {"id", "type", "created", "data", "api_version"}) {
            if (api.document().property(event_of(webhook), part) == nullptr) {
                missing += fmt::format(" {}", part);
            }
        }
        ruling.expect(missing.empty(), webhook.line,
                      fmt::format("expected the event of {} to have id, type, created, data and "
                                  "api_version; missing:{}",
                                  webhook.path, missing));
    }
}

// The names of all events: the values of `type`, and of webhooks that are named after theirs.
std::string event_names(const Api& api) {
    std::string names;
    for (const ApiOperation& webhook : api.webhooks()) {
        names += webhook.path + "\n";
        const YamlNode* type = api.document().property(event_of(webhook), "type");
        for (const char* key : {"enum", "x-extensible-enum"}) {
            const YamlNode* values = api.document().keyword(type, key);
            if (values == nullptr) continue;
            for (const YamlNode& value : values->items) names += value.text + "\n";
        }
    }
    return names;
}

void events_cover_a_life(const Api& api, Ruling& ruling) {
    if (api.webhooks().empty()) return;
    const std::string names = event_names(api);
    const int line = api.webhooks().front().line;
    const auto expect = [&](std::initializer_list<std::string_view> words, const char* what) {
        ruling.expect(mentions(names, words), line, fmt::format("expected an event {}", what));
    };
    expect({"subscription.created"}, "subscription.created");
    expect({"trial_will_end", "trial.will_end", "trial_ending"}, "before a trial ends");
    expect({"payment_failed", "payment.failed"}, "when a payment fails");
    expect({"invoice.paid", "payment_succeeded", "payment.succeeded"}, "when an invoice is paid");
    expect({"canceled", "cancelled", "subscription.deleted"}, "when a subscription is canceled");
}

constexpr Rule kRules[] = {
    {"webhook_is_signed", "A webhook comes with a signature in a header.",
     "its address is no secret, and anybody can post \"paid\" there", "Stripe, webhook signatures",
     webhook_is_signed},
    {"replays_are_refused", "The signature covers a timestamp, and old ones are refused.",
     "a true webhook that is sent again next week must not be believed again",
     "Stripe, replay attacks: 5 minutes", replays_are_refused},
    {"delivery_is_described", "The documentation says that events repeat and overtake each other.",
     "a receiver that was not told books twice", "Stripe, webhook best practices",
     delivery_is_described},
    {"events_have_an_envelope", "An event has id, type, created, data and the version.",
     "id finds duplicates, type chooses the code, the version says how to read data",
     "Stripe, the event object", events_have_an_envelope},
    {"events_cover_a_life", "There is an event for each turn of a subscription's life.",
     "what has no event is polled for", "the brief", events_cover_a_life},
};

}  // namespace

std::span<const Rule> webhook_rules() { return kRules; }

}  // namespace onsite::subscriptions

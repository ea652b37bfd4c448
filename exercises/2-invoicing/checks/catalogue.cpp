#include "exercises/2-invoicing/checks/catalogue.hpp"

namespace onsite::invoicing {
const std::vector<Family>& scenario_families() {
    static const std::vector<Family> families = {
        {"an answer that never arrives",
         {"lost-response-fresh-key", "reset-connection-fresh-key", "timeout-is-no-failure",
          "server-error-after-the-charge", "control-half-an-answer", "refund-without-a-key"}},
        {"a process that dies",
         {"crash-before-the-request", "crash-with-the-key-in-memory", "noted-before-the-work",
          "control-crash-after-the-charge"}},
        {"the same thing twice",
         {"event-delivered-twice", "racing-double-click", "slow-webhook-handler",
          "control-every-event-twice", "control-impatient-shopper", "two-equal-refunds"}},
        {"events out of order",
         {"late-created-event", "webhook-before-the-order", "answer-and-webhook-race",
          "cancelled-while-it-is-paid", "control-events-out-of-order"}},
        {"keys that are reused or forgotten",
         {"key-in-use", "key-older-than-a-day", "retry-with-another-body",
          "second-card-under-the-old-key", "one-key-for-two-orders",
          "one-key-for-create-and-confirm", "one-key-for-charge-and-refund",
          "webhook-confirms-again"}},
        {"webhooks that cannot be trusted",
         {"signature-of-a-stranger", "signature-of-last-week", "signature-checked-in-the-queue"}},
        {"a provider that is slow, busy or down",
         {"retries-without-a-pause", "control-provider-down", "control-busy-provider",
          "control-slow-provider", "control-two-days-without-webhooks", "control-refused-twice"}}};
    return families;
}

}  // namespace onsite::invoicing

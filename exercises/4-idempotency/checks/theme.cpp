#include <cstdlib>

#include "exercises/4-idempotency/checks/family.hpp"

namespace onsite::idempotency {

std::string_view to_string(Theme theme) {
    switch (theme) {
        case Theme::address_before_retry:
            return "an address before a retry";
        case Theme::address_before_confirm:
            return "an address before a second confirmation";
        case Theme::another_card:
            return "another card after a decline";
        case Theme::webhook_again:
            return "the webhook that confirms comes again";
        case Theme::impatient_shopper:
            return "clicks while the provider is slow";
        case Theme::busy_provider:
            return "a provider that is busy or away";
        case Theme::crash:
            return "a crash around the request";
        case Theme::money_back:
            return "two refunds, of one nobody knows the outcome";
    }
    std::abort();
}

}  // namespace onsite::idempotency

#include "simulator/idempotency/profile.hpp"

#include <algorithm>
#include <array>

#include "simulator/core/timeline.hpp"

namespace onsite::simulator {
namespace {

constexpr std::size_t kKeyBytesMax = 255;  // docs.stripe.com/api/idempotent_requests

constexpr std::array kProfiles = {
    Profile{.name = "stripe-v1",
            .story = "Stripe's API v1: kept 24 hours, declines and 500 are replayed",
            .retention_us = kDay,
            .mismatch_status = 400,
            .in_flight_status = 409,
            .missing_status = 0,
            .replays = Replays::everything,
            .key_bytes_max = kKeyBytesMax},
    // docs.stripe.com/api-v2-overview: a retry of what failed does the work again.
    Profile{.name = "stripe-v2",
            .story = "Stripe's API v2: kept 30 days, what failed runs again",
            .retention_us = 30 * kDay,
            .mismatch_status = 400,
            .in_flight_status = 409,
            .missing_status = 0,
            .replays = Replays::successes,
            .key_bytes_max = kKeyBytesMax},
    // draft-ietf-httpapi-idempotency-key-header-06, 2.7
    Profile{.name = "ietf",
            .story = "The IETF draft: a key is required (400), a mismatch is 422",
            .retention_us = kDay,
            .mismatch_status = 422,
            .in_flight_status = 409,
            .missing_status = 400,
            .replays = Replays::everything,
            .key_bytes_max = kKeyBytesMax},
    // The answer key of the debugging section.
    Profile{.name = "brief",
            .story = "The interview's own: a key is required (428), a mismatch is 409",
            .retention_us = kDay,
            .mismatch_status = 409,
            .in_flight_status = 409,
            .missing_status = 428,
            .replays = Replays::everything,
            .key_bytes_max = kKeyBytesMax},
};

}  // namespace

std::span<const Profile> profiles() { return kProfiles; }

const Profile* find_profile(std::string_view name) {
    const auto found = std::ranges::find(kProfiles, name, &Profile::name);
    return found == kProfiles.end() ? nullptr : &*found;
}

}  // namespace onsite::simulator

// How a provider treats idempotency keys: providers differ, so it is data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace onsite::simulator {

enum class Replays { everything, successes };

struct Profile {
    std::string_view name;
    std::string_view story;  // One sentence, for --help and the docs.
    std::int64_t retention_us;
    int mismatch_status;   // Same key, other parameters or another endpoint.
    int in_flight_status;  // The first request with the key still runs.
    int missing_status;    // A write without a key; 0 when keys are optional.
    Replays replays;       // What is kept: all answers of requests that ran, or only 2xx.
    std::size_t key_bytes_max;
};

// stripe-v1 (the default, and first), stripe-v2, ietf, brief.
std::span<const Profile> profiles();
// nullptr when there is none of that name.
const Profile* find_profile(std::string_view name);

}  // namespace onsite::simulator

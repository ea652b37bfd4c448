// How calls describe the phases of a subscription schedule.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/billing/scheduling.hpp"
#include "simulator/resources/subscription_params.hpp"

namespace onsite::simulator {

// docs.stripe.com/billing/subscriptions/subscription-schedules
inline constexpr std::size_t kPhasesMax = 10;

struct PhaseParams {
    std::string path = {};     // "phases[0]"
    SchedulePhase phase = {};  // Without what its prices decide.
    std::vector<ItemParams> items = {};
    std::optional<std::int64_t> start = {};
    std::optional<std::int64_t> end = {};
    Recurrence duration = {};                     // Nothing when its count is 0.
    std::optional<std::int64_t> iterations = {};  // Of the interval of its prices.
    bool is_trial = false;                        // All of it.

    // "phases[0][end_date]"
    std::string path_of(std::string_view name) const;
};

enum class PhasesOf { new_schedule, update };
// Only an update says when phases start. `customer`: whose payment method and time it is.
std::vector<PhaseParams> read_phases(Call& call, std::string_view customer, PhasesOf whose);
// default_settings.
void read_schedule_settings(Call& call, std::string_view customer, ScheduleSettings& settings);

// Sets what the prices decide: currencies, intervals and ends. The first phase has its start.
// `check` is asked when all is known but the items; prices that were described in the call are made
// after it. Errors: 400, and then nothing was made.
std::expected<void, ApiError> resolve_phases(World& world, std::vector<PhaseParams>& sent,
                                             const ItemsCheck& check);

}  // namespace onsite::simulator

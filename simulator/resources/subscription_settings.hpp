// How calls describe the settings of a subscription.
#pragma once

#include <cstdint>
#include <string>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

// What create and update have in common.
void read_subscription(Call& call, Subscription& subscription);
// pause_collection; the empty text ends a pause.
void read_pause(ParamReader& params, Subscription& subscription);
// trial_end or trial_period_days of a new one.
void read_trial(ParamReader& params, Subscription& subscription, std::int64_t now);
// billing_cycle_anchor or billing_cycle_anchor_config of a new one, after its trial was read.
void read_anchor(ParamReader& params, Subscription& subscription, std::int64_t now);
// Sets the moment of trial_end. True when it was "now".
bool read_trial_end(ParamReader& params, Subscription& subscription, std::int64_t now);
// cancel_at and cancel_at_period_end, of which a call may have one. True when it is to be canceled
// with its period, whatever that will be.
bool read_cancel_at(ParamReader& params, Subscription& subscription, std::int64_t now);
// cancellation_details.
void read_details(ParamReader& params, std::string& comment, std::string& feedback);

}  // namespace onsite::simulator

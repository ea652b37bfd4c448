// Faults as JSON, in and out.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "base/error.hpp"
#include "simulator/faults/fault.hpp"
#include "simulator/webhooks/webhook_fault.hpp"

namespace onsite::simulator {

// One fault, or {"faults":[...]} with several: all are installed or none. One with "event" is a
// webhook's. Returns how many. Errors: usage.
Result<std::size_t> install_faults(const nlohmann::json& value, FaultPlan& faults,
                                   WebhookFaultPlan& webhook_faults);

nlohmann::json to_json(const Fault& fault);
nlohmann::json to_json(const WebhookFault& fault);

}  // namespace onsite::simulator

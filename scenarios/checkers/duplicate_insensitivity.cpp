// A provider may deliver an event more than once. So the run is played again with every event
// delivered once, and with every event delivered twice: each order must end as it did.
// Complexity: two runs.
#include "scenarios/checkers/again.hpp"

namespace onsite::scenarios {

std::optional<Violation> check_duplicate_insensitivity(const RunRecord& run) {
    using simulator::WebhookFault;
    using simulator::WebhookFaultKind;
    Scenario other = run.scenario;
    std::erase_if(other.webhook_faults, [](const WebhookFault& fault) {
        return fault.kind == WebhookFaultKind::duplicate;
    });
    if (auto broken = compare_ends(run, other, "when every event comes once")) return broken;
    other.webhook_faults.push_back({.nth = 0, .kind = WebhookFaultKind::duplicate});
    return compare_ends(run, other, "when every event comes twice");
}

}  // namespace onsite::scenarios

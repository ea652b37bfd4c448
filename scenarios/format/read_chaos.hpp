// The parts of a scenario file's `chaos`, each an object of its own.
#pragma once

#include "scenarios/format/chaos.hpp"

namespace onsite {
class JsonReader;
}

namespace onsite::scenarios {

// Each complains to its reader about a value that makes no sense.
void read_chaos(JsonReader& reader, Chaos& chaos);                  // All but the two below.
void read_fault_chances(JsonReader& reader, Chaos& chaos);          // "faults"
void read_webhook_fault_chances(JsonReader& reader, Chaos& chaos);  // "webhooks"

}  // namespace onsite::scenarios

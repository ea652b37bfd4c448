// One account of the simulator: what it has, its names, its time.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "simulator/billing/dunning.hpp"
#include "simulator/core/ids.hpp"
#include "simulator/core/timeline.hpp"
#include "simulator/objects/tables.hpp"
#include "simulator/trace/trace.hpp"
#include "simulator/wire/json_writer.hpp"

namespace onsite::simulator {

// Thread safety: none.
class World {
public:
    // `rows_max` for each kind of object (core/table.hpp).
    // REQUIRES: timeline and trace outlive the world.
    World(std::uint64_t seed, Timeline& main_timeline, Trace& run_trace, std::size_t rows_max);
    World(const World&) = delete;

    Ids ids;
    std::string account;  // "acct_"
    Tables tables;
    Timeline& timeline;
    Trace& trace;
    Shared<Origin> origin = {};  // Of what is changed now.
    // The decline code with which the card network answers during this call, whatever the card; a
    // fault sets it (faults/fault.hpp).
    std::string forced_decline = {};
    // Where this simulator is reached, for the pages that answers name.
    std::string base_url = {};
    // A setting of the account: what a subscription becomes when no retry is left.
    AfterRetries after_retries = AfterRetries::cancel;
    // Told of each event, for its deliveries.
    std::function<void(World&, Event&)> on_event = {};
    // Of rendered(): each object is written into the same memory.
    mutable JsonWriter writer = {};

    // Makes an event of a change. `type` is a constant. `previous_attributes`: changed_attributes()
    // of an update.
    const Event& emit(std::string_view type, Snapshot object, std::string previous_attributes = {});
    // Whether every webhook endpoint that was to be told of the event answered with 2xx; so it is
    // when there are none, and when the event is no longer kept. An `invoice.created` that nobody
    // acknowledges delays the finalising of its invoice by up to 72 hours.
    bool is_acknowledged(std::string_view event_id) const;
};

// What `before` had otherwise than `after`, as JSON; both are rendered objects. Of an object inside
// there are the members that changed, with null for one that is new; of a list all.
// Complexity: O(bytes); parses both, so for updates only.
std::string changed_attributes(const std::string& before, const std::string& after);

}  // namespace onsite::simulator

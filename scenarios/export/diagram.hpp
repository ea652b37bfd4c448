// The sequence diagram of a run, as SVG: five lanes, one row for each event.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "scenarios/trace/run_record.hpp"

namespace onsite::scenarios {

enum class Lane { shopper, shop, network, provider, webhooks };

// An event as it is drawn: an arrow between two lanes, or a note on one.
struct DrawnRow {
    const TraceEvent* event = nullptr;
    Lane from = Lane::shop;
    Lane to = Lane::shop;  // The same: a note.
    std::string label = {};
    std::string faults = {};   // That it meets; drawn on the network's lane.
    std::string classes = {};  // "bad", "cause", "money".
};

// The events that are drawn, kRowsMax at most. `bad`: lines at which a promise is broken; `chain`:
// lines that led to them.
std::vector<DrawnRow> rows_of(const RunRecord& run, const std::set<std::int64_t>& bad,
                              const std::set<std::int64_t>& chain);

// The drawing. Each event is a group with the id "e<line>".
std::string diagram_of(const RunRecord& run, const std::vector<DrawnRow>& rows);

}  // namespace onsite::scenarios

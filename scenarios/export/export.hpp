// A trace in forms that other tools read. Each of them says less than the trace, and none is read
// back (docs/reference/exports.md).
#pragma once

#include <span>
#include <string>

#include "scenarios/checkers/checker.hpp"
#include "scenarios/trace/run_record.hpp"

namespace onsite::scenarios {

// HAR 1.2: one entry for each request that the shop sent and each attempt to deliver a webhook, in
// the order of their beginnings. What HAR has no place for has names that begin with "_".
std::string har_of(const RunRecord& run);

// One OTLP/JSON document (ExportTraceServiceRequest): spans for each step, request at both ends,
// delivery and restart. A retry links to the attempt before it, a delivery to the request that made
// its event.
std::string otlp_of(const RunRecord& run);

// A page that needs nothing beside it: a sequence diagram as SVG, and the same events as a list.
// The first line of each broken promise and what led to it are marked. At most kRowsMax events.
inline constexpr std::size_t kRowsMax = 2'000;
std::string sequence_page_of(const RunRecord& run, std::span<const Violation> violations);

}  // namespace onsite::scenarios

// The pages of a drill that people read: who called, what the dashboard shows, what to type.
#pragma once

#include <string>
#include <string_view>

#include "exercises/4-idempotency/drill/evidence.hpp"
#include "exercises/4-idempotency/drill/metrics.hpp"

namespace onsite::drill {

// `commitment`: the line that commits to the answer.
std::string readme_page(std::string_view name, const Share& share, std::string_view commitment);

// Five minutes a line, and what an operator would have noticed meanwhile.
std::string timeline_page(const Metrics& metrics, const Evidence& evidence);

}  // namespace onsite::drill

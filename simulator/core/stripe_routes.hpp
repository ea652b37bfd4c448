// Which endpoints Stripe has, simulated or not.
#pragma once

#include <string_view>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

// "/v1/quotes/qt_1".
// Complexity: O(endpoints of Stripe), so for requests that no endpoint of this simulator takes.
// Thread safety: may be called from several threads.
bool is_stripes(Method method, std::string_view path);

}  // namespace onsite::simulator

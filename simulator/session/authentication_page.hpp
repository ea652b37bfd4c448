// The page that stands for the bank's: what a browser shows when a payment requires authentication.
#pragma once

#include <string>
#include <string_view>

namespace onsite::simulator {

// A page of the simulator's own, in the one style that they have. REQUIRES: `inside` is markup.
std::string simulated_page(std::string_view title, std::string_view inside);

// With two buttons, which send result=complete or result=fail to the same path.
std::string authentication_page(std::string_view intent_id);
// What it says then; `is_done`: there was such an intent that waited.
std::string authentication_result_page(std::string_view intent_id, bool is_done, bool is_success);

}  // namespace onsite::simulator

// The closed lists of words in scenario files.
#pragma once

#include <array>

#include "scenarios/format/scenario.hpp"

namespace onsite::scenarios {

inline constexpr std::array kFlows = {Flow::one_call, Flow::two_calls, Flow::confirm_on_webhook,
                                      Flow::fulfil_on_webhook};
inline constexpr std::array kActions = {Action::pay, Action::change, Action::cancel,
                                        Action::refund};

}  // namespace onsite::scenarios

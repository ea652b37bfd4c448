// Parameters that Stripe has and this simulator does not: a call that went on without them would
// not do what it was asked for.
#pragma once

#include <initializer_list>
#include <string_view>

#include "simulator/wire/param_reader.hpp"

namespace onsite::simulator {

// Refuses each of these that was sent. `whose`: "Checkout", the subject of the sentence.
void refuse_unsimulated(ParamReader& params, std::string_view whose,
                        std::initializer_list<std::string_view> names);

}  // namespace onsite::simulator

#include "simulator/resources/unsimulated.hpp"

#include <fmt/format.h>

namespace onsite::simulator {

void refuse_unsimulated(ParamReader& params, std::string_view whose,
                        std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
        if (!params.has(name)) continue;
        params.ignore(name);
        params.refuse(name, fmt::format("{} of this simulator does not take {}: nothing was done.",
                                        whose, params.path_of(name)));
    }
}

}  // namespace onsite::simulator

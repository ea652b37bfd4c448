// What a search found, kept and told: the end of `onsite explore` and `onsite sweep`.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/console.hpp"
#include "base/error.hpp"
#include "scenarios/search/explore.hpp"
#include "scenarios/search/keep.hpp"

namespace onsite::scenarios {

// How a discovery is called in the name of its folder.
using LabelOf = std::function<std::string(const Discovery&)>;

// Keeps each discovery, prints a line for each and last the command that replays the first one.
// Gives the exit status: 0 when there is none, else kExitOther.
Result<int> keep_and_tell(const std::vector<Discovery>& discoveries, const ShopKind& shop,
                          Keeper& keeper, const LabelOf& label_of, const Console& console);

// How many runs of a search go on at once.
unsigned threads_of_this_machine();

// A progress line at every so many runs: `what` names them.
Progress progress_of(const Console& console, std::string what, std::uint64_t runs);

}  // namespace onsite::scenarios

// What people would rather look at than read, as inline SVG that needs neither network nor script;
// each has its figures as text for who cannot see it. Used inside this room only.
#pragma once

#include <string>

#include "harness/scoring/scorecard.hpp"

namespace onsite {

// A bar for each criterion: its points of its weight; an open one is drawn empty.
std::string scores_svg(const Scorecard& scorecard);

// A bar for each part of the attempt, to scale, with the minutes allowed as a line.
std::string parts_svg(const Scorecard& scorecard);

}  // namespace onsite

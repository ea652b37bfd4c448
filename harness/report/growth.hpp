// How long a subject took at growing sizes, as a table and a small chart. Used inside this room
// only.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "harness/verdict/verdict.hpp"

namespace onsite {

// Rows, the subject's time, the reference's, and their ratio: a bare time says nothing about
// another machine.
std::vector<std::string> growth_table(std::span<const GrowthPoint> points);

// Both axes logarithmic, so that the slope is the order of growth. None for fewer than two points.
std::vector<std::string> growth_chart(std::span<const GrowthPoint> points);
std::string growth_svg(std::span<const GrowthPoint> points);

}  // namespace onsite

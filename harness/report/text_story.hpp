// A story as it stands in a terminal. Used inside this room only.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/report/layout.hpp"
#include "harness/report/story.hpp"

namespace onsite {

std::vector<std::string> text_story(const Story& story, std::size_t width, const Painter& paint);

}  // namespace onsite

// The table of what is simulated and how well, made from the routes themselves.
#pragma once

#include <string>

namespace onsite::simulator {

// docs/reference/fidelity.md, as Markdown.
std::string fidelity_page();

}  // namespace onsite::simulator

// What the page with the sequence diagram is made of: its head, style and script, all inside the
// page, which is forbidden to load anything.
#pragma once

#include <string>
#include <string_view>

namespace onsite::scenarios {

// Text that somebody else wrote, for HTML and SVG: harmless, one line, without markup.
std::string page_text(std::string_view text);

std::string page_begin(std::string_view title);
// The script marks what led to the event that has the focus, and counts what was drawn in
// data-drawn of the body.
std::string_view page_end();

}  // namespace onsite::scenarios

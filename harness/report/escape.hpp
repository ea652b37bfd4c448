// Text that a candidate wrote, made harmless for whoever displays it. Used inside this room only.
#pragma once

#include <string>
#include <string_view>

#include "harness/scoring/scorecard.hpp"

namespace onsite {

// What becomes of line breaks: kept in texts of several lines, shown as "\n" in one.
enum class Lines { many, one };

// Shows control characters, invisible and direction-changing ones, and bytes that are no UTF-8 as
// "\x1b" and "\u{202e}". The result holds only characters that XML and terminals may have.
std::string harmless(std::string_view text, Lines lines);

// The same scorecard, every string in it harmless: what the renderers get, so that none of them can
// forget one.
Scorecard harmless(Scorecard scorecard);
Verdict harmless(Verdict verdict);

// & < > " ' as entities. REQUIRES: harmless text.
std::string markup(std::string_view text);

}  // namespace onsite

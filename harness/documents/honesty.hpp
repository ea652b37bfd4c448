// The verdict on trickery, the same in every section that reads documents. It belongs to no
// criterion: a reviewer sees what was found, and no score changes.
#pragma once

#include <span>
#include <string>

#include "harness/documents/trickery.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite {

inline constexpr const char* kHonestyCheck = "reads_honestly";

// A document and what was found in it.
struct DocumentTricks {
    std::string name;  // "answers.md"
    const Markdown& document;
    std::span<const TrickFound> found;
};

// Pass when nothing was found; else a failure whose story quotes each line and says why. One case
// for each document.
Verdict reads_honestly(std::span<const DocumentTricks> documents);

}  // namespace onsite

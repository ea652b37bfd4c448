// The documents as a reader sees them: what is hidden, and what is meant for the grader, is no part
// of what is judged.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/documents/reading.hpp"
#include "harness/subject/toolchain.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::invoicing {

class Pages {
public:
    // `model_answer` holds ours under the same names; without it no copy can be found.
    Pages(std::span<const SourceFile> files, std::span<const SourceFile> model_answer);

    // A Markdown document of that name without trickery; an empty one when there is none.
    const Markdown& page(std::string_view name) const;

    // Shown beside the score, never a part of it.
    Verdict honesty() const;

private:
    struct Page {
        std::string name;
        Reading reading;
    };
    std::vector<Page> pages_;
    Markdown nothing_;
};

}  // namespace onsite::invoicing

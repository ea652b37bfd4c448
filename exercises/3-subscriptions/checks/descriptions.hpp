// What the descriptions of an OpenAPI document say. They are prose for a reader, and checks look
// for words in them: so what is meant for a grader is found there as it is in Markdown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/documents/markdown.hpp"
#include "harness/documents/trickery.hpp"

namespace onsite::subscriptions {

// The lines of a YAML or JSON document, blank but for the values of its members `description` and
// `summary`, which stand at their columns. A member that does not begin its line is not seen.
// Complexity: O(n). Thread safety: pure.
Markdown descriptions_in(std::string_view text);

struct DescribedApi {
    Markdown prose;                 // descriptions_in() it.
    std::vector<TrickFound> heaps;  // Of keywords. Who reads the whole file finds the other tricks.
    // The document with blanks in the place of heaps and of sentences that talk to the grader; its
    // lines and its structure stay.
    std::string judged;
};
DescribedApi read_descriptions(std::string_view text);

}  // namespace onsite::subscriptions

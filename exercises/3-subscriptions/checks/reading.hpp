// A document without what is meant for its grader: that is shown, and changes no score.
#pragma once

#include <string_view>
#include <vector>

#include "harness/documents/markdown.hpp"
#include "harness/documents/trickery.hpp"

namespace onsite::subscriptions {

struct Reading {
    Markdown written;
    std::vector<TrickFound> tricks;
    Markdown judged;  // Without the tricks; lines keep their numbers.
};

enum class Form {
    markdown,
    yaml,  // Comments are seen by who reads it, and its words repeat.
};

// A text above the limit of Markdown is read as an empty one.
Reading read_document(std::string_view text, std::string_view model_answer, Form form);

}  // namespace onsite::subscriptions

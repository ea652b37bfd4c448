// A document without what is meant for its grader: that is shown, and changes no score.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "harness/documents/markdown.hpp"
#include "harness/documents/trickery.hpp"

namespace onsite {

struct Reading {
    Markdown written;
    std::vector<TrickFound> tricks;
    Markdown judged;  // Without the tricks; lines keep their numbers.
};

enum class Form {
    prose,
    code,  // YAML, SQL: comments are seen by who reads it, and its words repeat.
};

// `model_answer` may be null: then no copy can be found. `keywords` are what a candidate might heap
// up when there is nothing to say.
Reading read_for_judging(Markdown written, const Markdown* model_answer,
                         std::span<const std::string_view> keywords, Form form);

}  // namespace onsite

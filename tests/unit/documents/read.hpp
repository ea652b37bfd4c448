// A Markdown text, read; a text that is refused ends the test.
#pragma once

#include <string_view>

#include "harness/documents/markdown.hpp"

namespace onsite {

inline Markdown read(std::string_view text) {
    auto document = read_markdown(text, "answers.md");
    return document ? std::move(*document) : Markdown{};
}

}  // namespace onsite

// The documents of this section as they are judged.
#pragma once

#include <string_view>

#include "harness/documents/reading.hpp"

namespace onsite::subscriptions {

// A text above the limit of Markdown is read as an empty one. An empty model answer is none.
Reading read_document(std::string_view text, std::string_view model_answer, Form form);

}  // namespace onsite::subscriptions

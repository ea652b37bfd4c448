// The form of error messages: base/error.hpp says why they have one.
#pragma once

#include "tests/meta/tree.hpp"

namespace onsite::meta {

// Messages of usage_error() and tool_error() that end with a full stop or hold a second sentence.
Problems punctuates_an_error(const Tree& tree);

}  // namespace onsite::meta

// One text out of a JSON document, without a tree of it: a shop wants three members of an object
// that has sixty.
#pragma once

#include <string>
#include <string_view>

namespace onsite::scenarios {

// The member that a path of names leads to, "/data/object/id": a text without its quotes, another
// value as it is written. Empty when it is not there, or when what stands before it is no JSON.
// Complexity: O(bytes before it).
std::string json_text(std::string_view json, std::string_view path);

}  // namespace onsite::scenarios

// A few texts out of a JSON document, without a tree of it: a shop wants three members of an object
// that has sixty.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace onsite::scenarios {

// The member that a path of names leads to, "/data/object/id": a text without its quotes, another
// value as it is written. Empty when it is not there, or when what stands before it is no JSON.
// Complexity: O(bytes before it).
std::string json_text(std::string_view json, std::string_view path);

// The same for several paths, in their order. Complexity: O(bytes before the last of them).
std::vector<std::string> json_texts(std::string_view json,
                                    std::initializer_list<std::string_view> paths);

}  // namespace onsite::scenarios

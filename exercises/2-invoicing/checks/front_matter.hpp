// The YAML between the two lines of three dashes at the top of a Markdown file.
#pragma once

#include <string_view>

#include "base/error.hpp"
#include "harness/documents/yaml.hpp"

namespace onsite::invoicing {

// Lines are those of the whole file. Errors: usage, when there is none or when it is no map.
Result<YamlNode> read_front_matter(std::string_view text, std::string_view what);

}  // namespace onsite::invoicing

// Numbers as people write them into front matter.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "harness/documents/yaml.hpp"

namespace onsite::invoicing {

// "30s", "5m", "5 min", "2 hours" or "3d" in seconds; nothing for any other text, or for more than
// ten years.
std::optional<std::int64_t> parse_duration(std::string_view text);

// A number that is not in quotes: digits with underscores between them or a comma before
// every three, and at most six after a point. Nothing for anything else; below 10^15.
std::optional<double> decimal(const YamlNode* node);

}  // namespace onsite::invoicing

#include "exercises/2-invoicing/checks/front_matter.hpp"

#include <string>

#include <fmt/format.h>

#include "exercises/2-invoicing/checks/words.hpp"

namespace onsite::invoicing {

Result<YamlNode> read_front_matter(std::string_view text, std::string_view what) {
    const std::vector<std::string_view> lines = lines_of(text);
    if (lines[0] != "---") {
        return usage_error(
            fmt::format("{}:1: expected --- and the numbers after it, as in the starter", what));
    }
    // An empty first line in place of the dashes keeps the numbers of the others.
    std::string yaml = "\n";
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (lines[i] == "---") {
            auto node = parse_yaml(yaml, what);
            if (!node || node->is_map()) return node;
            return usage_error(fmt::format("{}:2: expected name: number in each line", what));
        }
        yaml.append(lines[i]).push_back('\n');
    }
    return usage_error(fmt::format("{}: expected a second --- after the numbers", what));
}

}  // namespace onsite::invoicing

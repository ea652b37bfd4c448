#include "exercises/2-invoicing/checks/documents.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "exercises/2-invoicing/checks/words.hpp"

namespace onsite::invoicing {

std::string_view Documents::text(std::string_view name) const {
    const auto found = std::ranges::find(files_, name, &SourceFile::name);
    return found == files_.end() ? std::string_view() : std::string_view(found->content);
}

std::string Documents::quote(std::string_view name, int line) const {
    constexpr std::size_t kShownMax = 140;
    const std::vector<std::string_view> lines = lines_of(text(name));
    if (line < 1 || static_cast<std::size_t>(line) > lines.size()) return std::string(name);
    const std::string_view shown = trimmed(lines[static_cast<std::size_t>(line) - 1]);
    return fmt::format("{}:{}: {}", name, line, harmless(shown.substr(0, kShownMax), Lines::one));
}

}  // namespace onsite::invoicing

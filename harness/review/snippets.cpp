#include "harness/review/snippets.hpp"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "base/files.hpp"
#include "harness/review/words.hpp"

namespace onsite {
namespace {

constexpr std::uint64_t kSnippetsBytesMax = 256 << 10;
constexpr std::string_view kNameLetters = "abcdefghijklmnopqrstuvwxyz0123456789-_";

bool is_name(std::string_view name) {
    return !name.empty() && name.find_first_not_of(kNameLetters) == name.npos;
}

}  // namespace

Result<Snippets> load_snippets(const std::filesystem::path& file) {
    Snippets snippets;
    std::error_code failure;
    if (!std::filesystem::exists(file, failure)) return snippets;
    auto text = read_file(file, kSnippetsBytesMax);
    if (!text) return pass_on(text);
    std::string_view rest = *text;
    for (int number = 1; !rest.empty(); ++number) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = trimmed(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.empty() || line.front() == '#') continue;
        const std::size_t colon = std::min(line.find(':'), line.size());
        const std::string_view name = trimmed(line.substr(0, colon));
        if (colon == line.size() || !is_name(name)) {
            return usage_error(
                fmt::format("{}: line {}: expected \"name: text\" with a name of small letters, "
                            "digits, - and _",
                            file.string(), number));
        }
        snippets.insert_or_assign(std::string(name), std::string(trimmed(line.substr(colon + 1))));
    }
    return snippets;
}

std::string with_snippets(std::string_view comment, const Snippets& snippets) {
    std::string filled;
    for (std::size_t at = 0; at < comment.size();) {
        const bool begins = at == 0 || comment[at - 1] == ' ';
        if (comment[at] == ':' && begins) {
            const std::size_t end =
                std::min(comment.find_first_not_of(kNameLetters, at + 1), comment.size());
            const auto found = snippets.find(comment.substr(at + 1, end - at - 1));
            if (found != snippets.end()) {
                filled += found->second;
                at = end;
                continue;
            }
        }
        filled += comment[at++];
    }
    return filled;
}

}  // namespace onsite

#include "tests/meta/documents.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"

namespace onsite::meta {
namespace {

constexpr std::size_t kReadmeLinesMax = 99;

bool is_markdown(const File& file) { return file.path.ends_with(".md"); }

// The lines of Markdown outside and inside of fences, and which fence ("sh") it is.
struct Line {
    std::string_view text;
    std::string_view fence;  // Empty outside; the word after the backticks inside.
    bool is_fenced = false;
};

std::vector<Line> markdown_lines(std::string_view text) {
    std::vector<Line> lines;
    bool is_fenced = false;
    std::string_view fence;
    for (const std::string_view line : lines_of(text)) {
        const auto start = std::min(line.find_first_not_of(' '), line.size());
        if (line.substr(start).starts_with("```")) {
            is_fenced = !is_fenced;
            fence = is_fenced ? line.substr(start + 3) : "";
        } else {
            lines.push_back({line, fence, is_fenced});
        }
    }
    return lines;
}

// ---- Links

// The targets of [text](target), without those in `code`.
std::vector<std::string> links_in(std::string_view line) {
    std::vector<std::string> targets;
    bool is_code = false;
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (line[at] == '`') is_code = !is_code;
        if (is_code || !line.substr(at).starts_with("](")) continue;
        const auto end = line.find(')', at);
        if (end != line.npos) targets.emplace_back(line.substr(at + 2, end - at - 2));
    }
    return targets;
}

// "## Who may include whom" -> "who-may-include-whom"
std::string anchor_of(std::string_view heading) {
    std::string anchor;
    for (const char c : heading.substr(std::min(heading.find_first_not_of("# "), heading.size()))) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == ' ') anchor += '-';
        if (std::isalnum(byte) || c == '-' || c == '_' || byte >= 0x80) {
            anchor += static_cast<char>(std::tolower(byte));
        }
    }
    return anchor;
}

bool has_heading(const File& file, const std::string& anchor) {
    return std::ranges::any_of(markdown_lines(file.text), [&](const Line& line) {
        return !line.is_fenced && line.text.starts_with('#') && anchor_of(line.text) == anchor;
    });
}

bool leads_somewhere(const Tree& tree, const File& from, const std::string& target) {
    if (target.find("://") != target.npos || target.starts_with("mailto:")) return true;
    const auto hash = std::min(target.find('#'), target.size());
    const std::string path = target.substr(0, hash);
    const auto folder = std::filesystem::path(from.path).parent_path();
    std::string reached = (folder / path).lexically_normal().string();
    while (reached.ends_with('/')) reached.pop_back();
    const File* file = path.empty() ? &from : find(tree, reached);
    if (file == nullptr) return has_folder(tree, reached) && hash == target.size();
    return hash == target.size() || has_heading(*file, target.substr(hash + 1));
}

// ---- Commands

// The words of the first command of a line that is `onsite`; empty when none is.
std::vector<std::string> onsite_command(std::string_view line) {
    line = line.substr(0, line.find('#'));
    line = line.substr(0, line.find_first_of("|>;&"));
    std::istringstream stream{std::string(line)};
    std::vector<std::string> words{std::istream_iterator<std::string>(stream), {}};
    if (!words.empty() && words.front() == "$") words.erase(words.begin());
    while (!words.empty() && words.front().find('=') != std::string::npos) {
        words.erase(words.begin());  // NAME=value in front of a command.
    }
    if (words.empty() || (words.front() != "./onsite" && words.front() != "onsite")) return {};
    return words;
}

// A flag in a help text, not as a part of a longer one.
bool knows_flag(const std::string& help, const std::string& flag) {
    for (auto at = help.find(flag); at != help.npos; at = help.find(flag, at + 1)) {
        const char after = at + flag.size() < help.size() ? help[at + flag.size()] : ' ';
        const char before = at > 0 ? help[at - 1] : ' ';
        const auto is_inside = [](char c) {
            return std::isalnum(static_cast<unsigned char>(c)) || c == '-';
        };
        if (!is_inside(before) && !is_inside(after)) return true;
    }
    return false;
}

}  // namespace

Problems is_no_json(const Tree& tree) {
    Problems problems;
    for (const File& file : tree) {
        if (!file.path.ends_with(".json")) continue;
        const auto value = parse_json(file.text, file.path, JsonComments::allowed);
        if (!value) problems.push_back(value.error().message);
    }
    return problems;
}

Problems leads_nowhere(const Tree& tree) {
    Problems problems;
    for (const File& file : tree) {
        if (!is_markdown(file)) continue;
        for (const Line& line : markdown_lines(file.text)) {
            if (line.is_fenced) continue;
            for (const std::string& target : links_in(line.text)) {
                if (leads_somewhere(tree, file, target)) continue;
                problems.push_back(fmt::format("{} links to {}", file.path, target));
            }
        }
    }
    return problems;
}

Problems is_a_long_readme(const Tree& tree) {
    const File* readme = find(tree, "README.md");
    if (readme == nullptr) return {"README.md is missing"};
    const std::size_t lines = lines_of(readme->text).size();
    if (lines <= kReadmeLinesMax) return {};
    return {fmt::format("README.md has {} lines, expected at most {}", lines, kReadmeLinesMax)};
}

Problems documents_an_unknown_command(
    const Tree& tree, const std::function<std::string(const std::string&)>& help_of) {
    Problems problems;
    for (const File& file : tree) {
        if (file.path != "README.md" && !(file.path.starts_with("docs/") && is_markdown(file))) {
            continue;
        }
        for (const Line& line : markdown_lines(file.text)) {
            if (line.fence != "sh") continue;
            const auto words = onsite_command(line.text);
            if (words.empty()) continue;
            const bool is_bare = words.size() == 1 || words[1].starts_with('-');
            const std::string command = is_bare ? "" : words[1];
            const std::string help = help_of(command);
            if (help.empty()) {
                problems.push_back(fmt::format("{} has the command '{}'", file.path, line.text));
            }
            for (const std::string& word : words) {
                const std::string flag = word.substr(0, word.find('='));
                if (help.empty() || !word.starts_with("--") || knows_flag(help, flag)) continue;
                problems.push_back(
                    fmt::format("{} has the flag {} in '{}'", file.path, flag, line.text));
            }
        }
    }
    return problems;
}

}  // namespace onsite::meta

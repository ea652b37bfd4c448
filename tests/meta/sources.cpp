#include "tests/meta/sources.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <optional>
#include <sstream>

#include <fmt/format.h>

#include "base/ascii.hpp"

namespace onsite::meta {
namespace {

constexpr std::size_t kLinesMax = 400;
constexpr std::size_t kColumnsMax = 100;

// Written in two halves, so that this file does not break the rules it holds.
const std::string kCandidateMark = std::string("TO") + "DO(candidate):";
const std::array<std::string, 3> kUnfinishedMarks = {
    std::string("TO") + "DO", std::string("FIX") + "ME", std::string("XX") + "X"};
const std::array<std::string, 2> kMachinePaths = {std::string("/wor") + "k/",
                                                  std::string("/tmp/on") + "site"};

std::string_view trimmed_left(std::string_view text) {
    return text.substr(std::min(text.find_first_not_of(" \t"), text.size()));
}

// The path of an #include with its opening quote or bracket: "\"base/json.hpp" or "<string".
std::optional<std::string_view> include_of(std::string_view line) {
    line = trimmed_left(line);
    if (!line.starts_with('#')) return std::nullopt;
    line = trimmed_left(line.substr(1));
    if (!line.starts_with("include")) return std::nullopt;
    line = trimmed_left(line.substr(7));
    if (line.empty() || (line[0] != '"' && line[0] != '<')) return std::nullopt;
    return line.substr(0, line.find_first_of("\">", 1));
}

// Calls visit(file, path) for our own files; those in angle brackets are other people's.
template <typename Visit>
void for_each_include(const Tree& tree, Visit visit) {
    for (const File& file : tree) {
        if (!is_cpp(file)) continue;
        for (const std::string_view line : lines_of(file.text)) {
            const auto included = include_of(line);
            if (included && included->starts_with('"')) visit(file, included->substr(1));
        }
    }
}

// The folder that a file stands in, as the design's picture draws it: "exercises/*/checks".
std::string house_of(std::string_view path) {
    const std::string_view top = part(path, 0);
    if (top == "exercises") return fmt::format("exercises/*/{}", part(path, 2));
    return std::string(top);
}

struct MayInclude {
    std::string_view house;
    std::vector<std::string_view> others;  // Besides its own house.
};

const std::vector<MayInclude>& include_table() {
    static const std::vector<MayInclude> table = {
        {"base", {}},
        {"simulator", {"base"}},
        {"scenarios", {"base", "simulator"}},
        {"harness", {"base", "simulator", "scenarios"}},
        {"exercises/*/checks",
         {"base", "simulator", "scenarios", "harness", "exercises/*/contract"}},
        {"exercises/*/drill", {"base", "simulator", "scenarios", "harness", "exercises/*/checks"}},
        {"exercises/*/contract", {"base"}},
        {"exercises/*/starter", {"base", "exercises/*/contract"}},
        {"exercises/*/calibration", {"base", "exercises/*/contract"}},
        {"solutions", {"base", "exercises/*/contract"}},
    };
    return table;
}

bool may_include(std::string_view from, std::string_view to) {
    if (from == to || from == "tests") return true;
    const auto row = std::ranges::find(include_table(), from, &MayInclude::house);
    return row != include_table().end() && std::ranges::find(row->others, to) != row->others.end();
}

// A candidate's file says "contract/...": it is compiled beside a copy of the contract.
bool is_an_answer(std::string_view path) {
    return path.starts_with("solutions/") || house_of(path) == "exercises/*/starter" ||
           house_of(path) == "exercises/*/calibration";
}

bool is_same_exercise(std::string_view from, std::string_view to) {
    const bool both = part(from, 0) == "exercises" && part(to, 0) == "exercises";
    return !both || part(from, 1) == part(to, 1);
}

// The rooms in the order of harness/CMakeLists.txt; empty when there is no list.
std::vector<std::string> rooms_in_order(const Tree& tree) {
    const File* list = find(tree, "harness/CMakeLists.txt");
    if (list == nullptr) return {};
    constexpr std::string_view kBefore = "foreach(room ";
    const auto start = list->text.find(kBefore);
    if (start == std::string::npos) return {};
    const auto end = list->text.find(')', start);
    std::istringstream names(
        list->text.substr(start + kBefore.size(), end - start - kBefore.size()));
    return {std::istream_iterator<std::string>(names), {}};
}

// Continuation bytes of UTF-8 take no column.
std::size_t columns_of(std::string_view line) {
    return static_cast<std::size_t>(std::ranges::count_if(line, begins_code_point));
}

bool is_heavy(std::string_view included) {
    static constexpr std::array<std::string_view, 7> kHeavy = {
        "httplib.h", "nlohmann/json.hpp", "gtest/", "gmock/", "rapidcheck", "benchmark/", "CLI/"};
    return std::ranges::any_of(kHeavy,
                               [&](std::string_view start) { return included.starts_with(start); });
}

// In prose, `marks` between backticks are talked about, not left behind.
std::string without_quoted_words(const File& file) {
    if (!file.path.ends_with(".md")) return file.text;
    std::string prose;
    bool is_quoted = false;
    for (const char c : file.text) {
        if (c == '`') is_quoted = !is_quoted;
        if (c == '\n') is_quoted = false;
        if (!is_quoted) prose += c;
    }
    return prose;
}

std::string without(std::string text, std::string_view word) {
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at)) {
        text.erase(at, word.size());
    }
    return text;
}

bool has_word(std::string_view text, std::string_view word) {
    const auto is_letter = [&](std::size_t at) {
        return at < text.size() && std::isalnum(static_cast<unsigned char>(text[at]));
    };
    for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
        if (!(at > 0 && is_letter(at - 1)) && !is_letter(at + word.size())) return true;
    }
    return false;
}

}  // namespace

Problems breaks_the_include_rule(const Tree& tree) {
    Problems problems;
    for_each_include(tree, [&](const File& file, std::string_view included) {
        const std::string from = house_of(file.path);
        if (from == "tests") return;
        if (is_an_answer(file.path) && included.starts_with("contract/")) return;
        if (find(tree, included) == nullptr) {
            problems.push_back(fmt::format("{} includes \"{}\", which is no path from the root",
                                           file.path, included));
        } else if (!may_include(from, house_of(included)) ||
                   !is_same_exercise(file.path, included)) {
            problems.push_back(fmt::format("{} may not include {}", file.path, included));
        }
    });
    return problems;
}

Problems uses_a_later_room(const Tree& tree) {
    const std::vector<std::string> rooms = rooms_in_order(tree);
    if (rooms.empty()) return {"harness/CMakeLists.txt lists no rooms"};
    Problems problems;
    for_each_include(tree, [&](const File& file, std::string_view included) {
        if (part(file.path, 0) != "harness" || part(included, 0) != "harness") return;
        const auto from = std::ranges::find(rooms, part(file.path, 1));
        const auto to = std::ranges::find(rooms, part(included, 1));
        if (to <= from && from != rooms.end()) return;
        problems.push_back(fmt::format("{} includes {}, of a later room", file.path, included));
    });
    return problems;
}

Problems has_a_heavy_header(const Tree& tree) {
    Problems problems;
    for (const File& file : tree) {
        // What only tests include costs nobody who practises.
        if (!is_header(file) || file.path.starts_with("tests/")) continue;
        for (const std::string_view line : lines_of(file.text)) {
            const auto included = include_of(line);
            if (included && is_heavy(included->substr(1))) {
                problems.push_back(fmt::format("{} has the heavy '{}'", file.path, line));
            }
        }
    }
    return problems;
}

Problems is_too_large(const Tree& tree) {
    Problems problems;
    for (const File& file : tree) {
        if (!is_cpp(file)) continue;
        const auto lines = lines_of(file.text);
        if (lines.size() > kLinesMax) {
            problems.push_back(fmt::format("{} has {} lines, expected at most {}", file.path,
                                           lines.size(), kLinesMax));
        }
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (columns_of(lines[i]) <= kColumnsMax) continue;
            problems.push_back(fmt::format("{}:{} has {} columns, expected at most {}", file.path,
                                           i + 1, columns_of(lines[i]), kColumnsMax));
        }
    }
    return problems;
}

Problems opens_without_a_comment(const Tree& tree) {
    Problems problems;
    for (const File& file : tree) {
        if (is_header(file) && !file.text.starts_with("// ")) {
            problems.push_back(fmt::format("{} does not open with what it is", file.path));
        }
    }
    return problems;
}

Problems has_unfinished_work(const Tree& tree) {
    Problems problems;
    for (const File& file : tree) {
        std::string text = without_quoted_words(file);
        // A calibration pack has an attempt in which nothing was done.
        const std::string house = house_of(file.path);
        if (house == "exercises/*/starter" || house == "exercises/*/calibration" ||
            house == "tests") {
            text = without(std::move(text), kCandidateMark);
        }
        for (const std::string& mark : kUnfinishedMarks) {
            if (has_word(text, mark)) {
                problems.push_back(fmt::format("{} has a {}", file.path, mark));
            }
        }
    }
    return problems;
}

Problems names_a_machine(const Tree& tree) {
    Problems problems;
    for (const File& file : tree) {
        for (const std::string& path : kMachinePaths) {
            if (file.text.find(path) == std::string::npos) continue;
            problems.push_back(fmt::format("{} names {}", file.path, path));
        }
    }
    return problems;
}

}  // namespace onsite::meta

#include "tests/meta/tree.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

namespace onsite::meta {
namespace {

namespace fs = std::filesystem;

// What .gitignore names, and git's own folder.
bool is_ignored(const fs::path& root, const fs::path& path) {
    const std::string name = path.filename().string();
    if (path.parent_path() == root && (name == "build" || name == "attempts")) return true;
    return name == ".git" || name == "__pycache__" || path.extension() == ".gch";
}

std::string content_of(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

}  // namespace

Tree read_tree(const fs::path& root) {
    Tree tree;
    for (auto at = fs::recursive_directory_iterator(root); at != fs::end(at); ++at) {
        if (is_ignored(root, at->path())) {
            at.disable_recursion_pending();
        } else if (at->is_regular_file()) {
            tree.push_back({fs::relative(at->path(), root).string(), content_of(at->path())});
        }
    }
    std::ranges::sort(tree, {}, &File::path);
    return tree;
}

const File* find(const Tree& tree, std::string_view path) {
    const auto at = std::ranges::find(tree, path, &File::path);
    return at == tree.end() ? nullptr : &*at;
}

bool has_folder(const Tree& tree, std::string_view folder) {
    const std::string prefix = std::string(folder) + "/";
    return std::ranges::any_of(tree,
                               [&](const File& file) { return file.path.starts_with(prefix); });
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

bool is_cpp(const File& file) { return is_header(file) || file.path.ends_with(".cpp"); }

bool is_header(const File& file) { return file.path.ends_with(".hpp"); }

std::string_view part(std::string_view path, std::size_t number) {
    for (; number > 0; --number) {
        const auto slash = path.find('/');
        if (slash == std::string_view::npos) return {};
        path.remove_prefix(slash + 1);
    }
    return path.substr(0, path.find('/'));
}

}  // namespace onsite::meta

// The files of the repository as text, which the rules of this folder read.
//
// A rule is a function from a tree to problems. So each rule is tried on a small bad tree, made of
// text, before the real one: a rule that finds nothing anywhere would be noticed.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace onsite::meta {

struct File {
    std::string path;  // From the root: "base/json.hpp".
    std::string text;
};
using Tree = std::vector<File>;

// One sentence for each place that breaks a rule, beginning with the path of the file.
using Problems = std::vector<std::string>;

// Everything that belongs in the repository, by path: not .git, and not what .gitignore names.
Tree read_tree(const std::filesystem::path& root);

// The file at this path, or nothing.
const File* find(const Tree& tree, std::string_view path);
bool has_folder(const Tree& tree, std::string_view folder);

std::vector<std::string_view> lines_of(std::string_view text);
bool is_cpp(const File& file);     // .hpp or .cpp
bool is_header(const File& file);  // .hpp

// A part of a path, counted from 0: part("base/cmake/onsite.cmake", 1) is "cmake". Empty when the
// path has no such part.
std::string_view part(std::string_view path, std::size_t number);

}  // namespace onsite::meta

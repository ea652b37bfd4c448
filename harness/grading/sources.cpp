#include "harness/grading/sources.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include <fmt/format.h>

#include "base/files.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

bool is_source(const fs::path& file, const Language& language) {
    if (!language.documents.empty()) {
        return std::ranges::find(language.documents, file.filename().string()) !=
               language.documents.end();
    }
    if (language.program.empty()) return file.filename() == language.answer;
    return file.extension() == fs::path(language.answer).extension();
}

// A link could make us, who may read everything, hand a foreign file to the box.
Result<std::string> read_source(const fs::path& file) {
    if (fs::is_symlink(fs::symlink_status(file))) {
        return usage_error(
            fmt::format("expected {} to be a file, found a link; put a copy there", file.string()));
    }
    auto content = read_file(file, kSourceBytesMax);
    if (content && (content->starts_with("\xff\xfe") || content->starts_with("\xfe\xff"))) {
        return usage_error(
            fmt::format("expected {} to be text in UTF-8, found UTF-16; save it as "
                        "UTF-8",
                        file.string()));
    }
    return content;
}

// As old editors end lines: to the checks it is one line, and each would say something else of it.
Result<void> expect_lines(const fs::path& file, std::string_view content) {
    if (content.find('\r') == content.npos || content.find('\n') != content.npos) return {};
    return usage_error(
        fmt::format("expected {} with lines that end in LF or CRLF, found CR alone; save it with "
                    "line ends of Unix or Windows",
                    file.string()));
}

Result<void> add_folder(const fs::path& folder, const Language& language,
                        std::map<std::string, std::string>& files) {
    auto entries = entries_of(folder);
    if (!entries) return pass_on(entries);
    for (const fs::directory_entry& entry : *entries) {
        if (!is_source(entry.path(), language)) continue;
        auto content = read_source(entry.path());
        if (!content) return pass_on(content);
        const bool is_document = !language.documents.empty();
        if (auto good = expect_lines(entry.path(), *content); is_document && !good) return good;
        files[entry.path().filename().string()] = std::move(*content);
        if (files.size() > kSourceFilesMax) {
            return usage_error(fmt::format("expected at most {} source files in {}, found more",
                                           kSourceFilesMax, folder.string()));
        }
    }
    return {};
}

}  // namespace

Result<Source> load_source(std::string name, const Language& language,
                           std::span<const fs::path> folders) {
    std::map<std::string, std::string> files;
    for (const fs::path& folder : folders) {
        if (auto added = add_folder(folder, language, files); !added) return pass_on(added);
    }
    std::vector<std::string> needed_files = language.documents;
    if (needed_files.empty()) needed_files = {language.answer, language.program};
    for (const std::string& needed : needed_files) {
        if (!needed.empty() && !files.contains(needed)) {
            return usage_error(
                fmt::format("expected the file {}, found nothing there; copy it back "
                            "from the starter, or start a new attempt",
                            (folders.back() / needed).string()));
        }
    }
    Source source{.name = std::move(name),
                  .language = language.name,
                  .program = language.program,
                  .files = {}};
    for (auto& [file, content] : files) source.files.push_back({file, std::move(content)});
    return source;
}

Result<std::string> load_tests(const Exercise& exercise, std::span<const fs::path> folders) {
    if (exercise.tests.empty()) return "";
    for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder) {
        if (fs::exists(*folder / exercise.tests)) return read_source(*folder / exercise.tests);
    }
    return usage_error(
        fmt::format("expected {} in {}, found none", exercise.tests, folders.front().string()));
}

}  // namespace onsite

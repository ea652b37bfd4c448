#include "tests/e2e/onsite.hpp"

namespace onsite::testing {

namespace fs = std::filesystem;

fs::path root() { return ONSITE_SOURCE_ROOT; }

fs::path program(const std::string& name) { return fs::path(ONSITE_PROGRAMS) / name; }

Command Practice::command(std::vector<std::string> words) const {
    words.insert(words.begin(), program("onsite").string());
    return {
        .words = std::move(words),
        .environment = {"ONSITE_ROOT=" + root().string(), "ONSITE_ATTEMPTS=" + attempts().string()},
        .folder = home_.path()};
}

CommandResult Practice::onsite(std::vector<std::string> words) const {
    return run(command(std::move(words)));
}

void Practice::solve(const std::string& attempt_name, const std::string& language) const {
    const fs::path solution = root() / "solutions" / "1-reconciliation";
    fs::copy_file(solution / "tests.json", attempt(attempt_name) / "tests.json",
                  fs::copy_options::overwrite_existing);
    for (const auto& entry : fs::directory_iterator(solution / language)) {
        fs::copy_file(entry.path(), attempt(attempt_name) / entry.path().filename(),
                      fs::copy_options::overwrite_existing);
    }
}

}  // namespace onsite::testing

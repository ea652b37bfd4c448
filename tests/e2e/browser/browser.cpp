#include "tests/e2e/browser/browser.hpp"

#include <filesystem>

#include "tests/e2e/onsite.hpp"

namespace onsite::testing {

namespace fs = std::filesystem;

CommandResult look_at(const std::string& page, const std::string& name, const std::string& kind) {
    const char* const chromium = "/usr/bin/chromium";
    const fs::path folder = program("..") / "artefacts" / name;
    fs::create_directories(folder);
    write_text(folder / "page.html", page);
    const fs::path npm = program("..") / "npm-browser";
    if (!fs::exists(npm / "node_modules") || !fs::exists(chromium)) {
        return {.status = 3, .output = "run ./onsite test once: it installs the browser"};
    }
    return run(
        {.words = {"node", (root() / "tests/e2e/browser/look.mjs").string(),
                   (folder / "page.html").string(), folder.string(), kind},
         .environment = {"ONSITE_NPM=" + npm.string(), std::string("ONSITE_CHROMIUM=") + chromium},
         .folder = folder});
}

}  // namespace onsite::testing

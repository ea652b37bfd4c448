// A repository with one small exercise, for tests that need files and no more of a real one.
#pragma once

#include <filesystem>
#include <string>

#include "harness/catalog/exercise.hpp"
#include "tests/support/command.hpp"

namespace onsite::testing {

class SmallRepository {
public:
    SmallRepository() {
        write("exercises/1-greeting/exercise.json", R"({
            // Comments are allowed in the files that people write.
            "slug": "greeting", "number": 1, "section": "Coding", "title": "Greet", "minutes": 45,
            "contract": "process", "tests": "tests.json",
            "languages": {"python": {"answer": "greet.py", "program": "main.py"},
                          "cpp": {"answer": "greet.cpp"}}
        })");
        write("exercises/1-greeting/brief.md", "# Greet\n");
        write("exercises/1-greeting/starter/tests.json", "{\"cases\":[]}\n");
        write("exercises/1-greeting/starter/cpp/greet.cpp", "// TODO(candidate): greet.\n");
        write("exercises/1-greeting/starter/cpp/include/greet.hpp", "#pragma once\n");
        write("exercises/1-greeting/starter/python/greet.py", "pass\n");
        write("exercises/1-greeting/starter/python/main.py", "import greet\n");
    }

    const std::filesystem::path& root() const { return folder_.path(); }
    std::filesystem::path attempts() const { return root() / "attempts"; }

    // Creates the folders above the file as well.
    void write(const std::string& name, const std::string& content) const {
        std::filesystem::create_directories((root() / name).parent_path());
        write_text(root() / name, content);
    }

    Exercise exercise() const { return load_catalog(root()).value().front(); }

private:
    TemporaryFolder folder_;
};

}  // namespace onsite::testing

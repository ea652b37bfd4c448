// Where the program that runs lies on disk.
#pragma once

#include <filesystem>
#include <string>

namespace onsite {

// The value of a variable of the environment, or the fallback where it is missing or empty.
std::string environment(const char* name, const std::string& fallback);

struct Installation {
    std::filesystem::path root;   // The repository.
    std::filesystem::path build;  // build/<preset>, with bin/, subjects/ and programs/.
};

// REQUIRES: the program lies in <build>/bin. The script says in ONSITE_ROOT where the repository
// is; for a program that is started by hand it is above build/<preset>.
Installation find_installation();

}  // namespace onsite

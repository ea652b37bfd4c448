// The command line of `onsite replay`, `explore`, `sweep` and `shrink`.
#pragma once

#include <filesystem>
#include <functional>

#include "base/error.hpp"
#include "scenarios/replay/replay.hpp"

namespace onsite::scenarios {

// Makes the client in a folder ready to play. How to build and box one is known to the harness,
// which uses scenarios and not the other way round: so a program that links both brings this along.
// Errors: usage, when there is no client in the folder, or it does not compile; tool.
using OpenClient = std::function<Result<PlayClient>(const std::filesystem::path& folder)>;

// Does what the words say and gives the exit status. Without `open_client`, words that need it are
// taken by the program onsite-replay in this program's folder, which brings it.
int scenario_main(int count, char** words, const OpenClient& open_client);

}  // namespace onsite::scenarios

// Drills on the disk: `drills/<name>/` is what the candidate reads, `drills/.onsite/<name>/` what
// the commands keep for themselves.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "exercises/4-idempotency/drill/answer_key.hpp"
#include "exercises/4-idempotency/drill/logs.hpp"
#include "exercises/4-idempotency/drill/metrics.hpp"

namespace onsite::drill {

// What a drill is made of before it is written: a function of recipe, seed and name.
struct DrillFiles {
    std::string name = {};                          // "incident-07-42", or "random-42".
    std::map<std::string, std::string> files = {};  // File name -> its content.
    std::string key = {};                           // The text of the answer key.
};

// REQUIRES: a name that is none of a path. Errors: tool, a bug of ours.
Result<DrillFiles> make_drill(const Recipe& recipe, std::uint64_t seed, std::string name);

struct DrillPaths {
    std::filesystem::path drills = {};
    std::string name = {};

    std::filesystem::path folder() const { return drills / name; }
    std::filesystem::path hidden() const { return drills / ".onsite" / name; }
    std::filesystem::path key() const { return hidden() / "key.json"; }
    std::filesystem::path log() const { return folder() / "log.jsonl"; }
    std::filesystem::path lock() const { return drills / ".onsite" / "lock"; }
    std::filesystem::path newest() const { return drills / ".onsite" / "newest"; }
};

// What becomes of a drill of the same name.
enum class Existing { kept, replaced };

// Whole or not at all: the folder appears by one rename. It is the newest one from then on.
// REQUIRES: the caller holds the lock.
// Errors: usage, when there is a drill of that name that is to be kept; tool.
Result<DrillPaths> write_drill(const std::filesystem::path& drills, const DrillFiles& drill,
                               Existing existing);

// The drill of that name, the newest one for an empty name.
// Errors: usage, when there is none.
Result<DrillPaths> find_drill(const std::filesystem::path& drills, const std::string& name);

// The answer, after it was compared with the hash that the drill's README names.
// Errors: usage: the key is missing, is no key, or is not the one of this drill.
Result<AnswerKey> load_key(const DrillPaths& paths);

// All logs, in the order of time.
// Errors: usage: a file is missing or was changed so that it cannot be read.
Result<std::vector<LogLine>> load_logs(const DrillPaths& paths);

// The files of the drill that are not as they were written; missing ones as well.
std::vector<std::string> changed_files(const DrillPaths& paths, const AnswerKey& key);

}  // namespace onsite::drill

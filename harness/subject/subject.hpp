// A subject is a candidate's program, built and ready to start: the only form in which it is
// judged.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/error.hpp"
#include "harness/isolation/box.hpp"

namespace onsite {

struct Subject {
    std::string name;  // "attempt", "reference", or the name of a mutant: for messages.
    std::string language;
    std::string content_hash;  // SHA-256 of the answer's source.
    std::vector<std::string> command;
    std::vector<Mount> mounts;
    Limits limits;
};

nlohmann::json to_json(const Subject& subject);
Result<Subject> subject_from_json(const nlohmann::json& value, const std::string& where);

}  // namespace onsite

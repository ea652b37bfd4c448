// The part of a diagnosis that is code: the payment client as the candidate patched it.
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "exercises/4-idempotency/drill/grade.hpp"

namespace onsite::drill {

// Builds the client in the folder (payments.cpp, payments.ts or payments.py among the files of an
// attempt), plays the drill's incident, the one of the client's own defect, 200 incidents that
// nobody has seen and every scenario of the catalogue with it, and gives points for what it keeps.
// Without a folder: 0 points, and all of them in a control for whoever said that nothing is broken.
// Takes some seconds. Errors: usage, when the folder has no client, or one that does not compile;
// tool.
Result<MitigationScore> grade_client(const std::filesystem::path& folder, const Recipe& recipe,
                                     std::uint64_t seed, bool is_called_healthy, Clock& clock);

// How many hints were taken in the attempt that the folder is; 0 when it is none. Errors: usage,
// when the attempt's log was damaged.
Result<std::int64_t> hints_taken(const std::filesystem::path& folder);

}  // namespace onsite::drill

// The numbers in the names of attempts and of whole interviews.
#pragma once

#include <filesystem>
#include <string_view>

namespace onsite {

// Whole interviews lie beside the attempts, as attempts/loop-<n>.
inline constexpr std::string_view kLoopSlug = "loop";

// "reconciliation-2", "reconciliation" -> 2; 0 when it is not a name of that form.
int attempt_number(std::string_view folder_name, std::string_view slug);

// The highest number of an attempt of this exercise; 0 when there is none.
int highest_attempt(const std::filesystem::path& attempts_root, std::string_view slug);

}  // namespace onsite

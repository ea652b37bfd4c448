// The checks of this section, in the order in which they run. All of them read and none runs
// anything, so every one belongs to `onsite check` too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exercises/3-subscriptions/checks/api.hpp"
#include "exercises/3-subscriptions/checks/decisions.hpp"
#include "exercises/3-subscriptions/checks/life.hpp"
#include "exercises/3-subscriptions/checks/page.hpp"
#include "harness/judging/check_loop.hpp"

namespace onsite::subscriptions {

inline constexpr std::size_t kDocumentBytesMax = 1 << 20;

// What is judged, read once for all checks.
struct Material {
    std::string api_text;
    Result<Api> api;  // The error is the candidate's: api.yaml could not be read.
    std::string decisions_text;
    Page decisions;
    bool has_machine = false;
    Machine machine;
    std::vector<Life> lives;
    std::vector<Sum> sums;
};

// `cases` is the text of cases.json. Errors: usage, when that cannot be read; a document that
// cannot be read is evidence.
Result<Material> read_material(std::string_view api, std::string_view decisions,
                               std::string_view cases);

// REQUIRES: the material outlives the checks.
std::vector<Check> all_checks(const Material& material);

}  // namespace onsite::subscriptions

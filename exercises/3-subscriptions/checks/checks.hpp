// The checks of this section, in the order in which they run. All of them read and none runs
// anything, so every one belongs to `onsite check` too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exercises/3-subscriptions/checks/api.hpp"
#include "exercises/3-subscriptions/checks/decisions.hpp"
#include "exercises/3-subscriptions/checks/descriptions.hpp"
#include "exercises/3-subscriptions/checks/life.hpp"
#include "exercises/3-subscriptions/checks/page.hpp"
#include "exercises/3-subscriptions/checks/reading.hpp"
#include "harness/judging/check_loop.hpp"

namespace onsite::subscriptions {

// The two documents, the candidate's or ours.
struct Texts {
    std::string_view decisions;
    std::string_view api;
};

// What is judged, read once for all checks.
struct Material {
    std::string api_text;
    Result<Api> api;  // The error is the candidate's: api.yaml could not be read.
    Reading api_reading;
    DescribedApi api_descriptions;
    Reading decisions_reading;
    Page decisions;
    bool has_machine = false;
    Machine machine;
    std::vector<Life> lives;
    std::vector<Sum> sums;
};

// `cases` is the text of cases.json; the model answer may be empty, then no copy is found.
// Errors: usage, when the cases cannot be read; a document that cannot be read is evidence.
Result<Material> read_material(const Texts& written, const Texts& model_answer,
                               std::string_view cases);

// The last one, `reads_honestly`, belongs to no criterion.
// REQUIRES: the material outlives the checks.
std::vector<Check> all_checks(const Material& material);

}  // namespace onsite::subscriptions

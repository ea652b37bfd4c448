// Whether an example is what its schema says.
//
// Judged: type, nullable, enum, required, properties, additionalProperties, items, minItems,
// maxItems, minLength, maxLength, minimum, maximum, allOf, oneOf, anyOf and references. Not judged:
// pattern and format, because a stranger's regular expression can take for ever.
#pragma once

#include <optional>
#include <string>

#include "harness/documents/openapi.hpp"

namespace onsite::subscriptions {

inline constexpr int kExampleDepthMax = 32;
// Values that are looked at, the branches of oneOf included: schemas that branch in branches end.
inline constexpr int kExampleStepsMax = 20'000;

struct ExampleFault {
    int line = 0;         // Of the value.
    std::string problem;  // "expected an integer at data[0].amount, found text"
};

// The first fault; nothing when the example is valid.
std::optional<ExampleFault> fault_in_example(const OpenApi& document, const YamlNode& value,
                                             const YamlNode* schema);

}  // namespace onsite::subscriptions

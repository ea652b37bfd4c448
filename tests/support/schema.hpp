// Whether a text has the form that docs/reference/schemas promises: JSON is validated by valijson,
// XML by xmllint.
#pragma once

#include <filesystem>
#include <string>

namespace onsite::testing {

// What is wrong with the text; empty when it has the form of this JSON Schema.
// Throws when the schema itself cannot be read: a test must not pass then.
std::string json_problems(const std::filesystem::path& schema, const std::string& text);

// The same for XML and an XSD. A machine without xmllint gives a problem too.
std::string xml_problems(const std::filesystem::path& schema, const std::string& text);

}  // namespace onsite::testing

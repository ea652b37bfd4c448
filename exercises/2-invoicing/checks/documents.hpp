// The five documents of an answer, and how a line of one is quoted.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "harness/subject/toolchain.hpp"

namespace onsite::invoicing {

inline constexpr const char* kDesign = "design.md";
inline constexpr const char* kApi = "api.yaml";
inline constexpr const char* kSchema = "schema.sql";
inline constexpr const char* kFlows = "flows.md";
inline constexpr const char* kFailures = "failure-modes.md";

// Thread safety: may be read by many.
class Documents {
public:
    // REQUIRES: the files outlive this.
    explicit Documents(std::span<const SourceFile> files) : files_(files) {}

    // The content of the document of that name; empty when there is none.
    std::string_view text(std::string_view name) const;

    // "schema.sql:14: amount REAL NOT NULL", harmless to show; without the text for a line that
    // does not exist.
    std::string quote(std::string_view name, int line) const;

private:
    std::span<const SourceFile> files_;
};

}  // namespace onsite::invoicing

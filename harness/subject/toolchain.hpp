// Turns the files of an answer into a subject. The compiler runs in a box too: source code can read
// files, bomb the compiler and flood the terminal long before it runs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "harness/subject/subject.hpp"

namespace onsite {

inline constexpr std::uint64_t kSourceBytesMax = 1 * kMiB;
inline constexpr std::size_t kSourceFilesMax = 20;
inline constexpr std::size_t kDiagnosticsBytesMax = 16 * 1024;

struct SourceFile {
    std::string name;  // "reconcile.cpp"; chosen by the exercise, never by a candidate.
    std::string content;
};

// A snapshot of an answer: what is hashed is what is built, whatever is saved meanwhile.
struct Source {
    std::string name;      // For messages: "attempt", "reference", "mutant trims_ids".
    std::string language;  // "cpp", "typescript" or "python".
    // The file that is started; empty for C++, where the contract has the main.
    std::string program;
    std::vector<SourceFile> files;
};

// The SHA-256 of the one file; of several, that of their lines as sha256sum prints them.
std::string content_hash(const Source& source);

enum class Optimization {
    quick_build,  // -O0: for the verdict at every save.
    quick_run,    // -O2: for a grade.
};

// Where things are. `kit` holds what the build made of the exercise's contract: O0/ and O2/, each
// with host.o and contract/<header>.gch. `output` receives the program, in a folder named by its
// hash.
struct ToolchainPlaces {
    std::filesystem::path kit;
    std::filesystem::path output;
};

struct BuildResult {
    bool is_built = false;
    Subject subject;          // Set when built.
    std::string diagnostics;  // The compiler's first words, escaped: kDiagnosticsBytesMax of them.
    IsolationReport isolation;
};

// A compile that needs more is an attack or a mistake that the candidate wants to hear of.
inline constexpr std::uint64_t kCompileCpuSeconds = 20;

// Builds, or takes the program that an earlier call built from the same content. `cpu_seconds`:
// what the compiler may take. A source that does not compile is a result, not an error. Errors:
// tool.
Result<BuildResult> build_subject(const Source& source, Optimization optimization,
                                  const ToolchainPlaces& places, LayerSet layers, Clock& clock,
                                  std::uint64_t cpu_seconds = kCompileCpuSeconds);

}  // namespace onsite

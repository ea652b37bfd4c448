// An operation that can fail returns a Result: its value, or an Error that a user can act on.
//
// Only operating errors travel this way. A bug in our own code stops the program; a failure of a
// candidate's code is not an error at all but evidence (harness/verdict/verdict.hpp).
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace onsite {

// Decides the exit status of the command that meets the error.
enum class ErrorKind {
    usage,  // The user can mend the command line or a file of theirs.
    tool,   // The tool or the machine failed.
};

inline constexpr int kExitUsage = 2;
inline constexpr int kExitToolFailed = 3;
constexpr int exit_status_of(ErrorKind kind) {
    return kind == ErrorKind::usage ? kExitUsage : kExitToolFailed;
}

struct Error {
    ErrorKind kind;
    // One sentence: what was expected, what was found, what to do. "; " joins its parts, and no
    // full stop ends it, so that who passes it on can put words before and behind it.
    std::string message;
};

template <typename T>
using Result = std::expected<T, Error>;

// `return usage_error("...")` from any function that returns a Result.
inline std::unexpected<Error> usage_error(std::string message) {
    return std::unexpected(Error{ErrorKind::usage, std::move(message)});
}
inline std::unexpected<Error> tool_error(std::string message) {
    return std::unexpected(Error{ErrorKind::tool, std::move(message)});
}
// Passes an error on: `if (!text) return pass_on(text);`
template <typename T>
std::unexpected<Error> pass_on(Result<T>& failed) {
    return std::unexpected(std::move(failed.error()));
}

}  // namespace onsite

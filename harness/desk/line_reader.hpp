// Lines from stdin, whether a person types them or a pipe brings them, until the end or Ctrl-C.
#pragma once

#include <optional>
#include <string>

#include "harness/cli/watcher.hpp"

namespace onsite {

class LineReader {
public:
    explicit LineReader(Interrupts& interrupts) : interrupts_(interrupts) {}

    // The next line without its newline; empty at the end of the input, on Ctrl-C, and for a line
    // of more than kLineBytesMax, after which nothing is read any more.
    std::optional<std::string> next();

    static constexpr std::size_t kLineBytesMax = 64 * 1024;

private:
    bool fill();

    Interrupts& interrupts_;
    std::string buffer_;
    bool is_over_ = false;
};

}  // namespace onsite

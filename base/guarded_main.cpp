#include "base/guarded_main.hpp"

#include <exception>

#include <fmt/format.h>

#include "base/console.hpp"
#include "base/error.hpp"
#include "base/standard_streams.hpp"

namespace onsite {

int guarded_main(const std::function<int()>& run) {
    open_standard_streams();
    try {
        return run();
    } catch (const std::exception& problem) {
        Console::of_this_process().complain(
            fmt::format("a fault of the tool, please report it: {}", problem.what()));
        return kExitToolFailed;
    }
}

}  // namespace onsite

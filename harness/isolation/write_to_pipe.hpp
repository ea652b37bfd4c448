// Writes to a pipe whose reader may be gone.
#pragma once

#include <cstddef>
#include <string_view>

namespace onsite {

struct PipeWrite {
    std::size_t bytes = 0;   // How many fitted into the pipe.
    bool is_broken = false;  // Nobody reads any more.
};

// Never blocks on a non-blocking pipe, and never lets SIGPIPE reach our own process, which would
// end the grader because a submission closed its stdin. Leaves the process's signal handlers alone.
PipeWrite write_to_pipe(int fd, std::string_view bytes);

}  // namespace onsite

#include "base/standard_streams.hpp"

#include <cerrno>
#include <fcntl.h>
#include <initializer_list>
#include <unistd.h>

namespace onsite {

void open_standard_streams() {
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(descriptor, F_GETFD) >= 0 || errno != EBADF) continue;
        // The lowest number that is free is this one. Not O_CLOEXEC: it is for children as well.
        [[maybe_unused]] const int opened = ::open("/dev/null", O_WRONLY);
    }
}

}  // namespace onsite

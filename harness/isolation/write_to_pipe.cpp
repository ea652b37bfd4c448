#include "harness/isolation/write_to_pipe.hpp"

#include <cerrno>
#include <csignal>
#include <ctime>
#include <pthread.h>
#include <unistd.h>

namespace onsite {

PipeWrite write_to_pipe(int fd, std::string_view bytes) {
    sigset_t pipe_signal, before, pending;
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    sigpending(&pending);
    const bool was_pending = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);

    const ssize_t written = write(fd, bytes.data(), bytes.size());
    const bool is_broken = written < 0 && errno != EAGAIN && errno != EINTR;

    // The signal of a broken pipe is sent to this thread and waits: take it back. A blocking write
    // whose reader goes in the middle gets it as well, and says how much it had written.
    const bool is_whole = written == static_cast<ssize_t>(bytes.size());
    const timespec at_once{};
    if (!is_whole && !was_pending) sigtimedwait(&pipe_signal, nullptr, &at_once);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return {written > 0 ? static_cast<std::size_t>(written) : 0, is_broken};
}

}  // namespace onsite

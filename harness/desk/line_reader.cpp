#include "harness/desk/line_reader.hpp"

#include <array>
#include <cerrno>
#include <poll.h>
#include <unistd.h>
#include <utility>

namespace onsite {

std::optional<std::string> LineReader::next() {
    for (;;) {
        const std::size_t end = buffer_.find('\n');
        if (end != buffer_.npos) {
            std::string line = buffer_.substr(0, end);
            buffer_.erase(0, end + 1);
            return line;
        }
        if (is_over_ || buffer_.size() > kLineBytesMax || !fill()) break;
    }
    is_over_ = true;
    if (buffer_.empty() || buffer_.size() > kLineBytesMax || interrupts_.has_come()) {
        return std::nullopt;
    }
    return std::exchange(buffer_, {});  // The last line of a pipe may have no newline.
}

// False at the end and on an interrupt.
bool LineReader::fill() {
    std::array<pollfd, 2> sources = {
        pollfd{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0},
        pollfd{.fd = interrupts_.descriptor(), .events = POLLIN, .revents = 0}};
    while (poll(sources.data(), sources.size(), -1) < 0) {
        if (errno != EINTR) return false;
    }
    if (interrupts_.has_come()) return false;
    std::array<char, 4096> bytes{};
    const ssize_t got = read(STDIN_FILENO, bytes.data(), bytes.size());
    if (got <= 0) return false;
    buffer_.append(bytes.data(), static_cast<std::size_t>(got));
    return true;
}

}  // namespace onsite

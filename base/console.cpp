#include "base/console.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/escape.hpp"

namespace onsite {
namespace {

constexpr int kPrintFailed = 3;  // As every failure of the tool.
constexpr int kWidthMin = 60;
constexpr int kWidthMax = 120;

int terminal_width() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 100;
    return std::clamp(static_cast<int>(size.ws_col), kWidthMin, kWidthMax);
}

}  // namespace

Console Console::of_this_process() {
    const char* no_colour = std::getenv("NO_COLOR");
    const char* kind = std::getenv("TERM");
    const bool is_dumb = kind != nullptr && std::string_view(kind) == "dumb";
    Console console;
    console.has_colour_ =
        isatty(STDOUT_FILENO) == 1 && !is_dumb && (no_colour == nullptr || *no_colour == '\0');
    console.shows_progress_ = isatty(STDERR_FILENO) == 1 && !is_dumb;
    console.width_ = terminal_width();
    return console;
}

void Console::print(std::string_view text) const {
    const bool is_printed =
        std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (!is_printed && *failure_ == 0) *failure_ = errno;
}

int Console::end_with(int status) const {
    print("");  // And with it what waits in the buffer of stdout.
    if (*failure_ == 0 || *failure_ == EPIPE) return status;
    complain(fmt::format("expected to print all of it, found: {}; print it to another place",
                         std::strerror(*failure_)));
    return kPrintFailed;
}

void Console::say(std::string_view sentence) const {
    clear_progress();
    fmt::print(stderr, "{}\n", harmless(sentence, Lines::many));
}

void Console::complain(std::string_view sentence) const {
    clear_progress();
    fmt::print(stderr, "onsite: {}\n", harmless(sentence, Lines::many));
}

void Console::progress(std::string_view what) const {
    if (shows_progress_) fmt::print(stderr, "\r\x1b[K{}", what.substr(0, 78));
}

void Console::clear_progress() const {
    if (shows_progress_) fmt::print(stderr, "\r\x1b[K");
}

}  // namespace onsite

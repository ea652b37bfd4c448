#include "base/console.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <sys/ioctl.h>
#include <unistd.h>

#include <fmt/format.h>

namespace onsite {
namespace {

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
    Console console;
    console.has_colour_ =
        isatty(STDOUT_FILENO) == 1 && (no_colour == nullptr || *no_colour == '\0');
    console.shows_progress_ = isatty(STDERR_FILENO) == 1;
    console.width_ = terminal_width();
    return console;
}

void Console::print(std::string_view text) const {
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

void Console::say(std::string_view sentence) const {
    clear_progress();
    fmt::print(stderr, "{}\n", sentence);
}

void Console::complain(std::string_view sentence) const {
    clear_progress();
    fmt::print(stderr, "onsite: {}\n", sentence);
}

void Console::progress(std::string_view what) const {
    if (shows_progress_) fmt::print(stderr, "\r\x1b[K{}", what.substr(0, 78));
}

void Console::clear_progress() const {
    if (shows_progress_) fmt::print(stderr, "\r\x1b[K");
}

}  // namespace onsite

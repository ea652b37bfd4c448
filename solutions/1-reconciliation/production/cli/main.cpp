// The process of onsite-reconcile: what it may use of the machine, its signals, and errors as one
// line and a status.
#include <atomic>
#include <random>
#include <signal.h>
#include <sys/resource.h>
#include <thread>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/standard_streams.hpp"
#include "solutions/1-reconciliation/production/cli/command_line.hpp"

namespace onsite::reconcile {
namespace {

constexpr const char* kVersion = ONSITE_VERSION;

std::atomic<bool> stopped = false;

void stop_run(int) { stopped = true; }

// The run ends at its next block; a partial result is removed on the way out.
void listen_for_stop() {
    struct sigaction action = {};
    action.sa_handler = stop_run;
    action.sa_flags = static_cast<int>(SA_RESETHAND);  // A second Ctrl-C ends at once.
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction before = {};
        sigaction(number, nullptr, &before);
        // Whoever started this with nohup, or in the background, wants it to go on.
        if (before.sa_handler != SIG_IGN) sigaction(number, &action, nullptr);
    }
}

// Every file of a feed is held open from the first pass to the last, and 1024 are the usual limit
// that a process may raise by itself.
void allow_many_files() {
    struct rlimit files = {};
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);  // Who asks for too many files is told when one fails.
}

HashKey random_key() {
    std::random_device device;
    HashKey key;
    for (std::uint64_t& number : key) {
        number = (static_cast<std::uint64_t>(device()) << 32) | device();
    }
    return key;
}

int run_main(int count, char** words) {
    CommandLine line(kVersion);
    const Console console = Console::of_this_process();
    if (const auto status = line.read(count, words, console)) return *status;
    allow_many_files();
    SystemClock clock;
    const Machine machine = {.clock = clock,
                             .console = console,
                             .version = kVersion,
                             .program = std::filesystem::read_symlink("/proc/self/exe"),
                             .random_key = random_key,
                             .pause = std::this_thread::sleep_for<std::int64_t, std::milli>,
                             .listen_for_stop = listen_for_stop,
                             .stop = &stopped};
    auto status = line.run(machine);
    if (status) return console.end_with(*status);
    console.complain(status.error().message);
    return onsite::exit_status_of(status.error().kind);
}

}  // namespace
}  // namespace onsite::reconcile

int main(int count, char** words) {
    onsite::open_standard_streams();
    signal(SIGPIPE, SIG_IGN);  // A reader that goes away is no reason to die half way.
    try {
        return onsite::reconcile::run_main(count, words);
    } catch (const std::exception& problem) {
        onsite::Console::of_this_process().complain(
            std::string("expected to finish, found: ") + problem.what() +
            "; nothing was recorded; with less --memory it may work");
        return onsite::kExitToolFailed;
    }
}

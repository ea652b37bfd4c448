// The command line of onsite-simulate: reads the words, serves until a signal ends it.
#include <malloc.h>
#include <signal.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/command_words.hpp"
#include "base/console.hpp"
#include "base/error.hpp"
#include "base/guarded_main.hpp"
#include "base/parse_number.hpp"
#include "simulator/core/fidelity.hpp"
#include "simulator/server/server.hpp"

namespace onsite::simulator {
namespace {

constexpr const char* kFooter = R"(
Clients need a base address and any key that begins with sk_test_; each is an account of its own.
  curl http://127.0.0.1:12111/v1/customers -u sk_test_1: -d name=Ada
  Node     new Stripe("sk_test_1", {host: "127.0.0.1", port: 12111, protocol: "http"})
  Python   stripe.api_key = "sk_test_1"; stripe.api_base = "http://127.0.0.1:12111"

While it runs (from this machine only):
  GET    /_onsite/state       clock, seed, accounts, faults, hash of the trace
  GET    /_onsite/trace       what happened, as JSON Lines; ?from=100 skips lines
  POST   /_onsite/faults      {"operation":"POST /v1/customers","at":"response","kind":"lost"}
                              {"event":"customer.created","nth":1,"kind":"duplicate"}
  DELETE /_onsite/faults      nothing goes wrong any more
  POST   /_onsite/clock       {"advance":3600} seconds, or {"to":"2026-01-05T10:00:00Z"}
  POST   /_onsite/reset       a new run; /_onsite/seed {"seed":7} with another seed
  POST   /_onsite/webhook_endpoints/ID   {"roll_secret":3600}: the old secret signs for an hour more
  GET    /_onsite/3ds/ID      the page that completes or fails an authentication
  GET    /_onsite/checkout/ID the page of a checkout session, where a test card pays

Exit status: 0 ended by Ctrl-C, 2 a word is wrong or the port is taken, 3 the program failed.

Examples:
  onsite simulate
  onsite simulate --port 0 --clock 2026-01-05T09:00:00Z --seed 7
  onsite simulate --forward-to http://127.0.0.1:3000/webhooks --state stripe.journal)";

struct Words {
    std::string host = "127.0.0.1";
    int port = 12'111;
    std::string clock = "real";
    std::int64_t step_ms = 1;
    std::uint64_t seed = 1;
    std::string profile{profiles().front().name};
    std::size_t keep = 1'000'000;
    std::string forward_to = {};
    std::string state = {};
    bool shows_fidelity = false;
};

void add_options(CLI::App& cli, Words& words) {
    cli.add_option("--host", words.host, "the address to listen on; control stays local")
        ->capture_default_str();
    cli.add_option("--port", words.port, "0 takes any free one; it is printed")
        ->capture_default_str()
        ->check(whole_number(0, 65'535));
    cli.add_option("--clock", words.clock,
                   "real: the machine's; or 2026-01-05T09:00:00Z: begins there and moves only by "
                   "/_onsite/clock and --step")
        ->capture_default_str();
    cli.add_option("--step", words.step_ms, "milliseconds that each request moves such a clock")
        ->capture_default_str()
        ->check(whole_number(0, 86'400'000));
    cli.add_option("--seed", words.seed, "of every id; the same requests get the same answers")
        ->check(whole_number())
        ->capture_default_str();
    std::string known = "how idempotency keys are treated:";
    for (const Profile& profile : profiles()) {
        known += fmt::format("\n{}: {}", profile.name, profile.story);
    }
    cli.add_option("--profile", words.profile, known)->capture_default_str();
    cli.add_option("--keep", words.keep, "objects of each kind an account keeps; the oldest go")
        ->capture_default_str()
        ->check(whole_number(1, 1'000'000'000));
    cli.add_option("--forward-to", words.forward_to,
                   "a URL that is told every event; its signing secret is printed");
    cli.add_option("--state", words.state,
                   "a file that survives the end: every request is written before its answer "
                   "leaves, and replayed at the next start");
    cli.add_flag("--fidelity", words.shows_fidelity, "print what is simulated and how well; end");
}

Result<ServerSettings> settings_of(const Words& words) {
    ServerSettings settings{.host = words.host, .port = words.port, .state_file = words.state};
    SessionSettings& session = settings.session;
    session.seed = words.seed;
    session.step_us = words.step_ms * 1'000;
    session.rows_max = words.keep;
    session.forward_url = words.forward_to;
    session.is_real_time = words.clock == "real";
    if (!session.is_real_time) {
        const auto start_s = parse_rfc3339(words.clock);
        if (!start_s) {
            return usage_error(
                fmt::format("expected --clock real or 2026-01-05T09:00:00Z, found "
                            "{}",
                            words.clock));
        }
        session.start_us = *start_s * kSecond;
    }
    session.profile = find_profile(words.profile);
    if (session.profile == nullptr) {
        return usage_error(
            fmt::format("expected --profile to be one that --help lists, found {}", words.profile));
    }
    const std::string_view url = words.forward_to;
    if (!url.empty() && !url.starts_with("http://") && !url.starts_with("https://")) {
        return usage_error(
            fmt::format("expected --forward-to http://... or https://..., found {}", url));
    }
    return settings;
}

// Each connection needs a descriptor.
void allow_descriptors() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

// One heap for all threads: it grows by many pages at a time, and those that glibc gives to threads
// grow by one, which was a system call for every request that leaves something behind.
void keep_one_heap() {
#ifdef __GLIBC__
    constexpr int kStepBytes = 16 << 20;
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_TOP_PAD, kStepBytes);
#endif
}

sigset_t signals_that_end() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, number);
    return signals;
}

Result<void> serve(const Words& words, const Console& console) {
    auto settings = settings_of(words);
    if (!settings) return pass_on(settings);
    const std::string host = settings->host;
    allow_descriptors();
    const sigset_t signals = signals_that_end();
    // Before any thread begins, so that all of them leave the signals to this one.
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    SystemClock clock;
    auto server = Server::start(std::move(*settings), clock);
    if (!server) return pass_on(server);
    console.print(fmt::format("listening on http://{}:{}\n", host, (*server)->port()));
    if (!words.forward_to.empty()) {
        console.print(fmt::format("webhook signing secret {}\n", (*server)->forward_secret()));
    }
    if ((*server)->replayed() > 0) {
        console.say(fmt::format("replayed {} entries of {}", (*server)->replayed(), words.state));
    }
    int number = 0;
    sigwait(&signals, &number);
    pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);  // A second one ends at once.
    (*server)->stop();
    return {};
}

int run_main(int count, char** arguments) {
    Words words;
    CLI::App cli("Serves a fake Stripe that real Stripe clients talk to unchanged.",
                 "onsite simulate");
    cli.footer(kFooter);
    cli.set_version_flag("--version", ONSITE_VERSION);
    add_options(cli, words);
    const Console console = Console::of_this_process();
    if (const auto status = read_words(cli, count, arguments, console)) return *status;
    if (words.shows_fidelity) {
        console.print(fidelity_page());
        return console.end_with(0);
    }
    const auto served = serve(words, console);
    if (served) return console.end_with(0);
    console.complain(served.error().message);
    return exit_status_of(served.error().kind);
}

}  // namespace
}  // namespace onsite::simulator

int main(int count, char** words) {
    onsite::simulator::keep_one_heap();
    signal(SIGPIPE, SIG_IGN);  // A client that goes away is no reason to end.
    return onsite::guarded_main([&] { return onsite::simulator::run_main(count, words); });
}

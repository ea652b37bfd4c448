// The command line of onsite-drill: makes an incident, and asks its logs.

#include <optional>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/command_words.hpp"
#include "base/error.hpp"
#include "base/escape.hpp"
#include "base/guarded_main.hpp"
#include "base/parse_number.hpp"
#include "base/rng.hpp"
#include "exercises/4-idempotency/drill/cli/common.hpp"
#include "exercises/4-idempotency/drill/query.hpp"
#include "scenarios/cli/choices.hpp"

namespace onsite::drill {
namespace {

constexpr std::size_t kCommandBytesMax = 1000;

constexpr const char* kFooter = R"(
A drill is an incident with a hidden cause, or none: a payment service ran against the fake Stripe
under shoppers' load. It writes drills/<id>-<seed>/ with logs, metrics and a README that says what
to do; `onsite diagnose` takes the answer. The same id and seed give the same files. README names
the SHA-256 of the answer, which is kept sealed beside the drill. `logs` is for the newest one.

Exit status: 0 done, 2 a word or a file is wrong, 3 the program failed.

Examples:
  onsite drill
  onsite drill incident-07 --seed 42
  onsite drill --random --seed 7
  ./onsite drill logs --order order-17
  ./onsite drill logs --where status=400 --source provider --json
  ./onsite drill logs --key order-17.pay.1 --from 09:10 --to 09:20)";

struct Words {
    std::string id = {};
    std::string drills = {};
    bool is_random = false;
    bool is_again = false;
    std::optional<std::uint64_t> seed = {};
    // Of `logs`.
    std::string name = {};
    std::string key = {};
    std::string order = {};
    std::string source = {};
    std::string from = {};
    std::string to = {};
    std::vector<std::string> conditions = {};
    std::uint64_t limit = 200;
    bool is_json = false;
    std::string typed = {};  // As it was written, for the log.
};

Result<int> list(const Words& words, const Console& console) {
    for (const Recipe& recipe : recipes()) console.print(fmt::format("{}\n", recipe.id));
    console.say("begin one with `./onsite drill incident-07`, or with `./onsite drill --random`");
    if (const auto newest = find_drill(words.drills, ""); newest) {
        console.say(fmt::format("the newest drill is {}", newest->folder().string()));
    }
    return 0;
}

// Without --seed 1, and of a random drill a new one.
std::uint64_t seed_of(const Words& words, Clock& clock) {
    if (words.seed) return *words.seed;
    if (!words.is_random) return 1;
    return Rng(static_cast<std::uint64_t>(clock.now_ms())).below(1'000'000);
}

Result<int> begin(const Words& words, Clock& clock, const Console& console) {
    const std::uint64_t seed = seed_of(words, clock);
    const Recipe* const recipe = words.is_random ? &random_recipe(seed) : find_recipe(words.id);
    if (recipe == nullptr || (words.is_random && !words.id.empty())) {
        return usage_error(
            fmt::format("expected either an id that `./onsite drill` lists or "
                        "--random, found \"{}\"",
                        harmless(words.id.substr(0, 100), Lines::one)));
    }
    const std::string name =
        words.is_random ? fmt::format("random-{}", seed) : fmt::format("{}-{}", recipe->id, seed);
    auto made = make_drill(*recipe, seed, name);
    if (!made) return pass_on(made);
    return alone({.drills = words.drills, .name = name}, [&]() -> Result<int> {
        auto paths =
            write_drill(words.drills, *made, words.is_again ? Existing::replaced : Existing::kept);
        if (!paths) return pass_on(paths);
        const Json entry = {{"event", "started"}, {"drill", name}};
        if (auto logged = append_entry(paths->log(), entry, clock); !logged) return pass_on(logged);
        console.print(fmt::format("{}\n\n", paths->folder().string()));
        console.print(fmt::format("  read    {}\n", (paths->folder() / "README.md").string()));
        console.print("  look    ./onsite drill logs --where message~reused\n");
        console.print("  answer  ./onsite diagnose\n");
        return 0;
    });
}

// What the words mean, for logs of that day.
Result<Query> query_of(const Words& words, std::int64_t day_ms) {
    Query query;
    std::vector<std::string> conditions = words.conditions;
    if (!words.key.empty()) conditions.push_back("key=" + words.key);
    if (!words.order.empty()) conditions.push_back("order=" + words.order);
    if (!words.source.empty()) conditions.push_back("source=" + words.source);
    for (const std::string& condition : conditions) {
        auto filter = parse_filter(condition);
        if (!filter) return pass_on(filter);
        query.all_of.push_back(std::move(*filter));
    }
    for (const auto& [word, into] :
         {std::pair{&words.from, &query.from_ms}, std::pair{&words.to, &query.to_ms}}) {
        if (word->empty()) continue;
        const auto moment = parse_moment(*word, day_ms);
        if (!moment) return std::unexpected(moment.error());
        *into = *moment;
    }
    return query;
}

void show(const Words& words, const Console& console, const std::vector<const LogLine*>& found,
          std::uint64_t limit) {
    std::string text;
    std::uint64_t shown_lines = 0;
    for (const LogLine* line : found) {
        if (limit > 0 && shown_lines++ == limit) break;
        text += words.is_json ? to_json(*line) + '\n' : shown(*line);
    }
    console.print(text);
    if (limit > 0 && found.size() > limit) {
        console.say(fmt::format("{} of {} lines; --limit 0 shows all", limit, found.size()));
    } else {
        console.say(fmt::format("{} lines", found.size()));
    }
}

Result<int> ask_logs(const Words& words, Clock& clock, const Console& console) {
    const auto paths = find_drill(words.drills, words.name);
    if (!paths) return std::unexpected(paths.error());
    auto lines = load_logs(*paths);
    if (!lines) return pass_on(lines);
    auto query = query_of(words, lines->empty() ? 0 : lines->front().at_ms);
    if (!query) return pass_on(query);
    const std::vector<const LogLine*> found = select(*lines, *query);
    return alone(*paths, [&]() -> Result<int> {
        const Json entry = {{"event", "command"},
                            {"words", words.typed.substr(0, kCommandBytesMax)},
                            {"lines", found.size()}};
        if (auto logged = append_entry(paths->log(), entry, clock); !logged) return pass_on(logged);
        show(words, console, found, words.limit);
        return 0;
    });
}

void add_logs(CLI::App& logs, Words& words) {
    logs.add_option("--drill", words.name, "the name of a drill; default: the newest one");
    logs.add_option("--drills", words.drills, kDrillsHelp);
    logs.add_option("--key", words.key, "lines with this idempotency key");
    logs.add_option("--order", words.order, "lines of this order");
    logs.add_option("--where", words.conditions,
                    "lines with FIELD=VALUE, FIELD!=VALUE or FIELD~PART; all of several")
        ->allow_extra_args(false);
    logs.add_option("--source", words.source, "client, service or provider");
    logs.add_option("--from", words.from,
                    "from this moment: 09:12, 09:12:30, 2026-01-05T09:12:30Z");
    logs.add_option("--to", words.to, "up to this moment");
    logs.add_option("--limit", words.limit, "at most so many lines, 0 for all; default: 200")
        ->check(whole_number());
    logs.add_flag("--json", words.is_json, "lines as they are in the files");
}

int run_main(int count, char** arguments) {
    Words words;
    CLI::App cli("An incident with a hidden cause, to find and explain.", "onsite drill");
    cli.footer(kFooter);
    cli.set_version_flag("--version", ONSITE_VERSION);
    cli.add_option("id", words.id, "one of the ids that are listed without it");
    cli.add_flag("--random", words.is_random, "any of them; one in four is no incident at all");
    cli.add_option("--seed", words.seed, "default: 1, with --random a new one")
        ->check(whole_number());
    cli.add_option("--to,--drills", words.drills, kDrillsHelp);
    cli.add_flag("--again", words.is_again, "begin a drill that is there already anew");
    CLI::App& logs = *cli.add_subcommand("logs", "asks the logs of the newest drill");
    add_logs(logs, words);
    const Console console = Console::of_this_process();
    if (const auto status = read_words(cli, count, arguments, console)) return *status;
    if (words.drills.empty()) words.drills = usual_drills().string();
    for (int i = 1; i < count; ++i)
        words.typed += fmt::format("{}{}", i > 1 ? " " : "", arguments[i]);
    SystemClock clock;
    Result<int> status = 0;
    if (logs.parsed()) {
        status = ask_logs(words, clock, console);
    } else if (words.id.empty() && !words.is_random) {
        status = list(words, console);
    } else {
        status = begin(words, clock, console);
    }
    return scenarios::exit_status_of(status, console);
}

}  // namespace
}  // namespace onsite::drill

int main(int count, char** words) {
    return onsite::guarded_main([&] { return onsite::drill::run_main(count, words); });
}

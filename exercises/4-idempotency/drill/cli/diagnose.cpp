// The command line of onsite-diagnose: takes the answers about a drill, one at a time, and grades
// them.
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/command_words.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "base/guarded_main.hpp"
#include "base/parse_number.hpp"
#include "exercises/4-idempotency/drill/cli/common.hpp"
#include "exercises/4-idempotency/drill/cli/patched_client.hpp"
#include "exercises/4-idempotency/drill/query.hpp"
#include "exercises/4-idempotency/drill/report.hpp"
#include "exercises/4-idempotency/drill/taxonomy.hpp"
#include "scenarios/cli/choices.hpp"

namespace onsite::drill {
namespace {

constexpr std::uint64_t kOrdersFileBytesMax = 1 << 20;

constexpr const char* kFooter = R"(
Answers may come in any order and be given again until `grade`; only `because` is locked at once.
Without a word it shows what is answered and what is open.

  violated yes --invariant PROMISE | no    is a promise broken, and which (docs/guides/replay.md)
  at REQUEST|ID --in COMPONENT             where it goes wrong: "req_..." or a line's "e1234"
  because "TEXT"                           what happened, in your words; shows the causes afterwards
  cause [ID]                               shows the causes, or chooses one
  affected ORDER... | --file F | --where CONDITION... | --none
                                           the orders that are wrong now
  alert "EXPRESSION"                       e.g. rate(conflicts)/rate(payments) > 0.005
  grade [--client FOLDER] [--json] [--require N]
                                           the points, and the answer; the patched client is in
                                           an attempt of `onsite start idempotency`

Components: checkout, payment_client, webhook_handler, refunds, network, provider, shoppers.
An alert is rate(METRIC) or rate(METRIC, 10m), one by another, or p50_ms or p95_ms, compared by
> >= < <= with a number or a percentage; several are joined by `and` and `or`. Metrics: those of
metrics.json.

Exit status: 0 done, 1 fewer points than --require, 2 a word or a file is wrong, 3 the program
failed.

Examples:
  ./onsite diagnose violated yes --invariant no_double_charge
  ./onsite diagnose at req_52b6a4b09b591be4 --in payment_client
  ./onsite diagnose affected --where message~reused --where event=payment_error
  ./onsite diagnose grade)";

struct Words {
    std::string drills = {};
    std::string name = {};
    std::string yes_or_no = {};
    std::string invariant = {};
    std::string place = {};
    std::string component = {};
    std::string because = {};
    std::string cause = {};
    std::vector<std::string> orders = {};
    std::string orders_file = {};
    std::vector<std::string> conditions = {};
    bool is_nobody = false;
    std::string alert = {};
    std::string client = {};
    bool is_json = false;
    std::int64_t required = 0;
};

// A drill, its log so far, and what is needed to go on with it.
struct Session {
    const Words& words;
    DrillPaths paths;
    Diagnosis diagnosis;
    Clock& clock;
    const Console& console;
};

Result<int> keep(const Session& session, const Result<Json>& entry, std::string_view said) {
    if (!entry) return std::unexpected(entry.error());
    if (auto kept = append_entry(session.paths.log(), *entry, session.clock); !kept) {
        return pass_on(kept);
    }
    session.console.print(fmt::format("{}\n", said));
    return 0;
}

Result<int> show_status(Session& session) {
    session.console.print(status_text(session.paths.name, session.diagnosis));
    return 0;
}

Result<int> violated(Session& session) {
    const Words& words = session.words;
    return keep(session, answer_violated(session.diagnosis, words.yes_or_no, words.invariant),
                "kept");
}

Result<int> at(Session& session) {
    const Words& words = session.words;
    return keep(session, answer_at(session.diagnosis, words.place, words.component), "kept");
}

Result<int> because(Session& session) {
    auto kept = keep(session, answer_because(session.diagnosis, session.words.because),
                     "locked. The causes to choose from:");
    if (kept) session.console.print(taxonomy_text());
    return kept;
}

Result<int> cause(Session& session) {
    const Words& words = session.words;
    if (!words.cause.empty() || session.diagnosis.because.empty()) {
        return keep(session, answer_cause(session.diagnosis, words.cause), "kept");
    }
    session.console.print(taxonomy_text());
    return 0;
}

// One order on each line of a file.
Result<std::set<std::string>> orders_in(const std::string& file) {
    auto text = read_file(file, kOrdersFileBytesMax);
    if (!text) return pass_on(text);
    std::set<std::string> orders;
    std::string order;
    for (const char c : *text + '\n') {
        if (c != '\n' && c != ' ' && c != '\r' && c != '\t' && c != ',') {
            order += c;
        } else if (!order.empty()) {
            orders.insert(std::exchange(order, ""));
        }
    }
    return orders;
}

Result<std::set<std::string>> orders_where(const Session& session) {
    Query query;
    for (const std::string& condition : session.words.conditions) {
        auto filter = parse_filter(condition);
        if (!filter) return pass_on(filter);
        query.all_of.push_back(std::move(*filter));
    }
    auto lines = load_logs(session.paths);
    if (!lines) return pass_on(lines);
    return orders_of(select(*lines, query));
}

Result<int> affected(Session& session) {
    const Words& words = session.words;
    const int ways = static_cast<int>(!words.orders.empty()) + !words.orders_file.empty() +
                     !words.conditions.empty() + words.is_nobody;
    if (ways != 1) {
        return usage_error(
            "expected orders, or --file, or --where, or --none: one of these; see "
            "`./onsite diagnose --help`");
    }
    Result<std::set<std::string>> orders(std::in_place, words.orders.begin(), words.orders.end());
    if (!words.orders_file.empty()) orders = orders_in(words.orders_file);
    if (!words.conditions.empty()) orders = orders_where(session);
    if (!orders) return pass_on(orders);
    return keep(session, answer_affected(session.diagnosis, *orders),
                fmt::format("kept: {} orders", orders->size()));
}

Result<int> alert(Session& session) {
    return keep(session, answer_alert(session.diagnosis, session.words.alert), "kept");
}

// Keeps that a patch was tried, and the first grade.
Result<void> keep_grade(Session& session, const Grade& grade) {
    if (!session.words.client.empty()) {
        const auto hints = hints_taken(session.words.client);
        if (!hints) return std::unexpected(hints.error());
        const Json entry = {
            {"event", "patched"}, {"points", grade.parts.back().points}, {"hints", *hints}};
        if (auto kept = append_entry(session.paths.log(), entry, session.clock); !kept) return kept;
        session.diagnosis.hints = *hints;
        session.diagnosis.answered_ms["patched"] = session.clock.now_ms();
    }
    if (session.diagnosis.is_graded) return {};
    const Json entry = {{"event", "graded"}, {"points", grade.points()}};
    return append_entry(session.paths.log(), entry, session.clock);
}

Result<int> grade_it(Session& session) {
    const auto key = load_key(session.paths);
    if (!key) return std::unexpected(key.error());
    const auto mitigation = [&session](const Recipe& recipe, std::uint64_t seed) {
        const bool is_called_healthy = session.diagnosis.is_violated == false;
        return grade_client(session.words.client, recipe, seed, is_called_healthy, session.clock);
    };
    const auto graded = grade(session.diagnosis, *key, mitigation);
    if (!graded) return std::unexpected(graded.error());
    if (auto kept = keep_grade(session, *graded); !kept) return pass_on(kept);
    const Report report{.drill = session.paths.name,
                        .grade = *graded,
                        .diagnosis = session.diagnosis,
                        .changed_files = changed_files(session.paths, *key)};
    session.console.print(session.words.is_json ? report_json(report) : report_text(report));
    return graded->points() < session.words.required ? scenarios::kExitOther : 0;
}

using Step = Result<int> (*)(Session&);

// Finds the drill and its log, and does one step while nobody else changes it.
Result<int> run(const Words& words, Step step, const Console& console) {
    const auto paths = find_drill(words.drills, words.name);
    if (!paths) return std::unexpected(paths.error());
    SystemClock clock;
    return alone(*paths, [&]() -> Result<int> {
        const auto entries = read_entries(paths->log());
        if (!entries) return std::unexpected(entries.error());
        Session session{.words = words,
                        .paths = *paths,
                        .diagnosis = fold(*entries),
                        .clock = clock,
                        .console = console};
        return step(session);
    });
}

void add_answers(CLI::App& cli, Words& words, Step& step) {
    const auto add = [&](const char* name, const char* help, Step what) {
        CLI::App* const answer = cli.add_subcommand(name, help);
        answer->callback([&step, what] { step = what; });
        return answer;
    };
    CLI::App* one = add("violated", "is a promise broken?", violated);
    one->add_option("answer", words.yes_or_no, "yes or no")->required();
    one->add_option("--invariant", words.invariant, "which: the name of a promise");
    one = add("at", "a place where it goes wrong", at);
    one->add_option("place", words.place, "a request (req_...) or the id of a line")->required();
    one->add_option("--in", words.component, "the component")->required();
    one = add("because", "what happened, in your own words", because);
    one->add_option("text", words.because, "locked as soon as it is given")->required();
    one = add("cause", "shows the causes, or chooses one", cause);
    one->add_option("id", words.cause, "one of the causes");
    one = add("affected", "the orders that are wrong now", affected);
    one->add_option("orders", words.orders, "their names");
    one->add_option("--file", words.orders_file, "a file with their names");
    one->add_option("--where", words.conditions,
                    "those of the lines with FIELD=VALUE or FIELD~PART")
        ->allow_extra_args(false);
    one->add_flag("--none", words.is_nobody, "nobody is affected");
    one = add("alert", "what should have paged you", alert);
    one->add_option("expression", words.alert, "see the examples")->required();
    one = add("grade", "the points, and the answer", grade_it);
    one->add_option("--client", words.client,
                    "the folder of the patched client, such as attempts/idempotency-1");
    one->add_flag("--json", words.is_json, "one JSON object");
    one->add_option("--require", words.required, "exit status 1 for fewer points")
        ->check(whole_number(0, 100));
}

int run_main(int count, char** arguments) {
    Words words;
    Step step = show_status;
    CLI::App cli("Takes the answers about a drill, and grades them.", "onsite diagnose");
    cli.footer(kFooter);
    cli.set_version_flag("--version", ONSITE_VERSION);
    cli.fallthrough();
    cli.require_subcommand(0, 1);
    cli.add_option("--drills", words.drills, kDrillsHelp);
    cli.add_option("--drill", words.name, "the name of a drill; default: the newest one");
    add_answers(cli, words, step);
    const Console console = Console::of_this_process();
    if (const auto status = read_words(cli, count, arguments, console)) return *status;
    if (words.drills.empty()) words.drills = usual_drills().string();
    return scenarios::exit_status_of(run(words, step, console), console);
}

}  // namespace
}  // namespace onsite::drill

int main(int count, char** words) {
    return onsite::guarded_main([&] { return onsite::drill::run_main(count, words); });
}

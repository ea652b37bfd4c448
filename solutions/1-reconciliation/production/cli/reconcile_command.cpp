// onsite reconcile LEDGER BANK: the same snapshots and date are processed once.
#include <algorithm>
#include <cstdlib>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "base/json.hpp"
#include "solutions/1-reconciliation/production/cli/run.hpp"
#include "solutions/1-reconciliation/production/input/snapshot.hpp"
#include "solutions/1-reconciliation/production/output/reports.hpp"
#include "solutions/1-reconciliation/production/output/result_folder.hpp"
#include "solutions/1-reconciliation/production/record/outcome.hpp"
#include "solutions/1-reconciliation/production/record/run_store.hpp"
#include "solutions/1-reconciliation/production/strategies/hashing.hpp"

namespace onsite::reconcile {
namespace {

Result<std::string> key_before_reading(const Question& question) {
    std::array<std::vector<std::int64_t>, kSides> sizes;
    for (std::size_t side = 0; side < kSides; ++side) {
        auto found = file_sizes(question.feeds[side]);
        if (!found) return pass_on(found);
        sizes[side] = std::move(*found);
    }
    return key_of(question, sizes);
}

bool can_be_read_again(const Question& question) {
    return std::ranges::all_of(question.feeds, [](const Feed& feed) {
        auto sizes = file_sizes(feed);
        return sizes && std::ranges::find(*sizes, -1) == sizes->end();
    });
}

// The record of this very run, if there is one. The files are hashed only when the sizes of all of
// them are those of a recorded run: a new night costs no extra reading.
Result<std::optional<RunRecord>> recorded_run(RunStore& store, const Question& question,
                                              const std::string& key) {
    auto candidates = store.with_key(key);
    if (!candidates) return pass_on(candidates);
    if (candidates->empty() || !can_be_read_again(question)) return std::nullopt;
    std::array<std::string, kSides> snapshots;
    for (std::size_t side = 0; side < kSides; ++side) {
        auto files = hash_files(question.feeds[side]);
        if (!files) return pass_on(files);
        snapshots[side] = snapshot_of(*files);
    }
    const std::string run = run_of(question, snapshots[0], snapshots[1]);
    const auto found = std::ranges::find(*candidates, run, &RunRecord::run);
    if (found == candidates->end()) return std::nullopt;
    return std::move(*found);
}

// Whether the folder holds this run's results already: what summary.json says counts.
bool holds_results(const std::string& folder, const RunRecord& record) {
    auto text = read_file(std::filesystem::path(folder) / "summary.json", std::uint64_t{1} << 30);
    if (!text) return false;
    auto value = parse_json(*text, "summary.json");
    return value && value->is_object() && value->value("run", Json()) == record.run;
}

int report(const RunRecord& record, bool as_json, const Machine& machine) {
    machine.console.print(as_json ? to_text(to_json(record)) + "\n" : text_report(record));
    return exit_status_of(record.summary);
}

// The findings are not in the record, so that files asked for later are made by reading again.
Result<int> write_again(const RunRecord& record, const RunWords& words, const RunOrder& order,
                        const Machine& machine) {
    machine.console.say(fmt::format("run {} is recorded; writing its results again to {}",
                                    record.run.substr(0, kRunDigits), words.out));
    const auto is_the_same = [&](RunRecord again) -> Result<RunRecord> {
        if (again.run == record.run && again.findings_hash == record.findings_hash) return record;
        return tool_error(fmt::format(
            "expected to find what run {} found, found something else in the same files; this is "
            "a bug, or the record was changed: please report it",
            record.run));
    };
    auto again = make_run(order, machine, is_the_same);
    if (!again) return pass_on(again);
    return report(record, words.as_json, machine);
}

Result<int> reconcile_recorded(const RunWords& words, const RunOrder& order,
                               const Machine& machine) {
    auto store = open_run_store(words.record);
    if (!store) return pass_on(store);
    // Held to the end: of two that start together one waits, and then finds the other's record.
    auto lock = (*store)->lock(order.key, [&] {
        machine.console.say("another process makes this run; waiting for its record");
    });
    if (!lock) return pass_on(lock);
    auto recorded = recorded_run(**store, order.question, order.key);
    if (!recorded) return pass_on(recorded);
    if (*recorded) {
        if (words.out.empty() || holds_results(words.out, **recorded)) {
            machine.console.say(fmt::format(
                "run {} was recorded at {}; nothing was processed again",
                (*recorded)->run.substr(0, kRunDigits), (*recorded)->making.recorded_at));
            return report(**recorded, words.as_json, machine);
        }
        return write_again(**recorded, words, order, machine);
    }
    auto record = make_run(order, machine, [&](RunRecord made) { return (*store)->add(made); });
    if (!record) return pass_on(record);
    return report(*record, words.as_json, machine);
}

// All that the words ask for, before a byte of the feeds is read.
Result<RunOrder> order_from(const RunWords& words, const Machine& machine) {
    const std::string today = to_rfc3339(machine.clock.now_ms()).substr(0, 10);
    auto question = question_from(words, today);
    if (!question) return pass_on(question);
    auto settings = settings_from(words);
    if (!settings) return pass_on(settings);
    // Wrong words are wrong even when the run is recorded and nothing is done with them.
    if (auto good = check_settings(*settings); !good) return pass_on(good);
    if (words.form != "csv" && words.form != "ndjson") {
        return usage_error(
            fmt::format("expected result files as csv or ndjson, found \"{}\"", words.form));
    }
    auto key = key_before_reading(*question);
    if (!key) return pass_on(key);
    auto plan = plan_from(words, *key, machine);
    if (!plan) return pass_on(plan);
    if (*plan) {
        if (auto good = check_plan(*settings, (*plan)->tasks); !good) return pass_on(good);
    }
    return RunOrder{.question = std::move(*question),
                    .settings = std::move(*settings),
                    .key = std::move(*key),
                    .out = {words.out, words.form},
                    .plan = std::move(*plan)};
}

Result<int> print_plan(const RunOrder& order, const Machine& machine) {
    auto plan = make_plan(order.question.feed(Side::ledger), order.question.feed(Side::bank),
                          order.settings, order.plan->tasks);
    if (!plan) return pass_on(plan);
    machine.console.print(describe(*plan));
    return 0;
}

}  // namespace

int exit_status_of(const Summary& summary) {
    switch (outcome_of(summary)) {
        case Outcome::equal:
            return kEqual;
        case Outcome::differences:
            return kDifferences;
        case Outcome::rejected_rows:
            return kRejectedRows;
    }
    std::abort();
}

Result<int> reconcile_command(const RunWords& words, const Machine& machine) {
    auto order = order_from(words, machine);
    if (!order) return pass_on(order);
    if (words.plan.is_only_printed) return print_plan(*order, machine);
    if (!words.has_no_record) return reconcile_recorded(words, *order, machine);
    auto record =
        make_run(*order, machine, [](RunRecord made) -> Result<RunRecord> { return made; });
    if (!record) return pass_on(record);
    return report(*record, words.as_json, machine);
}

}  // namespace onsite::reconcile

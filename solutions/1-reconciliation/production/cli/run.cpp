#include "solutions/1-reconciliation/production/cli/run.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/file_lock.hpp"
#include "solutions/1-reconciliation/production/cli/progress_line.hpp"
#include "solutions/1-reconciliation/production/output/finding_files.hpp"
#include "solutions/1-reconciliation/production/output/reports.hpp"
#include "solutions/1-reconciliation/production/output/result_folder.hpp"

namespace onsite::reconcile {
namespace {

FileNames names_of(const Question& question) {
    FileNames names;
    for (std::size_t side = 0; side < kSides; ++side) {
        for (const auto& file : question.feeds[side].files) names[side].push_back(file.string());
    }
    return names;
}

// The paths as anybody finds them later, from another folder.
Question with_whole_paths(Question question) {
    for (Feed& feed : question.feeds) {
        for (auto& file : feed.files) {
            if (file != "-") file = std::filesystem::absolute(file).lexically_normal();
        }
    }
    return question;
}

// The folder and the files in it, while they are written.
struct Results {
    std::optional<ResultFolder> folder;
    std::unique_ptr<FindingFiles> files;
};

Result<Results> begin_results(const OutWords& out, const std::string& key, const FileNames& names) {
    Results results;
    if (out.folder.empty()) return results;
    auto folder = ResultFolder::create(out.folder, key);
    if (!folder) return pass_on(folder);
    auto files = FindingFiles::create(
        folder->partial(), out.form == "ndjson" ? make_ndjson_form(names) : make_csv_form(names));
    if (!files) return pass_on(files);
    results.folder.emplace(std::move(*folder));
    results.files = std::move(*files);
    return results;
}

Result<WrittenFile> write_whole(const std::filesystem::path& path, std::string_view content) {
    auto file = OutputFile::create(path);
    if (!file) return pass_on(file);
    if (auto written = file->write(content); !written) return pass_on(written);
    return file->close();
}

Result<void> finish_results(Results& results, const OutWords& out, RunRecord& record) {
    if (!results.folder) return {};
    auto files = results.files->close();
    if (!files) return pass_on(files);
    record.out_folder = std::filesystem::absolute(out.folder).lexically_normal().string();
    record.out_files = std::move(*files);
    const std::pair<const char*, std::string> whole[] = {
        {"summary.json",
         public_json(record).dump(2, ' ', false, Json::error_handler_t::replace) + "\n"},
        {"report.html", html_report(record)}};
    for (const auto& [name, content] : whole) {
        auto file = write_whole(results.folder->partial() / name, content);
        if (!file) return pass_on(file);
        record.out_files.push_back(std::move(*file));
    }
    return {};
}

// Another machine may find the same another way, and with another hash key.
struct Reconciled {
    Summary summary;
    HashKey hash_key;
};

Result<Reconciled> find_at_once(const RunOrder& order, const Machine& machine, FindingSink& sink) {
    Settings settings = order.settings;
    settings.hash_key = machine.random_key();
    settings.stop = machine.stop;
    ProgressLine line(machine.clock, machine.console);
    settings.progress = [&](const Progress& progress) { line.show(progress); };
    auto summary = reconcile_feeds(order.question.feed(Side::ledger),
                                   order.question.feed(Side::bank), settings, sink);
    if (!summary) return pass_on(summary);
    return Reconciled{std::move(*summary), settings.hash_key};
}

Result<Reconciled> find_by_plan(const RunOrder& order, const Machine& machine, FindingSink& sink) {
    Settings settings = order.settings;
    settings.hash_key = machine.random_key();
    PlanWords plan = *order.plan;
    plan.runner.pause = machine.pause;
    plan.runner.stop = machine.stop;
    ProgressLine line(machine.clock, machine.console);
    plan.runner.progress = [&](const PlanProgress& progress) { line.show(progress); };
    auto found = reconcile_by_plan(order.question.feed(Side::ledger),
                                   order.question.feed(Side::bank), settings, plan, sink);
    if (!found) return pass_on(found);
    return Reconciled{std::move(found->summary), found->hash_key};
}

Making making_of(const Reconciled& found, const RunOrder& order, const Machine& machine,
                 std::int64_t started_ns) {
    return {.recorded_at = to_rfc3339(machine.clock.now_ms()),
            .version = machine.version,
            .duration_ms = (machine.clock.monotonic_ns() - started_ns) / 1'000'000,
            .strategy = found.summary.strategy,
            .sketch_confidence_bits = found.summary.sketch_confidence_bits,
            .hash_key = found.hash_key,
            .memory_bytes = order.settings.memory_bytes,
            .rows_kept = found.summary.rows_kept,
            .bytes_spilled = found.summary.bytes_spilled};
}

// Two that take the same folder would remove it under each other. A few locks serve all runs, so
// that they can stay: a lock on a file that was removed keeps nobody out.
Result<std::optional<FileLock>> lock_plan(const RunOrder& order, const Machine& machine) {
    if (!order.plan) return std::nullopt;
    const std::string name = fmt::format("onsite-reconcile-{}.lock", order.key.substr(0, 2));
    auto lock = FileLock::take(order.plan->folder.parent_path() / name, [&] {
        machine.console.say("another process runs this plan; waiting until it has ended");
    });
    if (!lock) return pass_on(lock);
    return std::optional(std::move(*lock));
}

void remove_plan(const RunOrder& order) {
    if (!order.plan) return;
    // What cannot be removed is in nobody's way: the next run of this plan goes on from there.
    std::error_code ignored;
    std::filesystem::remove_all(order.plan->folder, ignored);
}

}  // namespace

Result<RunRecord> make_run(const RunOrder& order, const Machine& machine,
                           const std::function<Result<RunRecord>(RunRecord)>& keep) {
    const std::int64_t started_ns = machine.clock.monotonic_ns();
    const Question& question = order.question;
    const FileNames names = order.names ? *order.names : names_of(question);
    auto lock = lock_plan(order, machine);
    if (!lock) return pass_on(lock);
    machine.listen_for_stop();
    auto results = begin_results(order.out, order.key, names);
    if (!results) return pass_on(results);
    SampleSink samples(names);
    FindingsHash hash;
    std::vector<FindingSink*> sinks = {&samples, &hash};
    if (results->files) sinks.push_back(results->files.get());
    Fork sink(std::move(sinks));

    auto found =
        order.plan ? find_by_plan(order, machine, sink) : find_at_once(order, machine, sink);
    if (!found) return pass_on(found);
    const Summary& summary = found->summary;
    RunRecord record = {.run = run_of(question, summary.side(Side::ledger).snapshot,
                                      summary.side(Side::bank).snapshot),
                        .key = order.key,
                        .question = with_whole_paths(question),
                        .making = {},
                        .summary = summary,
                        .samples = samples.samples(),
                        .findings_hash = hash.text(),
                        .out_folder = {},
                        .out_files = {}};
    if (auto done = finish_results(*results, order.out, record); !done) return pass_on(done);
    record.making = making_of(*found, order, machine, started_ns);
    auto kept = keep(std::move(record));
    if (!kept) return pass_on(kept);
    if (results->folder) {
        if (auto published = results->folder->publish(); !published) return pass_on(published);
    }
    remove_plan(order);
    return kept;
}

}  // namespace onsite::reconcile

// join and finish: what the emitted rows are, and all findings in their order.
#include <algorithm>
#include <bit>
#include <cstring>

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/plan/counts.hpp"
#include "solutions/1-reconciliation/production/plan/emitted.hpp"
#include "solutions/1-reconciliation/production/plan/stages.hpp"
#include "solutions/1-reconciliation/production/plan/task.hpp"
#include "solutions/1-reconciliation/production/strategies/hash_join.hpp"
#include "solutions/1-reconciliation/production/strategies/memory_plan.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::size_t kReadBytes = 1 << 20;
// A guess that decides into how many parts a partition is cut.
constexpr std::uint64_t kKeptRowBytes = 48;

// Adds the rows of one section; false when it is damaged. All ids of a partition have the same
// highest bits in their hashes: turned around, those part nothing any more.
Result<bool> add_rows(const Input& input, std::size_t section, const Hasher& hasher, int turn,
                      PartitionedRows& rows) {
    std::vector<std::uint64_t> words;  // Rows are aligned.
    std::size_t left = 0;
    std::uint64_t at = input.begin(section);
    while (at < input.end(section)) {
        words.resize((left + kReadBytes + 7) / 8);
        char* const bytes = reinterpret_cast<char*>(words.data());
        const std::size_t more = std::min<std::uint64_t>(kReadBytes, input.end(section) - at);
        if (auto got = input.file()->read(at, {bytes + left, more}); !got) return pass_on(got);
        at += more;
        Result<void> done;
        const std::size_t used = visit_rows(bytes, left + more, false, [&](KeptRows kept, bool) {
            if (done) done = rows.add_turned(kept, hasher, turn);
        });
        if (!done) return pass_on(done);
        left = left + more - used;
        std::memmove(bytes, bytes + used, left);
    }
    return left == 0;
}

Result<void> write_findings(FindingStore& findings, Output& output) {
    auto written =
        findings.write([&](std::span<const char> bytes) { return output.append(bytes); });
    output.end_section();
    return written;
}

Result<std::vector<Input>> open_emitted(const TaskRun& task) {
    std::vector<Input> inputs;
    for (std::size_t number = 0; number < task.plan.tasks(Stage::emit); ++number) {
        auto input = task.input(Stage::emit, number);
        if (!input) return pass_on(input);
        if (input->sections() != findings_section(task.plan) + 1) {
            return damaged_output(Stage::emit, number);
        }
        inputs.push_back(std::move(*input));
    }
    return inputs;
}

void operator+=(Counted& sum, const Counted& one) {
    for (std::size_t side = 0; side < kSides; ++side) {
        sum.censuses[side].rows += one.censuses[side].rows;
        sum.censuses[side].parsed += one.censuses[side].parsed;
    }
    sum.rows_kept += one.rows_kept;
    sum.bytes_spilled += one.bytes_spilled;
}

// The counts of one output and its findings, which stand in the section behind them.
Result<Counted> take_over(const Input& input, std::size_t counts, FindingStore& findings,
                          const std::unexpected<Error>& damaged) {
    if (input.sections() < counts + 2) return damaged;
    auto text = input.text(counts);
    if (!text) return pass_on(text);
    BytesReader reader(*text);
    Counted counted = get_counted(reader);
    const Found found = get_found(reader);
    if (!reader.is_good()) return damaged;
    findings.add_run(input.file(), input.begin(counts + 1), input.end(counts + 1), found);
    return counted;
}

Result<Counted> gather(const TaskRun& task, FindingStore& findings) {
    Counted sum{.strategy = task.plan.settings.strategy};
    auto emitted = open_emitted(task);
    if (!emitted) return pass_on(emitted);
    for (std::size_t number = 0; number < emitted->size(); ++number) {
        auto counted = take_over((*emitted)[number], counts_section(task.plan), findings,
                                 damaged_output(Stage::emit, number));
        if (!counted) return counted;
        sum += *counted;
    }
    for (std::size_t number = 0; number < task.plan.tasks(Stage::join); ++number) {
        auto input = task.input(Stage::join, number);
        if (!input) return pass_on(input);
        auto counted = take_over(*input, 0, findings, damaged_output(Stage::join, number));
        if (!counted) return counted;
        sum += *counted;
    }
    return sum;
}

Result<void> add_files(const TaskRun& task, Counted& counted) {
    auto hashes = file_hashes(task);
    if (!hashes) return pass_on(hashes);
    std::size_t next = 0;
    for (std::size_t side = 0; side < kSides; ++side) {
        Census& census = counted.censuses[side];
        for (std::size_t i = 0; i < task.plan.files[side].size(); ++i) {
            census.files.push_back((*hashes)[next++]);
        }
        if (census.rows > task.plan.settings.rows_max) {
            return usage_error(fmt::format(
                "{}: expected at most {} rows, found more; check the feed, or allow more rows",
                to_string(static_cast<Side>(side)), task.plan.settings.rows_max));
        }
    }
    return {};
}

Result<void> write_counts(const Counted& counted, const Found& found, Output& output) {
    BytesWriter counts;
    put(counts, counted);
    put(counts, found);
    if (auto done = output.append(counts.bytes); !done) return done;
    output.end_section();
    return {};
}

FindingStore make_store(const Plan& plan) {
    return {plan.settings.temp_folder, plan_memory(plan.settings).findings_bytes};
}

}  // namespace

Result<void> run_join(TaskRun& task) {
    auto emitted = open_emitted(task);
    if (!emitted) return pass_on(emitted);
    std::uint64_t bytes = 0;
    for (const Input& input : *emitted) {
        for (std::size_t side = 0; side < kSides; ++side) {
            bytes += input.size(rows_section(task.index, side));
        }
    }
    const Hasher hasher(task.plan.settings.hash_key, task.plan.settings.hash_bits);
    const std::uint64_t room = plan_memory(task.plan.settings).all_rows_bytes / kSides;
    RowsOfFeeds rows =
        make_rows_of_feeds(task.plan.settings.temp_folder,
                           {.rows = bytes / kKeptRowBytes, .bytes = bytes}, {room, room});
    // The tasks are in the order of the feeds: so are their rows, and the first one of an id stays.
    for (std::size_t number = 0; number < emitted->size(); ++number) {
        for (std::size_t side = 0; side < kSides; ++side) {
            auto added = add_rows((*emitted)[number], rows_section(task.index, side), hasher,
                                  task.plan.partition_bits, rows[side]);
            if (!added) return pass_on(added);
            if (!*added) return damaged_output(Stage::emit, number);
        }
    }
    FindingStore findings = make_store(task.plan);
    auto spilled = join(rows, task.plan.settings, hasher, findings);
    if (!spilled) return pass_on(spilled);
    const Counted counted{.bytes_spilled = *spilled + findings.bytes_spilled()};
    auto written = write_counts(counted, findings.found(), task.output);
    return written ? write_findings(findings, task.output) : written;
}

Result<void> run_finish(TaskRun& task) {
    FindingStore findings = make_store(task.plan);
    auto counted = gather(task, findings);
    if (!counted) return pass_on(counted);
    if (auto added = add_files(task, *counted); !added) return added;
    // The proof, before anybody sees a result.
    auto proved = summary_of(*counted, findings.found());
    if (!proved) return pass_on(proved);
    auto written = write_counts(*counted, findings.found(), task.output);
    return written ? write_findings(findings, task.output) : written;
}

Result<Summary> deliver_plan(const std::filesystem::path& folder, FindingSink& sink) {
    auto plan = load_plan(folder);
    if (!plan) return pass_on(plan);
    auto input = Input::open(folder, Stage::finish, 0, plan->run);
    if (!input) return pass_on(input);
    if (input->sections() != 2) return damaged_output(Stage::finish, 0);
    FindingStore findings = make_store(*plan);
    auto counted = take_over(*input, 0, findings, damaged_output(Stage::finish, 0));
    if (!counted) return pass_on(counted);
    return conclude(*counted, findings, sink);
}

}  // namespace onsite::reconcile

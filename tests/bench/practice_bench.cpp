// The budgets of a candidate's loop, measured on the real program: save to verdict, and a box's
// cost.
//
// ./onsite bench
#include <algorithm>
#include <stdexcept>

#include <benchmark/benchmark.h>

#include "base/clock.hpp"
#include "base/hash.hpp"
#include "harness/isolation/box.hpp"
#include "tests/e2e/onsite.hpp"

namespace onsite::testing {
namespace {

constexpr int kSaves = 40;

double percentile(std::vector<double> values, double share) {
    std::ranges::sort(values);
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
}

// From the end of the write to the moment the verdict on that content is on stdout; the clock is
// read every 5 ms, which is part of the figure.
void BM_SaveToVerdict(benchmark::State& state, const std::string& language,
                      const std::string& answer, const std::string& comment) {
    const Practice practice;
    practice.onsite({"start", "reconciliation", "--lang", language});
    practice.solve("reconciliation-1", language);
    const auto file = practice.attempt("reconciliation-1") / answer;
    const std::string original = read_text(file);
    Running watch(practice.command({"check", "--watch"}));
    watch.wait_for("watching", 1, std::chrono::seconds(60));
    SystemClock clock;
    std::vector<double> took_ms;
    int number = 0;
    for (auto _ : state) {
        const std::string content = original + comment + std::to_string(++number) + "\n";
        const std::int64_t start_ns = clock.monotonic_ns();
        write_text(file, content);
        // Answers of several files have a hash of their own; the count of verdicts serves for all.
        if (!watch.wait_for("visible_cases", number + 1, std::chrono::seconds(60))) {
            state.SkipWithError("no verdict came");
            return;
        }
        took_ms.push_back(static_cast<double>(clock.monotonic_ns() - start_ns) / 1e6);
        state.SetIterationTime(took_ms.back() / 1e3);
    }
    state.counters["p50_ms"] = percentile(took_ms, 0.50);
    state.counters["p95_ms"] = percentile(took_ms, 0.95);
}
BENCHMARK_CAPTURE(BM_SaveToVerdict, cpp, "cpp", "reconcile.cpp", "\n// save ")
    ->Iterations(kSaves)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_SaveToVerdict, python, "python", "reconcile.py", "\n# save ")
    ->Iterations(kSaves)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_SaveToVerdict, typescript, "typescript", "reconcile.ts", "\n// save ")
    ->Iterations(kSaves)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

// What isolation adds to a program that does nothing.
void BM_Box(benchmark::State& state, LayerSet layers) {
    SystemClock clock;
    const BoxSpec spec{.command = {"/usr/bin/true"},
                       .mounts = {},
                       .environment = {},
                       .limits = {},
                       .layers = layers};
    for (auto _ : state) {
        auto result = run_in_box(spec, "", clock);
        if (!result || result->report.ending != Ending::exited) state.SkipWithError("no box");
    }
}
BENCHMARK_CAPTURE(BM_Box, all_layers, LayerSet::all())
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(BM_Box, no_layers, LayerSet::none())
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace onsite::testing

BENCHMARK_MAIN();

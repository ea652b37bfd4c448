// Drills: how long it takes until one is ready on the disk, and until it is graded.
//
// build/bench/bin/onsite-bench-drill
#include <filesystem>
#include <unistd.h>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "exercises/4-idempotency/drill/drill_folder.hpp"
#include "exercises/4-idempotency/drill/grade.hpp"

namespace onsite::drill {
namespace {

std::filesystem::path scratch() {
    return std::filesystem::temp_directory_path() / fmt::format("onsite-drill-{}", getpid());
}

// Budget: 100 ms.
void BM_Ready(benchmark::State& state) {
    const Recipe& recipe = recipes()[static_cast<std::size_t>(state.range(0))];
    for (auto _ : state) {
        const auto drill = make_drill(recipe, 42, "measured");
        if (!drill || !write_drill(scratch(), *drill, Existing::replaced)) {
            state.SkipWithError("no drill");
        }
    }
    std::filesystem::remove_all(scratch());
    state.SetLabel(std::string(recipe.cause));
}
BENCHMARK(BM_Ready)->Arg(0)->Arg(1)->Arg(7)->Arg(15)->Unit(benchmark::kMillisecond);

// Budget: 1 s, without the patched client. The alert on fifteen incidents is nearly all of it.
void BM_Grade(benchmark::State& state) {
    const Recipe& recipe = recipes()[1];
    const auto evidence = play_incident(recipe, 42);
    const AnswerKey key = make_key(recipe, 42, *evidence);
    const Diagnosis diagnosis{.is_violated = true,
                              .invariant = "no_lost_charge",
                              .cause = std::string(recipe.cause),
                              .affected = key.affected,
                              .alert = "rate(conflicts)/rate(payments) > 0.005"};
    for (auto _ : state) benchmark::DoNotOptimize(grade(diagnosis, key, no_client_graded));
}
BENCHMARK(BM_Grade)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace onsite::drill

BENCHMARK_MAIN();

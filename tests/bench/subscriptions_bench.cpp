// What a save of the API design section costs: both documents read, all checks run. The budget is
// 50 ms.
//
// build/bench/bin/onsite-bench-subscriptions

#include <benchmark/benchmark.h>

#include "tests/support/subscription_documents.hpp"

namespace onsite::subscriptions {
namespace {

void BM_JudgeModelAnswer(benchmark::State& state) {
    const Documents model = model_answer();
    const std::string cases = cases_text();
    for (auto _ : state) {
        const auto material =
            read_material({model.decisions, model.api}, {model.decisions, model.api}, cases);
        for (const Check& check : all_checks(*material)) benchmark::DoNotOptimize(check.run());
    }
}
BENCHMARK(BM_JudgeModelAnswer)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace onsite::subscriptions

BENCHMARK_MAIN();

// Failure scenarios in process, trace on: what one run costs, alone and judged.
//
// build/bench/bin/onsite-bench-scenarios
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"
#include "scenarios/player/player.hpp"

namespace onsite::scenarios {
namespace {

// `orders` clicks, each of which needs a retry: two requests and four webhooks an order.
Scenario shop_day(std::int64_t orders) {
    Scenario scenario{.id = "measured", .story = "Orders."};
    for (std::int64_t i = 1; i <= orders; ++i) {
        const std::string order = fmt::format("order-{}", i);
        scenario.steps.push_back({.at_us = i * 100'000,
                                  .order = order,
                                  .amount = 1999,
                                  .currency = "usd",
                                  .card = "pm_card_visa"});
        scenario.faults.push_back({.operation = order + ".pay"});
    }
    scenario.expect = {{std::string(kReference), {}}};
    return scenario;
}

void BM_Play(benchmark::State& state) {
    const Scenario scenario = shop_day(state.range(0));
    const ShopKind& shop = *find_shop(kReference);
    std::int64_t lines = 0;
    for (auto _ : state) lines += play(scenario, shop).lines;
    state.SetItemsProcessed(state.iterations());
    state.counters["lines"] = static_cast<double>(lines) / static_cast<double>(state.iterations());
}
BENCHMARK(BM_Play)->Arg(1)->Arg(10);

void BM_Judge(benchmark::State& state) {
    const std::string trace = play(shop_day(state.range(0)), *find_shop(kReference)).trace;
    for (auto _ : state) {
        const auto run = read_trace(trace);
        benchmark::DoNotOptimize(judge(*run));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_Judge)->Arg(1)->Arg(10);

}  // namespace
}  // namespace onsite::scenarios

BENCHMARK_MAIN();

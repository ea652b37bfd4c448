// Failure scenarios in process, trace on: what one run costs, alone and judged.
//
// build/bench/bin/onsite-bench-scenarios
#include <algorithm>
#include <chrono>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"
#include "scenarios/player/player.hpp"
#include "scenarios/search/explore.hpp"
#include "scenarios/search/resolve.hpp"
#include "scenarios/search/shrink.hpp"
#include "scenarios/search/trial.hpp"

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

// 72 hours in which no webhook arrives, however often each is sent.
void BM_ThreeDaysOfWebhooks(benchmark::State& state) {
    Scenario scenario = shop_day(1);
    scenario.faults.clear();
    scenario.webhook_faults = {{.nth = 0, .kind = simulator::WebhookFaultKind::drop, .attempt = 0}};
    const ShopKind& shop = *find_shop(kReference);
    std::int64_t lines = 0;
    for (auto _ : state) lines += play(scenario, shop).lines;
    state.counters["lines"] = static_cast<double>(lines) / static_cast<double>(state.iterations());
}
BENCHMARK(BM_ThreeDaysOfWebhooks)->Unit(benchmark::kMicrosecond);

void BM_Judge(benchmark::State& state) {
    const std::string trace = play(shop_day(state.range(0)), *find_shop(kReference)).trace;
    for (auto _ : state) {
        const auto run = read_trace(trace);
        benchmark::DoNotOptimize(judge(*run));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_Judge)->Arg(1)->Arg(10);

// One seed: faults made, played, judged.
void BM_Explore(benchmark::State& state) {
    Scenario scenario = shop_day(state.range(0));
    scenario.faults.clear();
    const ShopKind& shop = *find_shop(kReference);
    constexpr std::uint64_t kSeeds = 500;
    std::uint64_t first = 0;
    for (auto _ : state) {
        const auto found = explore(scenario, shop, {first, first + kSeeds - 1});
        if (found.failed > 0) state.SkipWithError("expected the reference to keep every promise");
        first += kSeeds;
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kSeeds));
}
BENCHMARK(BM_Explore)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond);

// Ten orders and forty faults among which a shop breaks its promise.
std::vector<Scenario> forty_faults(const ShopKind& shop, std::size_t count) {
    constexpr std::size_t kFaults = 40;
    Scenario scenario = shop_day(10);
    scenario.faults.clear();
    scenario.chaos = Chaos{.faults = every_fault()};
    for (FaultChance& chance : scenario.chaos->faults) chance.ratio = {1, 10};
    std::vector<Scenario> failing;
    for (std::uint64_t seed = 0; failing.size() < count; ++seed) {
        Scenario resolved = resolve(scenario, seed, {});
        if (resolved.faults.size() < kFaults) continue;
        resolved.faults.resize(kFaults);
        resolved.checks = {"no_double_charge"};
        if (!violations_of(resolved, shop).empty()) failing.push_back(std::move(resolved));
    }
    return failing;
}

void BM_Shrink(benchmark::State& state) {
    const ShopKind& shop = *find_shop("fresh-key-per-attempt");
    const auto failing = forty_faults(shop, 300);
    std::vector<std::int64_t> took_us;
    std::size_t faults_left = 0;
    for (auto _ : state) {
        for (const Scenario& scenario : failing) {
            const auto begin = std::chrono::steady_clock::now();
            const auto shrunk = shrink(scenario, shop, "no_double_charge");
            const auto end = std::chrono::steady_clock::now();
            took_us.push_back(
                std::chrono::duration_cast<std::chrono::microseconds>(end - begin).count());
            faults_left = std::max(faults_left, shrunk->scenario.faults.size());
        }
    }
    std::ranges::sort(took_us);
    state.counters["faults_left_max"] = static_cast<double>(faults_left);
    state.counters["p50_us"] = static_cast<double>(took_us[took_us.size() / 2]);
    state.counters["p99_us"] = static_cast<double>(took_us[took_us.size() * 99 / 100]);
}
BENCHMARK(BM_Shrink)->Iterations(3)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace onsite::scenarios

BENCHMARK_MAIN();

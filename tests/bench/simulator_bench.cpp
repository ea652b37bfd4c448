// The fake Stripe without sockets, trace on: what one request costs in the core, and with HTTP
// around it.
//
// build/bench/bin/onsite-bench-simulator
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "simulator/transport/http_conversation.hpp"

namespace onsite::simulator {
namespace {

// As many objects as a long run keeps: memory does not grow while it is measured.
constexpr std::size_t kRowsMax = 100'000;

ApiRequest new_customer(std::int64_t number) {
    const std::string name = fmt::format("customer {}", number);
    return {.method = Method::post,
            .path = "/v1/customers",
            .params = Params({{"name", name}, {"email", "ada@example.com"}, {"metadata[a]", "1"}}),
            .account_key = "sk_test_1",
            .idempotency_key = fmt::format("key-{}", number),
            .operation = {}};
}

// Keys are forgotten after a day of virtual time, objects when there are kRowsMax.
void let_time_pass(Simulator& simulator) {
    simulator.timeline().advance_to(simulator.timeline().now_us() + kSecond);
}

void BM_TypedCreate(benchmark::State& state) {
    Simulator simulator({.seed = 1, .rows_max = kRowsMax});
    std::int64_t number = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(simulator.handle(new_customer(++number)));
        let_time_pass(simulator);
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_TypedCreate);

void BM_TypedReplay(benchmark::State& state) {
    Simulator simulator({.seed = 1, .rows_max = kRowsMax});
    simulator.handle(new_customer(1));
    for (auto _ : state) benchmark::DoNotOptimize(simulator.handle(new_customer(1)));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_TypedReplay);

// The same, with the parser of HTTP and form decoding around it.
void BM_BytesCreate(benchmark::State& state) {
    Simulator simulator({.seed = 1, .rows_max = kRowsMax});
    const std::string body = "name=Ada&email=ada%40example.com&metadata[a]=1";
    const std::string bytes = fmt::format(
        "POST /v1/customers HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer sk_test_1\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{}",
        body.size(), body);
    std::string many;
    constexpr int kRequests = 100;
    for (int i = 0; i < kRequests; ++i) many += bytes;
    for (auto _ : state) {
        benchmark::DoNotOptimize(converse(many, [&](const HttpRequest& request) {
            HttpAnswer answered;
            serve_http(simulator, request,
                       [&](HttpAnswer answer) { answered = std::move(answer); });
            return answered;
        }));
    }
    state.SetItemsProcessed(state.iterations() * kRequests);
}
BENCHMARK(BM_BytesCreate);

}  // namespace
}  // namespace onsite::simulator

BENCHMARK_MAIN();

// The fake Stripe without sockets, trace on: what one request costs in the core, and with HTTP
// around it.
//
// build/bench/bin/onsite-bench-simulator
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "simulator/transport/http_front.hpp"
#include "tests/support/split_stream.hpp"

namespace onsite::simulator {
namespace {

// As many objects as a long run keeps: memory does not grow while it is measured.
constexpr std::size_t kRowsMax = 100'000;

using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;

ApiRequest request(Method method, std::string path, Values values = {},
                   std::string idempotency_key = {}) {
    return {.method = method,
            .path = std::move(path),
            .params = Params(values),
            .account_key = "sk_test_1",
            .idempotency_key = std::move(idempotency_key),
            .operation = {}};
}

ApiRequest new_customer(std::int64_t number) {
    const std::string name = fmt::format("customer {}", number);
    return request(Method::post, "/v1/customers",
                   {{"name", name}, {"email", "ada@example.com"}, {"metadata[a]", "1"}},
                   fmt::format("key-{}", number));
}

ApiRequest new_payment(std::int64_t number) {
    return request(Method::post, "/v1/payment_intents",
                   {{"amount", "1999"}, {"currency", "usd"}, {"metadata[order]", "17"}},
                   fmt::format("pay-{}", number));
}

ApiRequest confirmation(std::string_view intent) {
    return request(Method::post, fmt::format("/v1/payment_intents/{}/confirm", intent),
                   {{"payment_method", "pm_card_visa"}, {"return_url", "https://example.com"}});
}

// The id of the object in an answer: {"id":"pi_...
std::string_view id_of(const ApiResponse& response) {
    const std::string_view text = std::string_view(*response.body).substr(7);
    return text.substr(0, text.find('"'));
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

// What the client's side of it costs: part of every figure here.
void BM_MakeRequest(benchmark::State& state) {
    std::int64_t number = 0;
    for (auto _ : state) benchmark::DoNotOptimize(new_customer(++number));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_MakeRequest);

void BM_TypedRead(benchmark::State& state) {
    Simulator simulator({.seed = 1, .rows_max = kRowsMax});
    const ApiResponse made = simulator.handle(new_customer(1));
    const std::string path = fmt::format("/v1/customers/{}", id_of(made));
    for (auto _ : state) benchmark::DoNotOptimize(simulator.handle(request(Method::get, path)));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_TypedRead);

void BM_TypedReplay(benchmark::State& state) {
    Simulator simulator({.seed = 1, .rows_max = kRowsMax});
    simulator.handle(new_customer(1));
    for (auto _ : state) benchmark::DoNotOptimize(simulator.handle(new_customer(1)));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_TypedReplay);

// A payment: made, confirmed, read. Three requests, four events, nine objects.
void pay(Simulator& simulator, std::int64_t number) {
    const ApiResponse made = simulator.handle(new_payment(number));
    const std::string_view id = id_of(made);
    benchmark::DoNotOptimize(simulator.handle(confirmation(id)));
    benchmark::DoNotOptimize(
        simulator.handle(request(Method::get, fmt::format("/v1/payment_intents/{}", id))));
}

void BM_TypedPayment(benchmark::State& state) {
    Simulator simulator({.seed = 1, .rows_max = kRowsMax});
    std::int64_t number = 0;
    for (auto _ : state) {
        pay(simulator, ++number);
        let_time_pass(simulator);
    }
    state.SetItemsProcessed(state.iterations() * 3);
}
BENCHMARK(BM_TypedPayment);

// What the player of scenarios does: a world of its own, 20 requests, its end.
void BM_Scenario(benchmark::State& state) {
    for (auto _ : state) {
        Simulator simulator({.seed = 1});
        simulator.handle(new_customer(1));
        simulator.handle(new_customer(1));
        for (int number = 1; number <= 6; ++number) pay(simulator, number);
        benchmark::DoNotOptimize(simulator.trace().hash());
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_Scenario);

void BM_EmptyWorld(benchmark::State& state) {
    for (auto _ : state) {
        Simulator simulator({.seed = 1});
        benchmark::DoNotOptimize(simulator.handle(request(Method::get, "/v1/balance")));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_EmptyWorld);

// The payments of one customer among 100,000 of others.
void BM_ListOfCustomer(benchmark::State& state) {
    Simulator simulator({.seed = 1, .rows_max = kRowsMax});
    const ApiResponse made = simulator.handle(new_customer(1));
    const std::string customer(id_of(made));
    simulator.handle(request(Method::post, "/v1/payment_intents",
                             {{"amount", "1999"}, {"currency", "usd"}, {"customer", customer}}));
    for (std::size_t i = 1; i < kRowsMax; ++i) simulator.handle(new_payment(static_cast<int>(i)));
    for (auto _ : state) {
        benchmark::DoNotOptimize(simulator.handle(
            request(Method::get, "/v1/payment_intents", {{"customer", customer}})));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_ListOfCustomer);

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
        benchmark::DoNotOptimize(testing::converse(many, [&](const HttpRequest& request) {
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

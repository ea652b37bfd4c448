// What the fake Stripe's memory does in a long run, typed requests, trace on, the clock standing
// still: the resident set as payments are made and confirmed.
//
//     build/systems/bin/onsite-bench-simulator-memory [requests, default 10000000] [kept, default
//     100000]
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <unistd.h>

#include <fmt/format.h>

#include "simulator/core/simulator.hpp"

namespace onsite::simulator {
namespace {

// Of this process, in MiB.
std::int64_t resident_mib() {
    std::FILE* const file = std::fopen("/proc/self/statm", "r");
    long long pages_in_all = 0;
    long long pages = 0;
    const bool is_read =
        file != nullptr && std::fscanf(file, "%lld %lld", &pages_in_all, &pages) == 2;
    if (file != nullptr) std::fclose(file);
    return is_read ? pages * sysconf(_SC_PAGESIZE) / (1 << 20) : 0;
}

ApiRequest post(std::string path, Params params, std::string key) {
    return {.method = Method::post,
            .path = std::move(path),
            .params = std::move(params),
            .account_key = "sk_test_1",
            .idempotency_key = std::move(key),
            .operation = {}};
}

void pay(Simulator& simulator, std::int64_t number) {
    const ApiResponse made =
        simulator.handle(post("/v1/payment_intents", {{"amount", "1999"}, {"currency", "usd"}},
                              fmt::format("create-{}", number)));
    const std::string id = made.body->substr(7, made.body->find('"', 7) - 7);  // {"id":"pi_1",
    simulator.handle(post(fmt::format("/v1/payment_intents/{}/confirm", id),
                          {{"payment_method", "pm_card_visa"}}, fmt::format("confirm-{}", number)));
}

void measure(std::int64_t requests, std::size_t kept) {
    constexpr std::int64_t kSteps = 10;
    Simulator simulator({.seed = 1, .rows_max = kept});
    fmt::print("{:>12} requests {:>6} MiB\n", 0, resident_mib());
    std::int64_t number = 0;
    for (std::int64_t step = 1; step <= kSteps; ++step) {
        while (number * 2 < requests * step / kSteps) pay(simulator, ++number);
        fmt::print("{:>12} requests {:>6} MiB\n", number * 2, resident_mib());
        std::fflush(stdout);
    }
}

}  // namespace
}  // namespace onsite::simulator

int main(int count, char** words) {
    onsite::simulator::measure(
        count > 1 ? std::atoll(words[1]) : 10'000'000,
        count > 2 ? static_cast<std::size_t>(std::atoll(words[2])) : 100'000);
}

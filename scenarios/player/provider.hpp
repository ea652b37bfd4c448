// The payment provider as a shop reaches it: over a network that takes time and loses things.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/player/process.hpp"
#include "simulator/core/simulator.hpp"

namespace onsite::scenarios {

// Of the shop at Stripe; what a service is started with.
inline constexpr std::string_view kAccountKey = "sk_test_shop";

// One attempt of one operation.
struct Call {
    std::string order = {};
    std::string operation = {};  // "order-1.pay": what faults name.
    std::int64_t attempt = 1;    // As the shop counts.
    simulator::Method method = simulator::Method::post;
    std::string path = {};
    std::vector<std::pair<std::string, std::string>> params = {};
    std::string key = {};
};

// What a client knows after an attempt. Unknown is neither success nor failure: it may have
// happened.
enum class Knowledge {
    done,      // 2xx.
    not_done,  // It did not happen: refused, 402, 429 and other 4xx.
    unknown,   // 409 of a key in use, 5xx, a timeout, a connection that broke.
};
std::string_view to_string(Knowledge knowledge);
// Of an HTTP status.
Knowledge knowledge_of(int status);
// 4xx other than 409 and 429: the same request has the same answer.
bool is_definite_no(std::int64_t status);

struct Outcome {
    Knowledge knowledge = Knowledge::unknown;
    int status = 0;  // 0: no answer.
    simulator::Body body = {};
    std::optional<bool> should_retry = {};  // What the provider advised.

    // A text or a number of the body by its path, "/error/code"; empty when there is none.
    // Complexity: O(bytes).
    std::string text(const char* pointer) const;
};

// Writes the lines `send`, `answer` and `timeout`. Thread safety: none.
class Provider {
public:
    Provider(Process& process, simulator::Simulator& simulator, const Scenario& scenario)
        : process_(process), simulator_(simulator), scenario_(scenario) {}
    Provider(const Provider&) = delete;

    // Ends at the latest when the attempt's deadline is over.
    Await<Outcome> send(Call call);

private:
    struct Flight;
    using FlightPtr = std::shared_ptr<Flight>;

    void depart(const FlightPtr& flight);
    void arrive(const FlightPtr& flight, std::int64_t line, simulator::ApiResponse response);
    void deliver(const FlightPtr& flight, std::int64_t line, Outcome outcome, std::string_view how);
    void time_out(const FlightPtr& flight);
    void after(std::int64_t duration_us, simulator::Timeline::Action action);

    Process& process_;
    simulator::Simulator& simulator_;
    const Scenario& scenario_;
};

}  // namespace onsite::scenarios

// Whatever is asked, dies and waits, in any order: each key's work is done once, all that get its
// response get the same, and another body never reaches the work.
#include "tests/property/property.hpp"
#include "tests/support/guard_support.hpp"

namespace onsite::idempotency {
namespace {

constexpr int kKeys = 2;
constexpr int kStepsMax = 9;  // One more than a request has: it does not die.

Request request_of(int key, int body) {
    return {.scope = "shop",
            .key = fmt::format("key-{}", key),
            .operation = "POST /v1/payments",
            .body = fmt::format(R"({{"amount":{}}})", 100 + body)};
}

class World {
public:
    World() : store_(std::move(*open_key_store("sqlite::memory:"))) {}

    // A request of a process that dies after so many steps, and what it is answered if it lives.
    std::optional<Response> ask(const Request& request, int steps) {
        MortalStore mortal(*store_, steps);
        Guard guard(mortal, clock_);
        try {
            auto response = guard.handle(request, [&](const Work& work) {
                mortal.step();
                const Response done = provider_.charge(work);
                mortal.step();
                return std::optional(done);
            });
            RC_ASSERT(response.has_value());
            return *response;
        } catch (const Died&) {
            return std::nullopt;
        }
    }
    void wait_ms(std::int64_t duration_ms) { clock_.advance_ms(duration_ms); }
    std::size_t charges() const { return provider_.charges(); }

private:
    std::unique_ptr<KeyStore> store_;
    SimulatedClock clock_{1'767'603'600'000};
    Provider provider_;
};

TEST(GuardProperty, EachKeyIsWorkedOnceWhateverDies) {
    expect_property(
        [] {
            World world;
            std::map<std::string, std::string> answered;  // By key: what 201 said.
            const auto see = [&](const Request& request, const std::optional<Response>& response) {
                if (!response || response->status != 201) return;
                const auto [at, is_first] = answered.try_emplace(request.key, response->body);
                RC_ASSERT(at->second == response->body);
            };
            const int requests = *rc::gen::inRange(1, 15);
            for (int i = 0; i < requests; ++i) {
                const Request request =
                    request_of(*rc::gen::inRange(0, kKeys), *rc::gen::inRange(0, 2));
                see(request, world.ask(request, *rc::gen::inRange(0, kStepsMax + 1)));
                world.wait_ms(*rc::gen::element<std::int64_t>(0, 30'000, 60'001));
            }
            world.wait_ms(60'001);
            for (int key = 0; key < kKeys; ++key) {
                int refused = 0;
                for (const int body : {0, 1}) {
                    const Request request = request_of(key, body);
                    const auto response = world.ask(request, kStepsMax);
                    see(request, response);
                    RC_ASSERT(response.has_value());
                    refused += response->status == 409 ? 1 : 0;
                }
                RC_ASSERT(refused == 1);  // One of the two bodies is the key's.
            }
            RC_ASSERT(world.charges() == static_cast<std::size_t>(kKeys));
        },
        300);
}

}  // namespace
}  // namespace onsite::idempotency

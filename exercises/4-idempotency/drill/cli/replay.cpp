// onsite-replay: onsite-scenario again, and besides it plays payment clients in their boxes.
#include <memory>

#include <fmt/format.h>

#include "exercises/4-idempotency/checks/subject_shop.hpp"
#include "exercises/4-idempotency/drill/cli/build_client.hpp"
#include "harness/judging/secrets.hpp"
#include "scenarios/cli/scenario_main.hpp"

namespace onsite::drill {
namespace {

using idempotency::Failure;
using idempotency::Workers;
using scenarios::PlayClient;
using scenarios::Played;
using scenarios::Scenario;

// One sentence, and below it what the client wrote to stderr last.
std::string sentence_of(const Failure& failure) {
    std::string text = fmt::format("the client cannot be judged: {}", failure.problem);
    if (!failure.stderr_tail.empty()) text += "\nits stderr ended with\n" + failure.stderr_tail;
    return text;
}

// In processes of its own, so that a client remembers nothing of another run.
Result<Played> play_in_a_box(const Scenario& scenario, const Subject& subject, Clock& clock) {
    Workers workers(subject, LayerSet::all(), unpredictable_rng(), clock);
    Played played = idempotency::play_subject(scenario, workers);
    if (workers.error()) return std::unexpected(*workers.error());
    if (workers.failure()) return usage_error(sentence_of(*workers.failure()));
    return played;
}

Result<PlayClient> open_client(const std::filesystem::path& folder) {
    const auto clock = std::make_shared<SystemClock>();
    auto subject = build_client(folder, *clock);
    if (!subject) return pass_on(subject);
    return [clock, subject = std::move(*subject)](const Scenario& scenario) {
        return play_in_a_box(scenario, subject, *clock);
    };
}

}  // namespace
}  // namespace onsite::drill

int main(int count, char** words) {
    return onsite::scenarios::scenario_main(count, words, onsite::drill::open_client);
}

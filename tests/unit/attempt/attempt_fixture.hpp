// A small repository and a clock that stands at the beginning of an interview.
#pragma once

#include <string>

#include "base/clock.hpp"
#include "harness/attempt/attempt.hpp"
#include "tests/unit/catalog/small_repository.hpp"

namespace onsite {

class AttemptFixture : public ::testing::Test {
protected:
    static constexpr std::int64_t kStartMs = 1'772'359'872'000;  // 2026-03-01T10:11:12Z

    Attempt start(const std::string& language = "cpp") {
        return create_attempt(exercise_,
                              {.attempts_root = repository_.attempts(),
                               .language = find_language(exercise_, language).value()},
                              clock_)
            .value();
    }
    static std::filesystem::path log_of(const Attempt& attempt) {
        return attempt.folder / ".onsite" / "log.jsonl";
    }

    testing::SmallRepository repository_;
    Exercise exercise_ = repository_.exercise();
    SimulatedClock clock_{kStartMs};
};

}  // namespace onsite

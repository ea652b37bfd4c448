#include "exercises/5-values/checks/length.hpp"

namespace onsite::values {

int spoken_seconds(const Answer& answer) {
    if (answer.spoken_seconds) return *answer.spoken_seconds;
    return static_cast<int>(answer.words() * 60 / kWordsPerMinute);
}

}  // namespace onsite::values

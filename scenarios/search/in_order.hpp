// Much independent work on all processors, and its results one after the other as if one had done
// it.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace onsite::scenarios {

// So many results per thread are made before they are used: joining costs little beside them.
inline constexpr std::uint64_t kResultsPerThread = 64;

// Calls work(i) for each i below `count` on `threads` threads, this one among them, and use(i,
// result) on this one, in the order of i: what comes out does not depend on the number of threads.
// REQUIRES: threads > 0; calls of work do not disturb each other and do not throw.
template <typename Work, typename Use>
void work_in_order(std::uint64_t count, unsigned threads, const Work& work, const Use& use) {
    using Result = std::invoke_result_t<Work, std::uint64_t>;
    const std::uint64_t batch = threads * kResultsPerThread;
    for (std::uint64_t first = 0; first < count; first += batch) {
        const std::uint64_t size = std::min(batch, count - first);
        std::vector<std::optional<Result>> results(size);
        std::atomic<std::uint64_t> next = 0;
        const auto take_turns = [&] {
            for (std::uint64_t i = next++; i < size; i = next++) results[i] = work(first + i);
        };
        {
            std::vector<std::jthread> others;
            for (unsigned i = 1; i < threads && i < size; ++i) others.emplace_back(take_turns);
            take_turns();
        }
        for (std::uint64_t i = 0; i < size; ++i) use(first + i, std::move(*results[i]));
    }
}

}  // namespace onsite::scenarios

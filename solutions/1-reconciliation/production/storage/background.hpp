// Work that goes on while the caller prepares more of it.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>

#include "base/error.hpp"

namespace onsite::reconcile {

// Tasks that one thread runs in turn. A thread for each of them would cost more than the thread:
// the system lets it wait behind the one that started it, while the other processor is idle.
//
// Thread safety: none; everything but the tasks is for one thread.
class Background {
public:
    using Task = std::function<Result<void>()>;

    Background() = default;
    // Runs what is still waiting, and forgets its errors.
    ~Background();
    Background(const Background&) = delete;
    Background& operator=(const Background&) = delete;

    // After run() so many tasks are not yet done at most.
    static constexpr std::size_t kTasksMax = 3;

    // Waits while there are kTasksMax already. Where no thread can be had, runs it here.
    // Errors: that of an earlier task, or what it threw; this one is not run then.
    Result<void> run(Task task);
    // Waits until all of them are done. Errors: that of the first one that had one, or what it
    // threw.
    Result<void> finish();

private:
    void start();
    void work();
    // Waits until no more tasks than that are not done.
    Result<void> wait_for(std::size_t tasks, std::unique_lock<std::mutex>& lock);

    std::mutex mutex_;
    std::condition_variable changed_;
    std::queue<Task> tasks_;  // Not yet done: the first one may be running.
    bool is_ending_ = false;
    Result<void> done_;  // Of all tasks so far.
    std::exception_ptr thrown_;
    std::thread thread_;
};

}  // namespace onsite::reconcile

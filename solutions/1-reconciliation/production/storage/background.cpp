#include "solutions/1-reconciliation/production/storage/background.hpp"

#include <system_error>
#include <utility>

namespace onsite::reconcile {

Background::~Background() {
    {
        const std::scoped_lock lock(mutex_);
        is_ending_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

Result<void> Background::run(Task task) {
    if (!thread_.joinable()) start();
    std::unique_lock lock(mutex_);
    if (auto done = wait_for(kTasksMax - 1, lock); !done) return done;
    if (!thread_.joinable()) return done_ = task();
    tasks_.push(std::move(task));
    changed_.notify_all();
    return {};
}

Result<void> Background::finish() {
    std::unique_lock lock(mutex_);
    return wait_for(0, lock);
}

void Background::start() {
    try {
        thread_ = std::thread([this] { work(); });
    } catch (const std::system_error&) {
        // run() goes on without it.
    }
}

Result<void> Background::wait_for(std::size_t tasks, std::unique_lock<std::mutex>& lock) {
    changed_.wait(lock, [&] { return tasks_.size() <= tasks; });
    if (thrown_) std::rethrow_exception(thrown_);
    return done_;
}

void Background::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [&] { return is_ending_ || !tasks_.empty(); });
        if (tasks_.empty()) return;
        // What comes after an error is of no use.
        if (done_ && !thrown_) {
            const Task& task = tasks_.front();
            lock.unlock();
            Result<void> done;
            std::exception_ptr thrown;
            try {
                done = task();
            } catch (...) {
                thrown = std::current_exception();
            }
            lock.lock();
            done_ = std::move(done);
            thrown_ = std::move(thrown);
        }
        tasks_.pop();
        changed_.notify_all();
    }
}

}  // namespace onsite::reconcile

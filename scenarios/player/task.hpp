// A coroutine of a shop: code that reads from top to bottom and waits where it says co_await.
#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

namespace onsite::scenarios {

// Owns its coroutine: destroying a task that waits ends it, and all that it waits for, at that
// await. That is what a crash does. Begins when it is awaited, or by start().
// Exceptions end the program: errors are values here. Thread safety: none.
template <typename T>
class [[nodiscard]] Task {
public:
    struct promise_type;
    using Handle = std::coroutine_handle<promise_type>;

    Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    Task& operator=(Task&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~Task() {
        if (handle_) handle_.destroy();
    }

    // REQUIRES: nobody awaits it.
    void start() { handle_.resume(); }
    bool is_done() const { return handle_.done(); }

    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiting) noexcept {
        handle_.promise().awaiting = awaiting;
        return handle_;
    }
    T await_resume() { return std::move(*handle_.promise().result); }

private:
    explicit Task(Handle handle) : handle_(handle) {}
    Handle handle_;
};

// Work that has no result of its own gives this one.
struct Done {};

template <typename T>
struct Task<T>::promise_type {
    std::coroutine_handle<> awaiting = nullptr;
    std::optional<T> result = {};

    Task get_return_object() { return Task(Handle::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    auto final_suspend() noexcept {
        struct Continue {
            bool await_ready() noexcept { return false; }
            std::coroutine_handle<> await_suspend(Handle ended) noexcept {
                const auto next = ended.promise().awaiting;
                return next ? next : std::noop_coroutine();
            }
            void await_resume() noexcept {}
        };
        return Continue{};
    }
    void return_value(T value) { result.emplace(std::move(value)); }
    [[noreturn]] void unhandled_exception() { std::terminate(); }
};

}  // namespace onsite::scenarios

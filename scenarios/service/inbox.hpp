// What comes from outside virtual time: requests of a service to the fake Stripe, and what became
// of ours to the service. Threads put it in; the one thread that plays takes it out.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <variant>

#include "base/error.hpp"
#include "base/http.hpp"
#include "simulator/transport/http_front.hpp"

namespace onsite::scenarios {

// A request that waits for its answer. One that nobody answers gets a broken connection in the end.
class ParkedRequest {
public:
    explicit ParkedRequest(HttpRequest request) : request_(std::move(request)) {}
    ~ParkedRequest() { answer({.response = {}, .cut = simulator::Cut::reset}); }
    ParkedRequest(const ParkedRequest&) = delete;

    const HttpRequest& request() const { return request_; }
    // Only the first answer counts.
    void answer(simulator::HttpAnswer answer) {
        if (!std::exchange(is_answered_, true)) promise_.set_value(std::move(answer));
    }
    std::future<simulator::HttpAnswer> when_answered() { return promise_.get_future(); }

private:
    HttpRequest request_;
    std::promise<simulator::HttpAnswer> promise_ = {};
    bool is_answered_ = false;
};
using ParkedPtr = std::shared_ptr<ParkedRequest>;

// A call to the service is over.
struct CallEnd {
    std::uint64_t number = 0;
    Result<HttpResponse> reply;
};

// Thread safety: yes.
class Inbox {
public:
    using Item = std::variant<ParkedPtr, CallEnd>;

    // After close() it is thrown away.
    void put(Item item) {
        {
            const std::lock_guard lock(mutex_);
            if (is_closed_) return;
            items_.push_back(std::move(item));
        }
        has_items_.notify_one();
    }
    // The oldest one; nothing when none came for so long.
    std::optional<Item> take(std::chrono::milliseconds wait) {
        std::unique_lock lock(mutex_);
        if (!has_items_.wait_for(lock, wait, [this] { return !items_.empty(); }))
            return std::nullopt;
        Item item = std::move(items_.front());
        items_.pop_front();
        return item;
    }
    // Throws away what nobody took.
    void clear() {
        std::deque<Item> unwanted;
        const std::lock_guard lock(mutex_);
        unwanted.swap(items_);
    }

    // Nobody will take anything any more.
    void close() {
        {
            const std::lock_guard lock(mutex_);
            is_closed_ = true;
        }
        clear();
    }

private:
    std::mutex mutex_;
    std::condition_variable has_items_;
    std::deque<Item> items_;
    bool is_closed_ = false;
};

}  // namespace onsite::scenarios

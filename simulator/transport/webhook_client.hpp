// Sends webhooks over HTTP, on threads of its own.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "simulator/webhooks/deliveries.hpp"

namespace httplib {
class Client;
}

namespace onsite::simulator {

inline constexpr std::size_t kWebhookThreads = 16;
// From connecting to the end of the answer; Stripe's is not published.
inline constexpr std::chrono::milliseconds kWebhookTimeout{10'000};
// Of an answer's body, which nobody looks at: whoever sends more is not read to the end.
inline constexpr std::size_t kWebhookAnswerBytesMax = 64 << 10;

// Redirects are not followed: any 3xx is a failed attempt, as it is for Stripe. What waits is
// bounded by the number of endpoints, each of which has at most one attempt in flight.
// Thread safety: yes.
class WebhookClient final : public WebhookSender {
public:
    // Told the status of each attempt, 0 for no answer, from one of the threads.
    using Answered = std::function<void(std::uint64_t number, int status)>;

    explicit WebhookClient(Answered answered, std::chrono::milliseconds limit = kWebhookTimeout);
    ~WebhookClient() override;  // stop()
    WebhookClient(const WebhookClient&) = delete;

    void send(const WebhookAttempt& attempt) override;
    // Gives up what waits and what is on its way; `answered` is not called any more when it
    // returns.
    void stop();

private:
    using Moment = std::chrono::steady_clock::time_point;

    void work();
    int post(const WebhookAttempt& attempt);
    void watch();

    Answered answered_;
    std::chrono::milliseconds limit_;
    std::mutex mutex_;
    std::condition_variable has_work_;
    std::condition_variable has_active_;  // For watch().
    std::deque<WebhookAttempt> waiting_;
    std::map<httplib::Client*, Moment> active_;  // Until when.
    bool is_stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace onsite::simulator

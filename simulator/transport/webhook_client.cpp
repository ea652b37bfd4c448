#include "simulator/transport/webhook_client.hpp"

#include <algorithm>
#include <httplib.h>
#include <utility>

namespace onsite::simulator {
namespace {

struct Destination {
    std::string server;  // "http://127.0.0.1:3000"
    std::string path;    // "/webhooks?a=1"
};

Destination destination_of(const std::string& url) {
    const std::size_t host = url.find("://") + 3;
    const std::size_t path = url.find_first_of("/?#", host);
    if (path == url.npos) return {url, "/"};
    const std::string rest = url.substr(path, url.find('#', path) - path);
    return {url.substr(0, path), rest.starts_with('/') ? rest : "/" + rest};
}

}  // namespace

WebhookClient::WebhookClient(Answered answered, std::chrono::milliseconds limit)
    : answered_(std::move(answered)), limit_(limit) {
    threads_.emplace_back([this] { watch(); });
    for (std::size_t i = 0; i < kWebhookThreads; ++i) {
        threads_.emplace_back([this] { work(); });
    }
}

WebhookClient::~WebhookClient() { stop(); }

void WebhookClient::send(const WebhookAttempt& attempt) {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(attempt);
    has_work_.notify_one();
}

void WebhookClient::stop() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
        for (const auto& [client, until] : active_) client->stop();
    }
    has_work_.notify_all();
    has_active_.notify_all();
    for (std::thread& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

void WebhookClient::work() {
    for (;;) {
        std::unique_lock lock(mutex_);
        has_work_.wait(lock, [&] { return is_stopping_ || !waiting_.empty(); });
        if (is_stopping_) return;
        const WebhookAttempt attempt = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        const int status = post(attempt);
        lock.lock();
        const bool is_late = is_stopping_;
        lock.unlock();
        if (!is_late) answered_(attempt.number, status);
    }
}

int WebhookClient::post(const WebhookAttempt& attempt) {
    if (attempt.url.empty()) return 0;
    const Destination to = destination_of(attempt.url);
    httplib::Client client(to.server);
    if (!client.is_valid()) return 0;
    client.set_connection_timeout(limit_);
    client.set_read_timeout(limit_);
    client.set_write_timeout(limit_);
    client.set_follow_location(false);
    {
        const std::lock_guard lock(mutex_);
        if (is_stopping_) return 0;
        active_[&client] = std::chrono::steady_clock::now() + limit_;
        has_active_.notify_all();
    }
    httplib::Request request;
    request.method = "POST";
    request.path = to.path;
    request.headers = {{"Stripe-Signature", attempt.signature},
                       {"Content-Type", "application/json; charset=utf-8"},
                       {"User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)"},
                       {"Accept", "*/*; q=0.5, application/xml"},
                       {"Cache-Control", "no-cache"},
                       {"Connection", "close"}};
    request.body = *attempt.payload;
    int status = 0;
    request.response_handler = [&](const httplib::Response& answer) {
        status = answer.status;
        return true;
    };
    std::size_t read = 0;
    request.content_receiver = [&](const char*, std::size_t size, std::uint64_t, std::uint64_t) {
        read += size;
        return read <= kWebhookAnswerBytesMax;
    };
    const auto answer = client.send(request);
    const std::lock_guard lock(mutex_);
    const bool is_late = std::chrono::steady_clock::now() >= active_[&client];
    active_.erase(&client);
    if (is_late) return 0;
    return answer ? answer->status : status;
}

// Ends what takes too long: the client's own limits begin anew with each byte.
void WebhookClient::watch() {
    constexpr std::chrono::milliseconds kStep{20};
    std::unique_lock lock(mutex_);
    while (!is_stopping_) {
        if (active_.empty()) {
            has_active_.wait(lock);
            continue;
        }
        const Moment now = std::chrono::steady_clock::now();
        Moment next = Moment::max();
        for (const auto& [client, until] : active_) {
            if (until <= now) client->stop();
            next = std::min(next, until);
        }
        // One that is still connecting cannot be stopped, so it is tried again.
        has_active_.wait_until(lock, std::max(next, now + kStep));
    }
}

}  // namespace onsite::simulator

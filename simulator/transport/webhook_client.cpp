#include "simulator/transport/webhook_client.hpp"

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

WebhookClient::WebhookClient(Answered answered) : answered_(std::move(answered)) {
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
        for (httplib::Client* client : active_) client->stop();
    }
    has_work_.notify_all();
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
    const Destination to = destination_of(attempt.url);
    httplib::Client client(to.server);
    if (!client.is_valid()) return 0;
    client.set_connection_timeout(kWebhookTimeoutSeconds);
    client.set_read_timeout(kWebhookTimeoutSeconds);
    client.set_write_timeout(kWebhookTimeoutSeconds);
    client.set_follow_location(false);
    {
        const std::lock_guard lock(mutex_);
        if (is_stopping_) return 0;
        active_.insert(&client);
    }
    const httplib::Headers headers = {
        {"Stripe-Signature", attempt.signature},
        {"User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)"},
        {"Accept", "*/*; q=0.5, application/xml"},
        {"Cache-Control", "no-cache"},
        {"Connection", "close"}};
    const auto answer =
        client.Post(to.path, headers, *attempt.payload, "application/json; charset=utf-8");
    const std::lock_guard lock(mutex_);
    active_.erase(&client);
    return answer ? answer->status : 0;
}

}  // namespace onsite::simulator

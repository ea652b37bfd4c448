#include "scenarios/service/service_caller.hpp"

namespace onsite::scenarios {

ServiceCaller::~ServiceCaller() {
    gives_up_ = true;
    for (auto& [number, thread] : threads_) thread.join();
}

std::uint64_t ServiceCaller::begin(HttpRequest request) {
    const std::uint64_t number = ++calls_;
    if (threads_.size() < kCallsMax) {
        start(number, std::move(request));
    } else {
        waiting_.emplace_back(number, std::move(request));
    }
    return number;
}

void ServiceCaller::start(std::uint64_t number, HttpRequest request) {
    threads_.emplace(
        number, std::thread([this, number, request = std::move(request)] {
            inbox_.put(CallEnd{number, call_service(address_, request, limits_, gives_up_)});
        }));
}

void ServiceCaller::is_over(std::uint64_t number) {
    const auto found = threads_.find(number);
    found->second.join();
    threads_.erase(found);
    if (waiting_.empty()) return;
    auto [next, request] = std::move(waiting_.front());
    waiting_.pop_front();
    start(next, std::move(request));
}

}  // namespace onsite::scenarios

// Our requests to a service, each on a thread of its own; what becomes of them goes to the inbox.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <thread>
#include <utility>

#include "scenarios/service/inbox.hpp"
#include "scenarios/service/service_call.hpp"

namespace onsite::scenarios {

inline constexpr std::size_t kCallsMax = 64;  // Side by side; more wait for one to end.

// Thread safety: none; used by the thread that empties the inbox. REQUIRES: the inbox outlives it.
class ServiceCaller {
public:
    ServiceCaller(ServiceAddress address, CallLimits limits, Inbox& inbox)
        : address_(std::move(address)), limits_(limits), inbox_(inbox) {}
    ~ServiceCaller();  // Gives up what is on its way.
    ServiceCaller(const ServiceCaller&) = delete;

    // The number under which its end will be in the inbox.
    std::uint64_t begin(HttpRequest request);
    // REQUIRES: its end was taken out of the inbox.
    void is_over(std::uint64_t number);
    // Begun and not over.
    std::size_t outstanding() const { return threads_.size() + waiting_.size(); }

private:
    void start(std::uint64_t number, HttpRequest request);

    ServiceAddress address_;
    CallLimits limits_;
    Inbox& inbox_;
    std::atomic<bool> gives_up_ = false;
    std::uint64_t calls_ = 0;
    std::map<std::uint64_t, std::thread> threads_ = {};
    std::deque<std::pair<std::uint64_t, HttpRequest>> waiting_ = {};
};

}  // namespace onsite::scenarios

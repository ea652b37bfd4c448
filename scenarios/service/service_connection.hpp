// A connection to a service, with a deadline for everything that is done on it.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/descriptor.hpp"
#include "scenarios/service/service_call.hpp"

namespace onsite::scenarios {

// Owns its descriptor. Thread safety: none.
class ServiceConnection {
public:
    enum class Read { some, end, late, broken };

    // REQUIRES: gives_up outlives the connection.
    explicit ServiceConnection(const std::atomic<bool>& gives_up) : gives_up_(gives_up) {}

    // false: nobody listens there, or not in time.
    bool connect(const ServiceAddress& address, std::int64_t limit_ms);
    // What follows has to be done by then.
    void set_limit(std::int64_t limit_ms);
    bool send(std::string_view bytes);
    // Up to `size` bytes, as soon as there are some; `got` says how many.
    Read read(char* bytes, std::size_t size, std::size_t& got);

private:
    bool wait(short events) const;

    const std::atomic<bool>& gives_up_;
    Descriptor descriptor_;
    std::int64_t deadline_ms_ = 0;
};

}  // namespace onsite::scenarios

// A service's requests to the fake Stripe on their way through virtual time: they travel, meet the
// scenario's faults, and are answered, as those of a shop of ours.
//
// Which operation of which order a request belongs to is read from what it says: `metadata[order]`,
// `metadata[refund]`, and the payment intent that it names. What led to it is derived (SendCauses).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "base/error.hpp"
#include "scenarios/service/inbox.hpp"
#include "scenarios/service/send_causes.hpp"
#include "scenarios/shops/merchant.hpp"

namespace onsite::simulator {
class Params;
}

namespace onsite::scenarios {

// Writes the lines `send`, `answer` and `timeout`. Thread safety: none.
class StripeRelay {
public:
    // `window_us`: in which virtual time stands.
    StripeRelay(const ShopParts& parts, std::int64_t window_us);

    // What has just arrived. Errors: usage, when it is to move money and does not say for which
    // order of the scenario.
    Result<void> take(ParkedPtr parked);
    // The service is told something about the order, by that line; of all orders when it is empty.
    void heard(const std::string& order, std::int64_t line) { causes_.heard(order, line); }
    // The order that an event is about; empty when it is none of the scenario's.
    std::string order_of_event(std::string_view payload) const;
    // Requests that wait for something that is due in virtual time.
    std::size_t in_flight() const { return in_flight_; }
    // Taken so far.
    std::size_t taken() const { return taken_; }

private:
    struct Name {
        std::string order = {};  // Empty: of none that is known.
        std::string operation = {};
        std::string said = {};  // The order as the request names it.
    };
    struct Flight;
    using FlightPtr = std::shared_ptr<Flight>;

    Name name_of(const HttpRequest& request, const simulator::Params& params) const;
    Name name_of_intent(std::string_view method, std::string_view path) const;
    std::string refund_of(const std::string& order, const simulator::Params& params) const;
    std::string order_of_intent(std::string_view intent) const;
    std::string known_order(std::string_view order) const;
    void depart(const FlightPtr& flight, HttpRequest request);
    void arrive(const FlightPtr& flight, simulator::HttpAnswer answer);
    void deliver(const FlightPtr& flight, std::int64_t line, simulator::HttpAnswer answer,
                 std::string_view how);
    Result<void> says_whose(const HttpRequest& request, const Name& name) const;
    void note_send(Flight& flight, const HttpRequest& request, const simulator::Params& params);
    void time_out(const FlightPtr& flight);
    void end(const FlightPtr& flight, int status, simulator::HttpAnswer answer);
    void after(std::int64_t duration_us, simulator::Timeline::Action action);

    ShopParts parts_;
    std::set<std::string, std::less<>> orders_ = {};
    SendCauses causes_;
    std::map<std::string, std::int64_t> attempts_ = {};  // By operation.
    std::size_t in_flight_ = 0;
    std::size_t taken_ = 0;
};

}  // namespace onsite::scenarios

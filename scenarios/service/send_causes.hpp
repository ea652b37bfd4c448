// Why a service sent a request: what a shop of ours would say and a black box does not. Derived
// from what it was told and answered before, always in its favour, so that no promise about retries
// is held against a service that keeps it, and none is kept because nobody knew.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>

namespace onsite::scenarios {

// The rules, for a request of an operation ("order-1.pay"):
//  - what was said to the service about the order (a click, a webhook, a tick) after all that its
//    attempts ended with is the cause of one request of each operation;
//  - otherwise the request is the retry of an attempt that has ended, and each is retried once: the
//    latest that ended long enough ago with anything but a definite no, or else the best there is.
//    What follows on a success is no retry;
//  - when none is left it runs side by side with others, and what was said last is its cause.
// Lines are those of the trace. Thread safety: none.
class SendCauses {
public:
    // `pause_us`: long enough ago.
    explicit SendCauses(std::int64_t pause_us) : pause_us_(pause_us) {}

    // The service hears something about the order; of all orders when it is empty.
    void heard(const std::string& order, std::int64_t line);
    struct End {
        std::int64_t line = 0;
        std::int64_t time_us = 0;
        int status = 0;  // Of HTTP; 0: no answer.
    };
    // An attempt of the operation was answered, or its time was over.
    void ended(const std::string& operation, const End& end);
    // The line that led to a request of the operation at this moment; -1 when nothing was said.
    std::int64_t cause_of(const std::string& order, const std::string& operation,
                          std::int64_t now_us);

private:
    std::int64_t pause_us_;
    std::int64_t heard_by_all_ = -1;
    std::map<std::string, std::int64_t> heard_ = {};    // By order: the last line.
    std::map<std::string, std::int64_t> used_ = {};     // By operation: of those.
    std::map<std::string, std::deque<End>> ends_ = {};  // By operation: not retried yet.
};

}  // namespace onsite::scenarios

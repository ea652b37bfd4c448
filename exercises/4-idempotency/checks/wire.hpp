// The lines that go between a check and the payment client: contract/wire.md describes them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "scenarios/format/scenario.hpp"
#include "scenarios/player/provider.hpp"
#include "scenarios/player/store.hpp"

namespace onsite::idempotency {

// What a job is about; the words are those of the wire.
enum class Task { pay, confirm, refund };
std::string_view to_string(Task task);

struct RefundOrder {
    std::string id = {};
    std::string payment_intent = {};
    std::int64_t amount = 0;
};

struct Job {
    Task task = Task::pay;
    std::string order = {};  // Its id.
    scenarios::Row row = {};
    bool is_redelivered = false;
    RefundOrder refund = {};  // Of the task refund.
};

// ---- What a client may say, and no more of it

inline constexpr std::size_t kTextBytesMax = 4096;
inline constexpr std::size_t kParamsMax = 50;
inline constexpr std::int64_t kSleepMsMax = 3'600'000;

// Each is what the client waits for, but for `done`.
struct Wish {
    enum class Kind { request, sleep, get, put, put_if_absent, order, done };
    Kind kind = Kind::done;
    // request: path, key and parameters.
    std::string path = {};
    std::string key = {};  // Of the request, or in the store; the order's id; done: the status.
    std::vector<std::pair<std::string, std::string>> params = {};
    std::string value = {};        // put: the value; done: the intent.
    std::int64_t duration_ms = 0;  // sleep.
};

// Errors: usage, when the line is none of the forms: the client's fault.
Result<Wish> wish_from(std::string_view line);

// ---- What it is told: the inside of a JSON object

std::string job_members(const Job& job, const scenarios::ShopSettings& settings);
std::string outcome_members(const scenarios::Outcome& outcome);
// Null when there is no such key.
std::string value_members(const std::string* value);
std::string kept_members(std::string_view value, bool is_new);
std::string order_members(std::string_view id, const scenarios::Row& row);

}  // namespace onsite::idempotency

// The contract of section 4: what the payment client is given, and what it answers.
//
// The client does one job at a time and waits for everything that it asks for. Several of it run
// side by side: two clicks, or a webhook during a payment, are jobs of two processes. A process may
// die whenever it waits; what it had in memory is gone then, what is in the store is not. Time is
// virtual: nothing here takes longer than it must.
// This header is the source of truth for C++; wire.md says the same for every language.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace onsite::idempotency {

// ---- What there is to do

struct Order {
    std::string id = {};
    std::int64_t amount = 0;          // Minor units of the currency.
    std::string currency = {};        // "usd".
    std::string card = {};            // A payment method: "pm_card_visa".
    std::string email = {};           // Empty until the shopper fills it in, which may be any time.
    std::string payment_intent = {};  // When the shop knows one.
    std::string status = {};          // "paying", "pending", "created", "paid", "declined", ...
    // Which payment of the order it is: 1, and one more for each new try after a decline. Clicks
    // and redeliveries that belong to the same payment have the same number.
    std::int64_t payment = 1;
};

// A part of what an order paid is given back; two refunds of an order have two ids.
struct Refund {
    std::string id = {};
    std::string payment_intent = {};
    std::int64_t amount = 0;  // 0: all of it.
};

enum class Task {
    pay,      // A shopper clicked.
    confirm,  // A webhook says that the order's intent was created: confirm it.
    refund,
};

// How a payment is taken.
enum class Flow {
    one_call,       // Create and confirm in one request.
    two_calls,      // Create, then confirm, both in the job `pay`.
    confirm_later,  // Create only; the job `confirm` comes with the webhook.
};

struct Job {
    Task task = Task::pay;
    // The same work is delivered once more: it was cut off by a crash, it ended as `pending`, or
    // its webhook was sent again. Another click is no redelivery but a new job.
    bool is_redelivered = false;
    Flow flow = Flow::one_call;
    Order order = {};                           // As it is when the job is delivered.
    std::optional<Refund> refund = {};          // Of the task refund.
    std::int64_t attempts = 3;                  // How often to ask before an outcome is `pending`.
    std::vector<std::int64_t> backoff_ms = {};  // Pauses between them; the last one is repeated.
};

// What became of the job. A payment that waits for its shopper, whose bank asks who pays
// (`requires_action`), is pending: a webhook tells the shop how it ends.
enum class Status {
    paid,
    declined,   // The bank said no: 402.
    failed,     // It did not happen, and never will: the shopper is told so.
    pending,    // Nobody knows yet. The shop delivers the job again, minutes and hours later.
    created,    // Flow confirm_later: the intent waits for its webhook.
    refunded,   // Of the task refund.
    duplicate,  // Another job does this payment already: there is nothing to tell.
};

struct Result {
    Status status = Status::pending;
    std::string payment_intent = {};  // When it is known.
};

// ---- What the client can ask for; each call waits for its answer

enum class Known {
    answered,  // There is an answer.
    not_sent,  // The request definitely did not arrive.
    unknown,   // A timeout or a broken connection: it may have been carried out.
};

// What of an answer matters here. Texts are empty when the body has no such member.
struct Reply {
    Known known = Known::unknown;
    int status = 0;                         // HTTP; 0 unless answered.
    std::string id = {};                    // Of the object: "pi_...".
    std::string state = {};                 // Its status: "succeeded", "requires_action".
    std::string error_type = {};            // "card_error", "idempotency_error", "api_error".
    std::string error_code = {};            // "card_declined", "idempotency_key_in_use".
    std::string error_message = {};         // For people.
    std::optional<bool> should_retry = {};  // Stripe-Should-Retry, when it was there.
};

using Params = std::vector<std::pair<std::string, std::string>>;

class Stripe {
public:
    virtual ~Stripe() = default;
    // POST with an Idempotency-Key.
    virtual Reply post(const std::string& path, const Params& params, const std::string& key) = 0;
};

// Survives crashes and is shared by all processes.
class Store {
public:
    struct Kept {
        std::string value = {};  // What is in the store now.
        bool is_new = false;     // It was put by this call.
    };
    virtual ~Store() = default;
    virtual std::optional<std::string> get(const std::string& key) = 0;
    virtual void put(const std::string& key, const std::string& value) = 0;
    // Of several that come at once, one puts its value and all get that one.
    virtual Kept put_if_absent(const std::string& key, const std::string& value) = 0;
};

class Clock {
public:
    virtual ~Clock() = default;
    virtual void sleep_ms(std::int64_t duration_ms) = 0;
};

class Orders {
public:
    virtual ~Orders() = default;
    // As it is now, which may be another state than that of the job.
    virtual Order get(const std::string& id) = 0;
};

struct World {
    Stripe& stripe;
    Store& store;
    Clock& clock;
    Orders& orders;
};

// For the store: parameters as one text, "amount=1999&currency=usd", and back.
std::string to_text(const Params& params);
Params params_from(std::string_view text);

// ---- What you write (payments.cpp)

Result work(const Job& job, World& world);

}  // namespace onsite::idempotency

// A shop that takes payments: the reference when its policy is the default one.
//
// What it promises then, whatever goes wrong: an order is charged at most once, fulfilled exactly
// when it is paid, and never left between two states once the faults are over. How: the order and
// all that its idempotency keys are made of are in the store before the first request leaves; each
// retry sends the same; what is unknown stays unknown until a retry or a webhook says more; every
// change of an order looks and acts in one transaction.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "scenarios/player/process.hpp"
#include "scenarios/player/provider.hpp"
#include "scenarios/player/store.hpp"
#include "scenarios/shops/merchant.hpp"
#include "scenarios/shops/policy.hpp"

namespace onsite::scenarios {

// Thread safety: none. REQUIRES: the policy, and all that the parts refer to, outlive the shop.
// What takes payments can be replaced by a derived class, which relays it to another process; the
// bookkeeping around it then stays what it is.
class Shop : public Merchant {
public:
    Shop(const ShopPolicy& policy, const ShopParts& parts);
    Shop(const Shop&) = delete;

    void act(const Step& step, std::int64_t cause) override;
    void receive(Hook hook, std::int64_t cause, HookAnswer answer) override;
    void resume() override;

protected:
    // What is needed to take one payment; made of the order's row.
    struct Payment {
        std::string order = {};
        std::string amount = {};
        std::string currency = {};
        std::string card = {};
        std::string customer = {};
        std::string email = {};
        std::string intent = {};
        std::int64_t generation = 1;     // Which card of the order it is.
        std::int64_t click = 1;          // Which click of this process began it.
        std::int64_t sent = 0;           // Attempts so far.
        std::int64_t server_errors = 0;  // Of them.
    };
    struct HookEvent {
        std::string id = {};
        std::string type = {};
        std::string order = {};
        std::string intent = {};
        std::string key = {};    // Of the request that led to it.
        std::string error = {};  // Why the intent's last attempt failed.
    };

    // ---- Paying (paying.cpp) ----
    virtual Task<Done> pay(Step step);
    // Between series of attempts, as long as the outcome is unknown.
    std::span<const std::int64_t> late_pauses_us() const;
    // The keys of the order are used from now on.
    void begin_keys(Row& row) const;
    // Whether the provider will know those keys for some hours yet. Later a retry would be a second
    // payment, and only a webhook can tell.
    bool are_keys_kept(const Row& row) const;
    bool claim(Transaction& transaction, const Step& step) const;
    // Keeps the intent that was created; `waits`: a webhook goes on with it.
    static void keep_in(Transaction& transaction, const std::string& order,
                        const std::string& intent, bool waits);
    Payment payment_of(const std::string& order, const Row& row) const;
    // `order`: or the id of a refund.
    void tell(const std::string& order, std::string_view what);

    // ---- What became of it (settling.cpp) ----
    // Writes how an order stands after a series of attempts that did not make it paid. Says nothing
    // about an order that is with another card by now; 0: whichever it is with.
    Task<Done> conclude_as(std::string order, std::string status, std::int64_t generation);
    // Makes an order paid; `by`: who knows of it, "answer" or the id of an event.
    Task<Done> settle(Payment payment, std::string by);

    // ---- Requests and retries (requests.cpp) ----
    virtual Task<Outcome> until_known(Payment& payment, std::function<Call()> next_call);

    // ---- Cancelling and refunding (refunding.cpp) ----
    // Asks for the refund, now and as long as its outcome is unknown; after a crash as well.
    virtual Task<Done> return_part(std::string order, std::string refund, bool is_redelivered);
    // Learned how it ended: it is not asked for again.
    Task<Done> end_refund(std::string order, std::string refund);
    Task<Done> give_back(Payment payment);

    // ---- Webhooks (webhooks.cpp) ----
    virtual Task<Done> created(HookEvent event);

    // After a crash.
    virtual Task<Done> resume_order(std::string order);

    const ShopSettings& settings_;
    Process& process_;
    Store& store_;
    Provider& provider_;

private:
    // ---- Paying (paying.cpp) ----
    Task<Done> take_payment(Payment payment);
    Task<Done> try_once(Payment& payment);
    Task<bool> create(Payment& payment);
    Task<Done> change(Step step);
    std::string amount_of(const Step& step) const;

    // ---- What became of it (settling.cpp) ----
    Task<Done> conclude(Payment payment, Outcome outcome);
    bool settle_in(Transaction& transaction, const std::string& order, const std::string& intent,
                   std::string_view by) const;
    Task<Done> wait_for_webhook(Payment payment);
    // Whether the order was open when it was looked at.
    Task<bool> look_then_settle(Payment payment, std::string by);
    // The goods leave.
    Task<Done> ship(std::string order, std::string by);

    // ---- Requests and retries (requests.cpp) ----
    enum class Request { pay, create, confirm };
    Task<Outcome> request(Payment& payment, Request what);
    Call call_of(Payment& payment, Request what) const;
    std::string key_of(const Payment& payment, const std::string& operation) const;
    std::int64_t token() const;  // Of the session.
    bool is_retried(const Outcome& outcome) const;
    std::int64_t pause_us(const std::string& operation, std::int64_t attempt) const;
    std::int64_t with_jitter(const std::string& whose, std::int64_t pause_us,
                             std::int64_t attempt) const;

    // ---- Cancelling and refunding (refunding.cpp) ----
    Task<Done> cancel(Step step);
    Task<Done> refund(Step step);
    void resume_refunds();  // After a crash.
    // Whether everything is returned, as the provider says when it is looked at.
    Task<bool> is_returned(const Payment& payment);
    Call refund_call(const Payment& payment, const std::string& refund, const Row& asked) const;
    std::string refund_key_of(const Payment& payment, const std::string& refund,
                              std::string_view amount) const;

    // ---- Webhooks (webhooks.cpp) ----
    Task<Done> handle(Hook hook, HookAnswer answer);
    Task<Done> succeeded(HookEvent event);
    Task<Done> declined(HookEvent event);
    Task<Done> learn(HookEvent event);
    Task<Done> follow(HookEvent event, std::string status);
    bool is_authentic(const Hook& hook) const;

    const ShopPolicy& policy_;
    std::string_view webhook_secret_;
    std::uint64_t seed_;                               // Of the jitter.
    std::map<std::string, std::int64_t> clicks_ = {};  // In memory only.
};

// The row of an order.
std::string order_key(std::string_view order);
// The row of a refund.
std::string refund_key(std::string_view refund);
// An order that has ended: paid or cancelled.
bool is_final(std::string_view status);

}  // namespace onsite::scenarios

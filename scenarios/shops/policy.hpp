// What one shop does where shops differ. The first word of each list is the right one; a defective
// shop is this with one word changed (shops/shops.cpp), so that the cause is one line.
#pragma once

namespace onsite::scenarios {

// What an idempotency key is made of.
enum class KeyRule {
    per_operation,  // One for each operation, kept with the order before the first attempt.
    per_attempt,
    per_order,      // The same for create, confirm and refund.
    per_customer,   // The same for all orders of a customer.
    without_card,   // The second card of an order has the key of the first one.
    per_process,    // Random, kept in memory: another one after a crash.
    new_on_5xx,     // A server error is taken for the end of the attempt's operation.
    of_the_amount,  // Refunds: order and amount.
    none_for_refunds,
    per_payment,   // That of whoever asks for the payment, for each request that it takes.
    of_the_body,   // A hash of all that is sent, the moment of sending included.
    with_a_token,  // Contains a session token, of which there is a new one each minute.
    per_action,    // "order-1.refund": the same for each refund of an order.
};

// What a retry sends.
enum class BodyRule {
    frozen,           // What the first attempt sent.
    current,          // What the order says now.
    without_options,  // The amount of a refund is taken for an option of the call, and not sent.
};

enum class ClickRule {
    one_payment_per_order,
    one_payment_per_click,
};

enum class RetryRule {
    with_pauses,
    at_once,
    declines_too,
    without_jitter,  // Everybody pauses equally long.
    without_an_end,
};

// What an attempt without an answer means.
enum class UnknownRule {
    retried,
    is_failure,
};

// What a 409 of a key in use means.
enum class ConflictRule {
    retried,
    is_failure,
};

// What it means that the bank asks the shopper who pays.
enum class ActionRule {
    waits,
    is_paid,  // Any 2xx is taken for a payment.
    is_failure,
};

// When an order whose outcome stays unknown is tried again for the last time.
enum class LateRule {
    while_the_key_lives,
    after_a_day,
};

enum class RowRule {
    before_the_call,
    after_the_call,
};

// How an order becomes paid.
enum class SettleRule {
    atomically,  // Looks and acts in one transaction.
    look_then_act,
};

// How an event is known to be a repeated one.
enum class EventRule {
    with_the_work,  // Noted in the transaction that does the work.
    never,
    before_the_work,  // Noted in a transaction of its own.
};

// What an event may do to an order's status.
enum class OrderRule {
    forward_only,
    as_the_event_says,
};

enum class ConfirmRule {
    once,
    at_every_delivery,
};

enum class SignatureRule {
    at_receipt,
    never,
    without_its_age,
    in_the_queue,  // Acknowledged at once, verified ten minutes later.
};

enum class RecoveryRule {
    resumes,
    forgets,
};

// What a cancelled order does with a payment that succeeds later.
enum class CancelRule {
    refunds,
    ignores,
};

enum class FulfilRule {
    when_paid,
    when_ordered,
    after_the_order,  // In a transaction of its own, once the order is paid.
};

enum class AmountRule {
    by_currency,
    always_hundredths,
};

struct ShopPolicy {
    KeyRule key = KeyRule::per_operation;
    BodyRule body = BodyRule::frozen;
    ClickRule click = ClickRule::one_payment_per_order;
    RetryRule retry = RetryRule::with_pauses;
    UnknownRule unknown = UnknownRule::retried;
    ConflictRule conflict = ConflictRule::retried;
    ActionRule action = ActionRule::waits;
    LateRule late = LateRule::while_the_key_lives;
    RowRule row = RowRule::before_the_call;
    SettleRule settle = SettleRule::atomically;
    EventRule event = EventRule::with_the_work;
    OrderRule order = OrderRule::forward_only;
    ConfirmRule confirm = ConfirmRule::once;
    SignatureRule signature = SignatureRule::at_receipt;
    RecoveryRule recovery = RecoveryRule::resumes;
    CancelRule cancel = CancelRule::refunds;
    FulfilRule fulfil = FulfilRule::when_paid;
    AmountRule amount = AmountRule::by_currency;
};

}  // namespace onsite::scenarios

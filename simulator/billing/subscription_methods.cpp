// What pays for a subscription: the card that a payment or a setup leaves behind for the next ones.
#include "simulator/billing/subscribing.hpp"
#include "simulator/core/call.hpp"
#include "simulator/payments/method_choice.hpp"
#include "simulator/payments/network.hpp"
#include "simulator/payments/setup_flow.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/subscriptions.hpp"

namespace onsite::simulator {
namespace {

bool saves_method(const Subscription& subscription) {
    return subscription.save_default_payment_method == "on_subscription";
}

// Whether the bank would let it be charged later, while its owner is away.
bool works_off_session(const World& world, const std::string& id) {
    const PaymentMethod* method = world.tables.payment_methods.find(id);
    if (method == nullptr) return false;
    const NetworkAnswer answer =
        ask_network(world, *method, {.is_off_session = true, .is_setup = true});
    return answer.reply == NetworkReply::approved;
}

}  // namespace

void ask_for_method(World& world, Subscription& subscription) {
    const std::string method = method_of(world, subscription);
    if (works_off_session(world, method)) return;
    SetupIntent intent;
    intent.customer = subscription.customer;
    intent.options.has_own_types = true;
    SetupIntent& added = add_setup_intent(world, std::move(intent)).intent;
    subscription.pending_setup_intent = added.id;
    if (world.tables.payment_methods.find(method) == nullptr) return;
    added.payment_method = method;
    // What the bank says is in the intent: it waits for its owner, or for another card.
    static_cast<void>(confirm_setup(world, added));
}

void setup_succeeded(World& world, const SetupIntent& intent) {
    for (Subscription* subscription : world.tables.subscriptions.rows_of(intent.customer)) {
        if (subscription->pending_setup_intent != intent.id) continue;
        const Body before = rendered(world, kSubscriptionType, subscription->id);
        subscription->pending_setup_intent.clear();
        if (saves_method(*subscription) && !has_ended(*subscription)) {
            subscription->default_payment_method = intent.payment_method;
        }
        emit_changed(world, kSubscriptionType, subscription->id, "customer.subscription.updated",
                     before);
    }
}

void save_method_of(const World& world, const Invoice& invoice, Subscription& subscription) {
    const PaymentIntent* intent = world.tables.payment_intents.find(invoice.payment_intent);
    // One that was paid out of band, or for nothing, has no card.
    if (!saves_method(subscription) || intent == nullptr ||
        intent->status != IntentStatus::succeeded ||
        !is_attached_to(world, intent->payment_method, subscription.customer)) {
        return;
    }
    subscription.default_payment_method = intent->payment_method;
}

}  // namespace onsite::simulator

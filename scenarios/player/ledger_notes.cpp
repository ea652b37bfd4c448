#include "scenarios/player/ledger_notes.hpp"

#include <string>
#include <utility>

namespace onsite::scenarios {
namespace {

using simulator::JsonWriter;
using simulator::LedgerAccount;

// Of a charge that no request made, but its shopper, who proved who they are.
std::string order_of(const simulator::World& world, const simulator::Charge& charge) {
    const auto* intent = world.tables.payment_intents.find(charge.payment_intent);
    if (intent == nullptr) return {};
    const auto order = intent->metadata->find("order");
    return order == intent->metadata->end() ? std::string() : order->second;
}

void note_charge(simulator::World& world, const simulator::Event& event) {
    const auto& charge = world.tables.charges.rows().back();
    world.trace.add(world.timeline.now_us(), "charge", [&](JsonWriter& json) {
        if (event.origin->request_id.empty()) {
            json.text("order", order_of(world, charge));
        } else {
            json.text("request", event.origin->request_id);
        }
        json.text("charge", charge.id);
        json.text("intent", charge.payment_intent);
        json.number("amount", charge.has_failed() ? 0 : charge.amount_captured);
        json.text("currency", charge.currency);
    });
}

void note_refund(simulator::World& world, const simulator::Event& event) {
    const auto& refund = world.tables.refunds.rows().back();
    world.trace.add(world.timeline.now_us(), "refund", [&](JsonWriter& json) {
        json.text("request", event.origin->request_id);
        json.text("refund", refund.id);
        json.text("charge", refund.charge);
        json.number("amount", refund.amount);
        json.text("currency", refund.currency);
    });
}

}  // namespace

void note_money(simulator::Simulator& simulator) {
    simulator.on_event = [told = std::move(simulator.on_event)](simulator::World& world,
                                                                simulator::Event& event) {
        if (event.type == "charge.succeeded") note_charge(world, event);
        if (event.type == "refund.created") note_refund(world, event);
        if (told) told(world, event);
    };
}

void note_balances(simulator::Simulator& simulator) {
    for (simulator::World* world : simulator.worlds()) {
        const simulator::Ledger& ledger = world->tables.ledger;
        for (const std::string_view currency : ledger.currencies()) {
            world->trace.add(world->timeline.now_us(), "balance", [&](JsonWriter& json) {
                json.text("currency", currency);
                for (std::size_t i = 0; i < simulator::kLedgerAccounts; ++i) {
                    const auto account = static_cast<LedgerAccount>(i);
                    json.number(to_string(account), ledger.balance(account, currency));
                }
            });
        }
    }
}

}  // namespace onsite::scenarios

#include "scenarios/player/shoppers.hpp"

#include <utility>

#include "scenarios/player/json_text.hpp"
#include "simulator/payments/authentication.hpp"

namespace onsite::scenarios {
namespace {

using simulator::IntentStatus;
using simulator::JsonWriter;
using simulator::World;

// nullptr when the order has no click yet.
const Step* last_click(const Scenario& scenario, const std::string& order, std::int64_t since_us) {
    const Step* last = nullptr;
    for (const Step& step : scenario.steps) {
        const bool is_click = step.action == Action::pay && step.order == order;
        if (!is_click || step.at_us > since_us) continue;
        if (last == nullptr || last->at_us <= step.at_us) last = &step;
    }
    return last;
}

}  // namespace

Shoppers::Shoppers(Process& process, simulator::Simulator& simulator, const Scenario& scenario)
    : process_(process), scenario_(scenario) {
    simulator.on_event = [this, told = std::move(simulator.on_event)](World& world,
                                                                      simulator::Event& event) {
        if (event.type == "payment_intent.requires_action") challenged(world, event);
        if (told) told(world, event);
    };
}

void Shoppers::challenged(World& world, const simulator::Event& event) {
    JsonWriter object;
    event.object.write(object);
    auto texts = json_texts(object.written(), {"/metadata/order", "/id"});
    Challenge challenge{.order = std::move(texts[0]),
                        .intent = std::move(texts[1]),
                        .request = std::string(event.origin->request_id)};
    challenge.line = process_.note("challenge", [&](JsonWriter& json) {
        json.text("order", challenge.order);
        json.text("intent", challenge.intent);
        json.text("request", challenge.request);
    });
    const std::int64_t now_us = process_.timeline().now_us();
    const Step* const click = last_click(scenario_, challenge.order, now_us - scenario_.start_us);
    if (click == nullptr) return;
    challenge.succeeds = click->authenticates_us > 0;
    const std::int64_t pause_us = challenge.succeeds ? click->authenticates_us : click->gives_up_us;
    if (pause_us == 0) return;
    process_.timeline().at(now_us + pause_us,
                           [this, &world, challenge] { answer(world, challenge); });
}

void Shoppers::answer(World& world, const Challenge& challenge) {
    const auto* intent = world.tables.payment_intents.find(challenge.intent);
    if (intent == nullptr || intent->status != IntentStatus::requires_action) return;
    process_.caused_by(challenge.line, [&] {
        process_.note("authentication", [&](JsonWriter& json) {
            json.text("order", challenge.order);
            json.text("intent", challenge.intent);
            json.text("request", challenge.request);
            json.text("result", challenge.succeeds ? "succeeded" : "failed");
        });
    });
    // It waits, so it can be answered.
    (void)simulator::complete_authentication(world, challenge.intent, challenge.succeeds);
}

}  // namespace onsite::scenarios

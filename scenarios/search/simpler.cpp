#include "scenarios/search/simpler.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "simulator/payments/test_cards.hpp"

namespace onsite::scenarios {
namespace {

constexpr std::int64_t kSmallAmount = 100;
constexpr std::int64_t kSoonUs = 1'000'000;

// Whether its bank asks a shopper who is there who pays.
bool is_challenged(const Step& step) {
    using simulator::Authentication;
    const simulator::TestCard* card = simulator::find_test_payment_method(step.card);
    return card != nullptr && card->authentication != Authentication::unsupported &&
           card->authentication != Authentication::optional;
}

void pay_unasked(Step& step) {
    step.card = "pm_card_visa";
    step.authenticates_us = 0;
    step.gives_up_us = 0;
}

class Ideas {
public:
    explicit Ideas(const Scenario& scenario) : scenario_(scenario) {}

    // What `place` finds in a scenario becomes `simple`, unless it is that already.
    template <typename Place, typename Value>
    void add(const Place& place, Value simple) {
        if (place(scenario_) == simple) return;
        all_.push_back(
            [place, simple = std::move(simple)](Scenario& changed) { place(changed) = simple; });
    }
    // The same for a member of the n-th item of a list.
    template <typename Item, typename Member>
    void add(std::vector<Item> Scenario::*list, std::size_t nth, Member Item::*member,
             Member simple) {
        add([list, nth, member](Scenario& one) -> Member& { return (one.*list)[nth].*member; },
            std::move(simple));
    }
    // The same for several members of the n-th step at once.
    void add(std::size_t nth, void (*change)(Step&)) {
        all_.push_back([nth, change](Scenario& changed) { change(changed.steps[nth]); });
    }
    std::vector<Simplification> take() { return std::move(all_); }

private:
    Scenario scenario_;
    std::vector<Simplification> all_;
};

void simplify_faults(const Scenario& scenario, Ideas& ideas) {
    using simulator::Fault;
    using simulator::WebhookFault;
    for (std::size_t i = 0; i < scenario.faults.size(); ++i) {
        ideas.add(&Scenario::faults, i, &Fault::delay_us, std::int64_t{0});
        ideas.add(&Scenario::faults, i, &Fault::status, 500);
        ideas.add(&Scenario::faults, i, &Fault::code, std::string());
        ideas.add(&Scenario::faults, i, &Fault::should_retry, std::optional<bool>());
        ideas.add(&Scenario::faults, i, &Fault::attempt, std::int64_t{1});
    }
    for (std::size_t i = 0; i < scenario.webhook_faults.size(); ++i) {
        ideas.add(&Scenario::webhook_faults, i, &WebhookFault::delay_us, std::int64_t{0});
        ideas.add(&Scenario::webhook_faults, i, &WebhookFault::attempt, std::int64_t{1});
        ideas.add(&Scenario::webhook_faults, i, &WebhookFault::nth, std::int64_t{1});
    }
    for (std::size_t i = 0; i < scenario.crashes.size(); ++i) {
        ideas.add(&Scenario::crashes, i, &Crash::restart_us, Crash{}.restart_us);
        ideas.add(&Scenario::crashes, i, &Crash::is_after, false);
        ideas.add(&Scenario::crashes, i, &Crash::nth, std::int64_t{1});
    }
}

void simplify_steps(const Scenario& scenario, Ideas& ideas) {
    for (std::size_t i = 0; i < scenario.steps.size(); ++i) {
        const Step& step = scenario.steps[i];
        ideas.add(&Scenario::steps, i, &Step::at_us, std::int64_t{0});
        if (step.amount > 0) ideas.add(&Scenario::steps, i, &Step::amount, kSmallAmount);
        if (step.action == Action::pay) {
            ideas.add(&Scenario::steps, i, &Step::email, std::string());
        }
        if (step.authenticates_us > 0) {
            ideas.add(&Scenario::steps, i, &Step::authenticates_us, kSoonUs);
        }
        if (step.gives_up_us > 0) ideas.add(&Scenario::steps, i, &Step::gives_up_us, kSoonUs);
        // Last: of all values at once this one stays.
        if (is_challenged(step)) ideas.add(i, pay_unasked);
    }
}

}  // namespace

std::vector<Simplification> simplifications_of(const Scenario& scenario) {
    const ShopSettings usual;
    Ideas ideas(scenario);
    simplify_faults(scenario, ideas);
    simplify_steps(scenario, ideas);
    ideas.add([](Scenario& one) -> Latency& { return one.latency; }, Latency{});
    ideas.add(
        [](Scenario & one) -> auto& { return one.shop.attempts; }, usual.attempts);
    ideas.add(
        [](Scenario & one) -> auto& { return one.shop.backoff_us; }, usual.backoff_us);
    ideas.add(
        [](Scenario & one) -> auto& { return one.shop.webhook_work_us; }, std::int64_t{0});
    ideas.add(
        [](Scenario & one) -> auto& { return one.heal_us; }, std::int64_t{0});
    return ideas.take();
}

}  // namespace onsite::scenarios

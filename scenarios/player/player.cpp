#include "scenarios/player/player.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "scenarios/format/read_scenario.hpp"
#include "scenarios/player/json_text.hpp"
#include "scenarios/player/ledger_notes.hpp"
#include "scenarios/player/provider.hpp"
#include "scenarios/player/shoppers.hpp"
#include "scenarios/player/store.hpp"
#include "scenarios/shops/shop.hpp"
#include "simulator/webhooks/deliveries.hpp"
#include "simulator/webhooks/signature.hpp"

namespace onsite::scenarios {
namespace {

using simulator::JsonWriter;
using simulator::WebhookAttempt;

// docs.stripe.com/webhooks: an endpoint that has not answered by then has failed.
constexpr std::int64_t kWebhookDeadlineUs = 10 * simulator::kSecond;

simulator::SimulatorSettings settings_of(const Scenario& scenario, std::uint64_t id_salt,
                                         std::string& trace) {
    return {.seed = scenario.seed ^ id_salt,
            .profile = simulator::find_profile(scenario.profile),
            .start_us = scenario.start_us,
            .trace_sink = [&trace](std::string_view line) { trace += line; }};
}

// The world of one run: provider, network, shop. Everything happens on the provider's timeline.
class Stage final : public simulator::WebhookSender {
public:
    Stage(const Scenario& scenario, const Cast& cast, Header header)
        : scenario_(scenario),
          cast_(cast),
          header_(header),
          simulator_(settings_of(scenario, cast.id_salt, trace_text_)),
          deliveries_(simulator_),
          process_(simulator_.timeline(), simulator_.trace(), scenario.crashes),
          shoppers_(process_, simulator_, scenario),
          store_(process_, scenario.latency.store_us),
          provider_(process_, simulator_, scenario),
          shop_(cast.make({.scenario = scenario,
                           .settings = scenario.shop,
                           .process = process_,
                           .store = store_,
                           .provider = provider_,
                           .simulator = simulator_,
                           .webhook_secret = kWebhookSecret,
                           .seed = scenario.seed})) {
        note_money(simulator_);
        deliveries_.forward_to("shop", std::string(kWebhookSecret));
        deliveries_.set_sender(this);
        process_.on_restart = [this] { shop_->resume(); };
    }

    Played run() {
        write_header();
        install_faults();
        for (const Step& step : scenario_.steps) {
            at(step.at_us, [this, &step] { act(step); });
        }
        if (scenario_.heal_us > 0) at(scenario_.heal_us, [this] { heal(); });
        const bool is_over = run_to(scenario_.start_us + scenario_.horizon_us);
        write_footer(is_over);
        return {.trace = std::move(trace_text_),
                .hash = hash_,
                .lines = static_cast<std::int64_t>(trace().count()),
                .points = process_.points()};
    }

    // What the provider sends to the shop; from here on it travels.
    void send(const WebhookAttempt& attempt) override {
        const auto line = static_cast<std::int64_t>(trace().count()) - 1;  // Its `hook`.
        after(kWebhookDeadlineUs,
              [this, number = attempt.number] { deliveries_.answered(number, 0); });
        after(scenario_.latency.webhook_us, [this, attempt, line] { deliver(attempt, line); });
    }

private:
    // false: it does not come to rest.
    bool run_to(std::int64_t end_us) {
        // The merchant is asked before each move, and a last time when nothing is left.
        for (std::uint64_t moves = 0; moves < kActionsMax; ++moves) {
            const std::int64_t moment_us = shop_->may_move_to(end_us);
            const bool has_next = timeline().has_next() && timeline().next_us() <= end_us;
            if (timeline().now_us() == end_us && !has_next) return true;
            if (!timeline().advance_to(moment_us, kActionsMax)) return false;
        }
        return false;
    }

    simulator::Timeline& timeline() { return simulator_.timeline(); }
    simulator::Trace& trace() { return simulator_.trace(); }
    void at(std::int64_t since_start_us, simulator::Timeline::Action action) {
        timeline().at(scenario_.start_us + since_start_us, std::move(action));
    }
    void after(std::int64_t duration_us, simulator::Timeline::Action action) {
        timeline().at(timeline().now_us() + duration_us, std::move(action));
    }

    void write_header() {
        trace().add(timeline().now_us(), "run", [&](JsonWriter& json) {
            json.number("trace", 1);
            json.text("shop", cast_.name);
            json.text("transport", cast_.transport);
            json.text("determinism", cast_.determinism);
            if (cast_.window_us > 0) json.number("window_us", cast_.window_us);
            if (header_ == Header::without_scenario) return;
            const std::string text = canonical(scenario_);
            json.text("scenario_sha256", sha256_hex(text));
            json.raw("scenario", text);
        });
    }

    void write_footer(bool is_over) {
        note_balances(simulator_);
        if (!is_over) {
            process_.note("endless", [](JsonWriter& json) {
                json.number("actions", static_cast<std::int64_t>(kActionsMax));
            });
        }
        hash_ = trace().hash();
        trace().add(timeline().now_us(), "end", [&](JsonWriter& json) {
            json.number("events", static_cast<std::int64_t>(trace().count()));
            json.text("hash", fmt::format("{:016x}", hash_));
        });
    }

    void install_faults() {
        // A file was checked when it was read, and code that makes faults makes good ones.
        for (const auto& fault : scenario_.faults) (void)simulator_.faults().add(fault);
        for (const auto& fault : scenario_.webhook_faults) (void)deliveries_.faults().add(fault);
    }

    void heal() {
        simulator_.faults().clear();
        deliveries_.faults().clear();
        trace().add(timeline().now_us(), "heal", [](JsonWriter&) {});
    }

    void act(const Step& step) {
        const std::int64_t line = process_.note("step", [&](JsonWriter& json) {
            json.text("order", step.order);
            json.text("do", to_string(step.action));
            if (step.amount > 0) json.number("amount", step.amount);
            if (!step.currency.empty()) json.text("currency", step.currency);
            if (!step.card.empty()) json.text("card", step.card);
            if (!step.refund.empty()) json.text("refund", step.refund);
            if (!process_.is_up()) json.flag("is_lost", true);
        });
        if (process_.is_up()) shop_->act(step, line);
    }

    // What a receiver with the secret and a clock must think of the attempt now.
    std::string_view true_state_of(const WebhookAttempt& attempt) {
        const std::string_view header = attempt.signature;
        const std::int64_t moment_s = simulator::signed_at(attempt.signature);
        const std::array<std::string, 1> secrets = {std::string(kWebhookSecret)};
        if (simulator::webhook_signature(*attempt.payload, moment_s, secrets) != header) {
            return "bad";
        }
        const bool is_old = std::abs(timeline().now_s() - moment_s) > simulator::kSignatureAgeMaxS;
        return is_old ? "old" : "good";
    }

    void deliver(const WebhookAttempt& attempt, std::int64_t line) {
        if (!process_.is_up()) {
            deliveries_.answered(attempt.number, 0);  // Nobody listens: the connection is refused.
            return;
        }
        std::int64_t received = -1;
        const auto texts = json_texts(*attempt.payload, {"/id", "/type"});
        process_.caused_by(line, [&] {
            received = process_.note("hook_got", [&](JsonWriter& json) {
                json.text("event", texts[0]);
                json.text("type", texts[1]);
                json.text("signature", true_state_of(attempt));
            });
        });
        shop_->receive({.signature = attempt.signature, .payload = attempt.payload}, received,
                       [this, number = attempt.number](int status) {
                           after(scenario_.latency.response_us,
                                 [this, number, status] { deliveries_.answered(number, status); });
                       });
    }

    const Scenario& scenario_;
    const Cast& cast_;
    Header header_;
    std::string trace_text_ = {};
    std::uint64_t hash_ = 0;
    simulator::Simulator simulator_;
    simulator::Deliveries deliveries_;
    Process process_;
    Shoppers shoppers_;
    Store store_;
    Provider provider_;
    std::unique_ptr<Merchant> shop_;
};

}  // namespace

Played play(const Scenario& scenario, const Cast& cast, Header header) {
    return std::make_unique<Stage>(scenario, cast, header)->run();
}

Played play(const Scenario& scenario, const ShopKind& shop, Header header) {
    const Cast cast{.name = std::string(shop.name), .make = [&shop](const ShopParts& parts) {
                        return std::make_unique<Shop>(shop.policy, parts);
                    }};
    return play(scenario, cast, header);
}

std::int64_t first_difference(std::string_view one, std::string_view other) {
    const auto parted = std::ranges::mismatch(one, other);
    if (parted.in1 == one.end() && parted.in2 == other.end()) return -1;
    return std::count(one.begin(), parted.in1, '\n');
}

}  // namespace onsite::scenarios

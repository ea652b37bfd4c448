// Whatever clients do with idempotency keys, also while the first request still runs, each provider
// answers as the model says, and what a key stands for happens once.

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "tests/property/property.hpp"
#include "tests/property/simulator/key_model.hpp"
#include "tests/support/stripe_client.hpp"

namespace onsite::simulator::testing {
namespace {

// What goes wrong with a request: nothing, it takes long, or an error on either side of its commit.
enum class Flaw { none, slow, too_many, locked, fails_before, fails_after };

struct Command {
    bool is_wait = false;
    std::string key = {};
    KeyUse use = {};
    Flaw flaw = Flaw::none;
    bool is_reversed = false;  // Its parameters in another order, which changes nothing.
    std::int64_t seconds = 0;  // Of a wait, and of what is slow.
};

void showValue(const Command& command, std::ostream& out) {
    if (command.is_wait) {
        out << fmt::format("{{wait {} s}}", command.seconds);
        return;
    }
    out << fmt::format("{{key '{}', wish {} {}, flaw {}, {} s, {}}}", command.key.substr(0, 9),
                       static_cast<int>(command.use.wish), command.use.is_other,
                       static_cast<int>(command.flaw), command.seconds, command.is_reversed);
}

constexpr std::int64_t kDaySeconds = 86'400;

rc::Gen<Command> any_command() {
    return rc::gen::exec([] {
        Command command;
        command.is_wait = *rc::gen::inRange(0, 4) == 0;
        if (command.is_wait) {
            command.seconds = *rc::gen::element<std::int64_t>(
                0, 1, 3'600, kDaySeconds - 1, kDaySeconds, 30 * kDaySeconds - 1, 30 * kDaySeconds);
            return command;
        }
        command.key = *rc::gen::element<std::string>("a", "a", "a", "b", "");
        command.use.wish =
            *rc::gen::element(Wish::customer, Wish::customer, Wish::payment, Wish::declined_payment,
                              Wish::wrong_param, Wish::too_small);
        command.use.is_other = *rc::gen::inRange(0, 4) == 0;
        command.flaw =
            *rc::gen::element(Flaw::none, Flaw::none, Flaw::none, Flaw::slow, Flaw::slow,
                              Flaw::too_many, Flaw::locked, Flaw::fails_before, Flaw::fails_after);
        command.is_reversed = *rc::gen::arbitrary<bool>();
        command.seconds = *rc::gen::element<std::int64_t>(1, 3'600, 2 * kDaySeconds);
        return command;
    });
}

Params params_for(const KeyUse& use, bool is_reversed) {
    std::vector<std::pair<std::string, std::string>> values;
    if (use.is_customer()) {
        values = {{"name", use.is_other ? "Bea" : "Ada"}, {"metadata[a]", "1"}};
        if (use.wish == Wish::wrong_param) values.emplace_back("nam", "Ada");
    } else {
        std::string amount = use.wish == Wish::too_small ? "1" : "1999";
        if (use.is_other) amount = use.wish == Wish::too_small ? "2" : "2999";
        values = {
            {"amount", amount},
            {"currency", "usd"},
            {"confirm", "true"},
            {"payment_method",
             use.wish == Wish::declined_payment ? "pm_card_visa_chargeDeclined" : "pm_card_visa"}};
    }
    if (is_reversed) std::ranges::reverse(values);
    return params_of(values);
}

class Bench {
public:
    explicit Bench(const KeyRules& rules) : rules_(rules), model_(rules) {}

    void run(const Command& command) {
        if (command.is_wait) {
            wait(command.seconds);
        } else {
            send(command);
        }
        World* world = simulator_.find_world("sk_test_1");
        if (world == nullptr) return;
        RC_ASSERT(world->tables.customers.rows().size() == model_.customers());
        RC_ASSERT(world->tables.payment_intents.rows().size() == model_.payments());
    }

private:
    struct Sent {
        Command command;
        std::optional<ApiResponse> answer;
    };
    struct Slow {
        std::int64_t due_s;
        std::size_t number;
    };

    std::int64_t now_s() { return simulator_.timeline().now_s(); }

    void wait(std::int64_t seconds) {
        const std::int64_t end_s = now_s() + seconds;
        simulator_.timeline().advance_to(end_s * kSecond);
        std::ranges::sort(slow_, {},
                          [](const Slow& slow) { return std::pair(slow.due_s, slow.number); });
        while (!slow_.empty() && slow_.front().due_s <= end_s) {
            has_run(slow_.front().number);
            slow_.erase(slow_.begin());
        }
        for (const Slow& one : slow_) RC_ASSERT(!sent_[one.number]->answer);
    }

    void send(const Command& command) {
        const std::size_t number = sent_.size();
        const auto sent = sent_.emplace_back(std::make_shared<Sent>(Sent{command, {}}));
        const std::string operation = fmt::format("op{}", number);
        install(command, operation);
        simulator_.submit(
            {.method = Method::post,
             .path = command.use.is_customer() ? "/v1/customers" : "/v1/payment_intents",
             .params = params_for(command.use, command.is_reversed),
             .account_key = "sk_test_1",
             .idempotency_key = command.key,
             .operation = operation},
            [sent](ApiResponse response) { sent->answer = std::move(response); });
        simulator_.faults().clear();
        expect(number);
    }

    void install(const Command& command, const std::string& operation) {
        Fault fault{.operation = operation, .at = CutPoint::before_commit};
        switch (command.flaw) {
            case Flaw::none:
                return;
            case Flaw::slow:
                fault.kind = FaultKind::delay;
                fault.delay_us = command.seconds * kSecond;
                break;
            case Flaw::too_many:
                fault.kind = FaultKind::rate_limit;
                break;
            case Flaw::locked:
                fault.kind = FaultKind::lock_timeout;
                break;
            case Flaw::fails_before:
                fault.kind = FaultKind::status;
                break;
            case Flaw::fails_after:
                fault.kind = FaultKind::status;
                fault.at = CutPoint::after_commit;
                break;
        }
        RC_ASSERT(simulator_.faults().add(fault));
    }

    void expect(std::size_t number) {
        const Command& command = sent_[number]->command;
        switch (command.flaw) {
            case Flaw::too_many:
            case Flaw::locked:
                return answered(number, 429,
                                command.flaw == Flaw::locked ? "lock_timeout" : "rate_limit");
            case Flaw::fails_before:
                return answered(number, 500, "");
            default:
                break;
        }
        const KeyVerdict verdict = model_.begin(command.key, command.use, number, now_s());
        using Kind = KeyVerdict::Kind;
        switch (verdict.kind) {
            case Kind::runs:
                if (command.flaw != Flaw::slow) return has_run(number);
                RC_ASSERT(!sent_[number]->answer);
                slow_.push_back({now_s() + command.seconds, number});
                return;
            case Kind::replays:
                return replayed(number, *sent_[verdict.first]->answer);
            case Kind::mismatch:
                return answered(number, verdict.status, "", "with the same parameters");
            case Kind::other_endpoint:
                return answered(number, verdict.status, "", "for the same endpoint");
            case Kind::in_use:
                return answered(number, verdict.status, "idempotency_key_in_use");
            case Kind::missing:
                return answered(number, verdict.status, "idempotency_key_missing");
        }
    }

    void has_run(std::size_t number) {
        const Command& command = sent_[number]->command;
        const bool has_failed = command.flaw == Flaw::fails_after && !command.use.is_refused();
        const int status = has_failed ? 500 : command.use.status();
        answered(number, status);
        model_.end(command.key, command.use, status);
    }

    void answered(std::size_t number, int status, std::optional<std::string> code = {},
                  const std::string& words = {}) {
        const auto& answer = sent_[number]->answer;
        RC_ASSERT(answer.has_value());
        if (answer->status != status) RC_LOG() << *answer->body << "\n";
        RC_ASSERT(answer->status == status);
        RC_ASSERT(!answer->is_replayed);
        if (!code) return;
        const auto error = nlohmann::json::parse(*answer->body)["error"];
        RC_ASSERT(error.value("code", "") == *code);
        RC_ASSERT(error["message"].get<std::string>().find(words) != std::string::npos);
        RC_ASSERT(words.empty() || error["type"] == "idempotency_error");
    }

    void replayed(std::size_t number, const ApiResponse& first) {
        const auto& answer = sent_[number]->answer;
        RC_ASSERT(answer.has_value());
        RC_ASSERT(answer->is_replayed);
        RC_ASSERT(answer->status == first.status);
        RC_ASSERT(*answer->body == *first.body);
        RC_ASSERT(answer->original_request == first.request_id);
        RC_ASSERT(answer->request_id != first.request_id);
    }

    const KeyRules& rules_;
    KeyModel model_;
    Simulator simulator_{
        {.seed = 7, .profile = find_profile(rules_.profile), .start_us = 1'767'603'600 * kSecond}};
    std::vector<std::shared_ptr<Sent>> sent_;
    std::vector<Slow> slow_;
};

class KeysProperty : public ::testing::TestWithParam<KeyRules> {};

TEST_P(KeysProperty, AreAsTheModelSays) {
    expect_property(
        [] {
            const auto commands = *rc::gen::container<std::vector<Command>>(any_command());
            Bench bench(GetParam());
            for (const Command& command : commands) bench.run(command);
            bench.run({.is_wait = true, .seconds = 3 * kDaySeconds});
        },
        200);
}

INSTANTIATE_TEST_SUITE_P(Profiles, KeysProperty, ::testing::ValuesIn(kKeyRules),
                         [](const auto& test) {
                             std::string name = test.param.profile;
                             std::erase(name, '-');
                             return name;
                         });

}  // namespace
}  // namespace onsite::simulator::testing

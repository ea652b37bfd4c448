// Whatever a client does, payment intents and the balance are as the model says, the ledger sums to
// zero, and the same commands leave the same trace.

#include <fmt/format.h>

#include "simulator/payments/authentication.hpp"
#include "tests/property/property.hpp"
#include "tests/property/simulator/payment_model.hpp"
#include "tests/support/stripe_client.hpp"

namespace onsite::simulator::testing {
namespace {

enum class Op { create, confirm, authenticate, capture, cancel, refund, change, pay_out, wait };

struct Command {
    Op op = Op::create;
    std::size_t intent = 0;
    std::int64_t amount = 0;
    // How far from what is left to capture, to refund or to pay out; `amount` when it is far.
    std::int64_t near = 0;
    bool is_near = false;
    int card = -1;
    bool flag = false;
};

void showValue(const Command& command, std::ostream& out) {
    out << fmt::format("{{op {}, intent {}, amount {}, near {} {}, card {}, {}}}",
                       static_cast<int>(command.op), command.intent, command.amount,
                       command.is_near, command.near, command.card, command.flag);
}

rc::Gen<Command> any_command() {
    return rc::gen::exec([] {
        Command command;
        // Confirmations twice: they lead everywhere else.
        command.op =
            *rc::gen::element(Op::create, Op::confirm, Op::confirm, Op::authenticate, Op::capture,
                              Op::cancel, Op::refund, Op::change, Op::pay_out, Op::wait);
        command.intent = *rc::gen::inRange<std::size_t>(0, 3);
        command.amount = *rc::gen::element<std::int64_t>(50, 51, 400, 999, 1000, 1001, 99'999'999);
        command.is_near = *rc::gen::arbitrary<bool>();
        command.near = *rc::gen::inRange<std::int64_t>(-1, 2);
        command.card = *rc::gen::inRange(-1, 4);
        command.flag = *rc::gen::arbitrary<bool>();
        return command;
    });
}

// One account, with its commands given to the simulator and to the model.
class Bench {
public:
    void run(const Command& command) {
        if (command.op == Op::create || ids_.empty()) return create(command);
        const std::size_t place = command.intent % ids_.size();
        ModelIntent& intent = model_.intents[place];
        const std::string path = "/v1/payment_intents/" + ids_[place];
        const std::int64_t number = amount_of(command, intent);
        const std::string amount = std::to_string(number);
        switch (command.op) {
            case Op::create:
                break;
            case Op::confirm:
                return expect(
                    command.card < 0
                        ? client_.post(path + "/confirm")
                        : client_.post(path + "/confirm",
                                       {{"payment_method", kModelCardNames[command.card]}}),
                    model_.confirm(intent, command.card));
            case Op::authenticate: {
                const bool is_done =
                    complete_authentication(world(), ids_[place], command.flag).has_value();
                RC_ASSERT(is_done == model_.authenticate(intent, command.flag));
                return;
            }
            case Op::capture:
                return expect(client_.post(path + "/capture", {{"amount_to_capture", amount}}),
                              model_.capture(intent, number));
            case Op::cancel:
                return expect(client_.post(path + "/cancel"), model_.cancel(intent));
            case Op::refund:
                return expect(client_.post("/v1/refunds",
                                           {{"payment_intent", ids_[place]}, {"amount", amount}}),
                              model_.refund(intent, number));
            case Op::change:
                return expect(client_.post(path, {{"amount", amount}}),
                              model_.change_amount(intent, command.amount));
            case Op::pay_out:
                return expect(
                    client_.post("/v1/payouts", {{"amount", amount}, {"currency", "usd"}}),
                    model_.pay_out(number));
            case Op::wait: {
                const std::int64_t seconds = (command.flag ? 1 : 3) * PaymentModel::kDayS;
                model_.wait(seconds);
                Timeline& timeline = simulator_.timeline();
                timeline.advance_to(timeline.now_us() + seconds * kSecond);
                return;
            }
        }
    }

    void compare() {
        for (std::size_t i = 0; i < ids_.size(); ++i) {
            const ModelIntent& expected = model_.intents[i];
            const Reply reply =
                client_.get("/v1/payment_intents/" + ids_[i], {{"expand[]", "latest_charge"}});
            const auto& body = reply.body;
            RC_ASSERT(body["status"] == expected.status);
            RC_ASSERT(body["amount"] == expected.amount);
            RC_ASSERT(body["amount_capturable"] == expected.capturable);
            RC_ASSERT(body["amount_received"] == expected.received);
            RC_ASSERT(body["payment_method"].is_null() == (expected.card < 0));
            RC_ASSERT(body["next_action"].is_null() == (expected.status != "requires_action"));
            if (expected.status != "succeeded") continue;
            const std::int64_t released = expected.amount - expected.received;
            const auto& charge = body["latest_charge"];
            RC_ASSERT(charge["amount_refunded"] == released + expected.refunded);
            RC_ASSERT(charge["amount_refunded"] <= charge["amount"]);
            RC_ASSERT(charge["disputed"] == expected.is_disputed);
        }
        compare_money();
    }

    std::uint64_t trace_hash() { return simulator_.trace().hash(); }

private:
    World& world() { return *simulator_.find_world("sk_test_1"); }

    std::int64_t amount_of(const Command& command, const ModelIntent& intent) const {
        const std::int64_t left = command.op == Op::capture   ? intent.capturable
                                  : command.op == Op::refund  ? intent.received - intent.refunded
                                  : command.op == Op::pay_out ? model_.available()
                                                              : 0;
        const std::int64_t amount = left + command.near;
        const bool is_good = command.is_near && left > 1 && amount <= kAmountMax;
        return is_good ? amount : command.amount;
    }

    void create(const Command& command) {
        if (ids_.size() == 3) return;
        const Reply made = client_.post(
            "/v1/payment_intents", {{"amount", std::to_string(command.amount)},
                                    {"currency", "usd"},
                                    {"capture_method", command.flag ? "manual" : "automatic"}});
        model_.create(command.amount, command.flag);
        expect(made, 200);
        ids_.push_back(made.text("/id"));
    }

    void expect(const Reply& reply, int status) {
        if (reply.status() != status) RC_LOG() << reply.body.dump(1) << "\n";
        RC_ASSERT(reply.status() == status);
        if (status == 402) {
            RC_ASSERT(reply.body["error"]["payment_intent"]["status"] == "requires_payment_method");
        }
    }

    void compare_money() {
        const Reply balance = client_.get("/v1/balance");
        RC_ASSERT(balance.body["available"][0]["amount"] == model_.available());
        RC_ASSERT(balance.body["pending"][0]["amount"] == model_.pending());
        const Ledger& ledger = world().tables.ledger;
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < kLedgerAccounts; ++i) {
            sum += ledger.balance(static_cast<LedgerAccount>(i), "usd");
        }
        RC_ASSERT(sum == 0);
        std::int64_t net = 0;
        for (const auto& line : world().tables.balance_transactions.rows()) {
            net += line.amount - line.fee;
        }
        RC_ASSERT(net == model_.available() + model_.pending());
    }

    Simulator simulator_{{.seed = 7, .start_us = 1'767'603'600 * kSecond}};
    StripeClient client_{simulator_};
    PaymentModel model_;
    std::vector<std::string> ids_;
};

TEST(PaymentsProperty, IntentsAndMoneyAreAsTheModelSays) {
    expect_property(
        [] {
            const auto commands = *rc::gen::container<std::vector<Command>>(any_command());
            Bench bench;
            for (const Command& command : commands) {
                bench.run(command);
                bench.compare();
            }
        },
        150);
}

TEST(PaymentsProperty, TheSameCommandsLeaveTheSameTrace) {
    expect_property(
        [] {
            const auto commands = *rc::gen::container<std::vector<Command>>(any_command());
            Bench first;
            Bench second;
            for (const Command& command : commands) {
                first.run(command);
                second.run(command);
                RC_ASSERT(first.trace_hash() == second.trace_hash());
            }
        },
        50);
}

TEST(PaymentsProperty, RefundsGiveBackWhatIsLeftAndNoMore) {
    expect_property(
        [] {
            const auto paid = *rc::gen::inRange<std::int64_t>(50, 2'000);
            // How far each refund is from what is left.
            const auto steps = *rc::gen::container<std::vector<std::int64_t>>(
                rc::gen::element<std::int64_t>(-900, -100, -2, -1, 0, 1, 2));
            Simulator simulator{{.seed = 7, .start_us = 1'767'603'600 * kSecond}};
            StripeClient client{simulator};
            const std::string intent =
                client
                    .post("/v1/payment_intents", {{"amount", std::to_string(paid)},
                                                  {"currency", "usd"},
                                                  {"confirm", "true"},
                                                  {"payment_method", "pm_card_visa"}})
                    .text("/id");
            std::int64_t left = paid;
            for (const std::int64_t step : steps) {
                if (left + step <= 0) continue;
                const Reply refund = client.post(
                    "/v1/refunds",
                    {{"payment_intent", intent}, {"amount", std::to_string(left + step)}});
                RC_ASSERT(refund.status() == (step <= 0 ? 200 : 400));
                if (step <= 0) left -= left + step;
                const Reply charge = client.get("/v1/charges");
                RC_ASSERT(charge.body["data"][0]["amount_refunded"] == paid - left);
            }
        },
        100);
}

}  // namespace
}  // namespace onsite::simulator::testing

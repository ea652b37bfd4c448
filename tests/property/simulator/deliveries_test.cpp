// Whatever happens to events, endpoints, secrets and answers, webhooks are told of as promised.

#include "simulator/webhooks/deliveries.hpp"

#include <fmt/format.h>

#include "simulator/resources/webhook_endpoints.hpp"
#include "simulator/webhooks/signature.hpp"
#include "tests/property/property.hpp"
#include "tests/property/simulator/delivery_auditor.hpp"
#include "tests/support/stripe_client.hpp"

namespace onsite::simulator::testing {
namespace {

enum class Op { create, update, add_endpoint, turn, remove, roll, answer, wait, fault, sender };

struct Command {
    Op op = Op::create;
    std::size_t which = 0;
    int status = 200;
    std::int64_t us = 0;
    WebhookFault fault = {};
    bool flag = false;
};

void showValue(const Command& command, std::ostream& out) {
    out << fmt::format("{{op {}, which {}, status {}, {} us, {}", static_cast<int>(command.op),
                       command.which, command.status, command.us, command.flag);
    if (command.op == Op::fault) {
        out << fmt::format(", {} of {} {}, attempt {}, {} us", to_string(command.fault.kind),
                           command.fault.event_type, command.fault.nth, command.fault.attempt,
                           command.fault.delay_us);
    }
    out << "}";
}

rc::Gen<WebhookFault> any_fault() {
    return rc::gen::exec([] {
        WebhookFault fault;
        fault.event_type =
            *rc::gen::element<std::string>("*", "customer.created", "customer.updated");
        fault.nth = *rc::gen::inRange<std::int64_t>(0, 5);
        fault.kind = *rc::gen::elementOf(kWebhookFaultKinds);
        // What is dropped at each attempt is never told: of that there is an example elsewhere.
        fault.attempt =
            *rc::gen::inRange<std::int64_t>(fault.kind == WebhookFaultKind::drop ? 1 : 0, 4);
        fault.delay_us = *rc::gen::element<std::int64_t>(0, kSecond, kMinute, 2 * kHour);
        return fault;
    });
}

rc::Gen<Command> any_command() {
    return rc::gen::exec([] {
        Command command;
        command.op = *rc::gen::element(Op::create, Op::create, Op::update, Op::add_endpoint,
                                       Op::turn, Op::remove, Op::roll, Op::answer, Op::answer,
                                       Op::answer, Op::wait, Op::wait, Op::fault, Op::sender);
        command.which = *rc::gen::inRange<std::size_t>(0, 4);
        command.status = *rc::gen::element(200, 204, 299, 0, 199, 302, 400, 500);
        command.us = *rc::gen::element<std::int64_t>(0, kSecond, kMinute - 1, kMinute, 5 * kMinute,
                                                     2 * kHour, kDay);
        if (command.op == Op::fault) command.fault = *any_fault();
        command.flag = *rc::gen::arbitrary<bool>();
        return command;
    });
}

// One account, its endpoints, and whoever answers for them.
class Bench : private WebhookSender {
public:
    Bench() { deliveries_.set_sender(this); }
    ~Bench() override { deliveries_.set_sender(nullptr); }

    void run(const Command& command) {
        switch (command.op) {
            case Op::create:
                client_.post("/v1/customers");
                break;
            case Op::update:
                change_a_customer();
                break;
            case Op::add_endpoint:
                add_endpoint(command);
                break;
            case Op::turn:
                turn(command.which, command.flag);
                break;
            case Op::remove:
                remove(command.which);
                break;
            case Op::roll:
                roll(command.which, command.us);
                break;
            case Op::answer:
                answer(command.which, command.status);
                break;
            case Op::wait:
                run_for(command.us);
                break;
            case Op::fault:
                if (deliveries_.faults().add(command.fault))
                    auditor_.faults.push_back(command.fault);
                break;
            case Op::sender:
                set_sender(command.flag);
                break;
        }
        run_for(0);
        check();
    }

    // Everybody answers well from now on.
    void settle() {
        set_sender(true);
        for (int round = 0; round < 40 || !waiting_.empty(); ++round) {
            RC_ASSERT(round < 10'000);
            if (waiting_.empty()) run_for(12 * kHour);
            while (!waiting_.empty()) answer(0, 200);
            run_for(0);
            check();
        }
    }

    void everything_was_told() {
        std::map<std::string, std::int64_t> missing;
        for (const auto& [id, delivery] : auditor_.deliveries) {
            const auto& [endpoint, event, is_copy] = id;
            if (!delivery.is_done && !is_copy) ++missing[event];
            if (delivery.is_done || delivery.is_stopped || delivery.is_given_up) continue;
            RC_FAIL("never told: " + event + " to " + endpoint);
        }
        for (const auto& [id, event] : auditor_.events) {
            RC_ASSERT(world().tables.events.find(id)->pending_webhooks == missing[id]);
        }
    }

    const std::vector<std::string>& sent() const { return sent_; }
    std::uint64_t trace_hash() { return simulator_.trace().hash(); }

private:
    World& world() { return *simulator_.find_world("sk_test_1"); }
    std::int64_t now_us() { return simulator_.timeline().now_us(); }
    void run_for(std::int64_t us) { simulator_.timeline().advance_to(now_us() + us); }
    void check() const {
        if (auditor_.complaint) RC_FAIL(*auditor_.complaint);
    }

    void set_sender(bool is_there) {
        if (has_sender_ == is_there) return;
        has_sender_ = is_there;
        deliveries_.set_sender(is_there ? this : nullptr);
    }

    void change_a_customer() {
        if (client_.get("/v1/customers").body["data"].empty()) return;
        const std::string id = client_.get("/v1/customers").text("/data/0/id");
        client_.post("/v1/customers/" + id, {{"name", std::to_string(++changes_)}});
    }

    void add_endpoint(const Command& command) {
        if (ids_.size() == 4) return;
        const std::string type = command.flag ? "*" : "customer.created";
        const std::string url = fmt::format("http://127.0.0.1:1/{}", ids_.size());
        const Reply made =
            client_.post("/v1/webhook_endpoints", {{"url", url}, {"enabled_events[]", type}});
        RC_ASSERT(made.status() == 200);
        ids_.push_back(made.text("/id"));
        auditor_.endpoints[ids_.back()] = {.event_type = type,
                                           .secrets = {{made.text("/secret"), 0}}};
    }

    void turn(std::size_t which, bool is_on) {
        if (which >= ids_.size() || removed_.contains(which)) return;
        const Reply done = client_.post("/v1/webhook_endpoints/" + ids_[which],
                                        {{"disabled", is_on ? "false" : "true"}});
        RC_ASSERT(done.status() == 200);
        auditor_.endpoints[ids_[which]].is_on = is_on;
    }

    void remove(std::size_t which) {
        if (which >= ids_.size() || !removed_.insert(which).second) return;
        RC_ASSERT(client_.del("/v1/webhook_endpoints/" + ids_[which]).status() == 200);
        auditor_.endpoints[ids_[which]].is_on = false;
    }

    void roll(std::size_t which, std::int64_t keep_us) {
        if (which >= ids_.size() || removed_.contains(which)) return;
        auto& row = *world().tables.webhook_endpoints.find(ids_[which]);
        auto& secrets = auditor_.endpoints[ids_[which]].secrets;
        for (auto& [secret, end_us] : secrets) {
            if (end_us == 0) end_us = now_us() + keep_us;
        }
        if (keep_us == 0) secrets.clear();
        secrets.insert(secrets.begin(), {roll_secret(world(), row, keep_us), 0});
    }

    void answer(std::size_t which, int status) {
        if (waiting_.empty()) return;
        const auto chosen =
            std::next(waiting_.begin(), static_cast<std::ptrdiff_t>(which % waiting_.size()));
        const std::uint64_t number = *chosen;
        waiting_.erase(chosen);
        RC_ASSERT(deliveries_.answered(number, nobodys_.erase(number) > 0 ? 0 : status));
        RC_ASSERT(!deliveries_.answered(number, status));
    }

    void send(const WebhookAttempt& attempt) override {
        const auto found = auditor_.sendable.find(attempt.number);
        if (found == auditor_.sendable.end()) return blame("an attempt that nobody began");
        waiting_.insert(attempt.number);
        const auto& [endpoint_id, event_id, number] = found->second;
        const AuditedEndpoint& endpoint = auditor_.endpoints[endpoint_id];
        if (!endpoint.is_on && !attempt.url.empty()) {
            return blame("an attempt to an endpoint that is off");
        }
        if (attempt.url.empty()) {
            nobodys_.insert(attempt.number);
            return;
        }
        const AuditedEvent& event = auditor_.events[event_id];
        if (attempt.payload->find("\"id\":\"" + event_id + "\"") == std::string::npos) {
            return blame("the payload of another event");
        }
        std::int64_t signed_s = now_us() / kSecond;
        if (event.meets(WebhookFaultKind::stale_timestamp, number)) signed_s -= 600;
        std::string right = fmt::format("t={}", signed_s);
        for (const auto& [secret, end_us] : endpoint.secrets) {
            if (end_us != 0 && end_us <= now_us()) continue;
            const std::vector<std::string> one = {secret};
            const std::string signature = webhook_signature(*attempt.payload, signed_s, one);
            right += signature.substr(signature.find(','));
        }
        const bool is_right = attempt.signature == right;
        if (is_right == event.meets(WebhookFaultKind::corrupt_signature, number)) {
            return blame("the signature " + attempt.signature + ", not " + right);
        }
        sent_.push_back(fmt::format("{} {} {} {} {}", now_us(), attempt.number, attempt.url,
                                    attempt.signature, *attempt.payload));
    }

    void blame(const std::string& what) {
        if (!auditor_.complaint) auditor_.complaint = "sent " + what;
    }

    DeliveryAuditor auditor_;
    Simulator simulator_{{.seed = 7,
                          .start_us = 1'767'603'600 * kSecond,
                          .trace_sink = [this](std::string_view line) {
                              auditor_.read(line, simulator_.timeline().now_us());
                          }}};
    Deliveries deliveries_{simulator_};
    StripeClient client_{simulator_};
    bool has_sender_ = true;
    int changes_ = 0;
    std::vector<std::string> ids_;
    std::set<std::size_t> removed_;
    std::set<std::uint64_t> waiting_;  // Sent and not answered.
    std::set<std::uint64_t> nobodys_;  // Of them, those that go nowhere.
    std::vector<std::string> sent_;
};

TEST(DeliveriesProperty, EveryEventReachesWhoWantsItAsItShould) {
    expect_property(
        [] {
            const auto commands = *rc::gen::container<std::vector<Command>>(any_command());
            Bench bench;
            bench.run({.op = Op::add_endpoint, .flag = true});
            for (const Command& command : commands) bench.run(command);
            bench.settle();
            bench.everything_was_told();
        },
        300);
}

TEST(DeliveriesProperty, TheSameSeedGivesTheSameDeliveries) {
    expect_property(
        [] {
            const auto commands = *rc::gen::container<std::vector<Command>>(any_command());
            Bench benches[2];
            for (Bench& bench : benches) {
                bench.run({.op = Op::add_endpoint, .flag = true});
                for (const Command& command : commands) bench.run(command);
                bench.settle();
            }
            RC_ASSERT(benches[0].sent() == benches[1].sent());
            RC_ASSERT(benches[0].trace_hash() == benches[1].trace_hash());
        },
        50);
}

}  // namespace
}  // namespace onsite::simulator::testing

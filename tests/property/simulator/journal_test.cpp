// A state file that was cut at any byte is the state of the requests before the cut; one that was
// damaged in any other way is refused, and never a state that nobody had.

#include "simulator/server/journal.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "simulator/server/server.hpp"
#include "tests/property/property.hpp"
#include "tests/support/command.hpp"
#include "tests/support/raw_client.hpp"

namespace onsite::simulator::testing {
namespace {

using onsite::testing::RawClient;
using onsite::testing::read_text;
using onsite::testing::TemporaryFolder;
using onsite::testing::write_text;

struct Request {
    std::string method;
    std::string target;
    std::string body = {};
    std::string key = {};
};

void showValue(const Request& request, std::ostream& out) {
    out << request.method << " " << request.target << " " << request.body << " " << request.key;
}

rc::Gen<Request> any_request() {
    return rc::gen::exec([] {
        const std::string name = *rc::gen::element<std::string>("Ada", "%C3%84", "%ff", "a\nb\"\\");
        const std::string key = *rc::gen::element<std::string>("", "k", "l");
        return *rc::gen::element<Request>(
            Request{"POST", "/v1/customers", "name=" + name, key},
            Request{"POST", "/v1/payment_intents",
                    "amount=1999&currency=usd&confirm=true&payment_method=pm_card_visa", key},
            Request{"GET", "/v1/customers"}, Request{"GET", "/_onsitex"},
            Request{"POST", "/_onsite/clock", R"({"advance": 3600})"},
            Request{"POST", "/_onsite/seed", R"({"seed": 8})"},
            Request{"POST", "/_onsite/faults", R"({"at":"response","kind":"bad_json"})"});
    });
}

class Machine {
public:
    // What it said when it did not start.
    std::string start() {
        server_.reset();
        auto started = Server::start(
            {.session = {.seed = 7, .start_us = 1'767'603'600 * kSecond}, .state_file = state},
            clock_);
        if (!started) return started.error().message;
        server_ = std::move(*started);
        return {};
    }
    void stop() { server_.reset(); }

    void ask(const Request& request) {
        RawClient client(server_->port());
        client.send(fmt::format(
            "{} {} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer sk_test_1\r\n"
            "Connection: close\r\nIdempotency-Key: {}\r\nContent-Length: {}\r\n\r\n{}",
            request.method, request.target, request.key, request.body.size(), request.body));
        RC_ASSERT(client.read_all().starts_with("HTTP/1.1 "));
    }

    // All that decides what comes next: the trace, the clock and the seed.
    std::string story() {
        RawClient client(server_->port());
        client.send("GET /_onsite/state HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        const std::string answer = client.read_all();
        const auto state_now = nlohmann::json::parse(answer.substr(answer.find("\r\n\r\n")));
        return fmt::format("{} {} {}", state_now["trace"].dump(), state_now["now"].dump(),
                           state_now["seed"].dump());
    }

private:
    TemporaryFolder folder_;
    SystemClock clock_;
    std::unique_ptr<Server> server_;

public:
    const std::string state = folder_.path() / "state";
};

std::vector<Request> any_requests() {
    return *rc::gen::resize(8, rc::gen::container<std::vector<Request>>(any_request()));
}

TEST(JournalProperty, CutAtAnyByteItIsWhatWasAcknowledgedBefore) {
    expect_property(
        [] {
            Machine machine;
            RC_ASSERT(machine.start() == "");
            std::vector<std::string> stories = {machine.story()};
            for (const Request& request : any_requests()) {
                machine.ask(request);
                stories.push_back(machine.story());
            }
            machine.stop();
            const std::string whole = read_text(machine.state);
            RC_ASSERT(static_cast<std::size_t>(std::ranges::count(whole, '\n')) == stories.size());
            const auto cut = *rc::gen::inRange<std::size_t>(0, whole.size() + 1);
            const std::string left = whole.substr(0, cut);
            const auto lines = static_cast<std::size_t>(std::ranges::count(left, '\n'));
            write_text(machine.state, left);
            RC_ASSERT(machine.start() == "");
            RC_ASSERT(machine.story() == stories[lines == 0 ? 0 : lines - 1]);
            // What is written behind the cut is read as well.
            machine.ask({"POST", "/v1/customers", "name=after"});
            const std::string after = machine.story();
            RC_ASSERT(machine.start() == "");
            RC_ASSERT(machine.story() == after);
        },
        40);
}

enum class Damage { flip, remove, insert, drop_line, repeat_line, swap_lines, join_lines };

std::string damaged(const std::string& whole, Damage damage) {
    std::string text = whole;
    const auto place = *rc::gen::inRange<std::size_t>(0, whole.size() - 1);
    const std::size_t begin = whole.rfind('\n', place) + 1;  // npos + 1 is 0.
    const std::size_t end = whole.find('\n', place) + 1;
    const std::string line = whole.substr(std::min(begin, place), end - std::min(begin, place));
    switch (damage) {
        case Damage::flip:
            text[place] = static_cast<char>(text[place] ^ *rc::gen::inRange(1, 256));
            break;
        case Damage::remove:
            text.erase(place, 1);
            break;
        case Damage::insert:
            text.insert(place, 1, *rc::gen::arbitrary<char>());
            break;
        case Damage::drop_line:
            text.erase(begin, line.size());
            // Without its end it is cut, which is no damage.
            RC_PRE(!whole.starts_with(text));
            break;
        case Damage::repeat_line:
            text.insert(end, line);
            break;
        case Damage::swap_lines:
            text = whole.substr(end) + whole.substr(0, end);
            RC_PRE(text != whole);
            break;
        case Damage::join_lines:
            text.erase(end - 1, 1);
            RC_PRE(end != whole.size());
            break;
    }
    return text;
}

TEST(JournalProperty, DamagedItIsRefusedAndStaysAsItIs) {
    expect_property(
        [] {
            Machine machine;
            RC_ASSERT(machine.start() == "");
            for (const Request& request : any_requests()) machine.ask(request);
            machine.stop();
            const auto damage = *rc::gen::element(
                Damage::flip, Damage::flip, Damage::remove, Damage::insert, Damage::drop_line,
                Damage::repeat_line, Damage::swap_lines, Damage::join_lines);
            const std::string text = damaged(read_text(machine.state), damage);
            write_text(machine.state, text);
            const std::string said = machine.start();
            RC_ASSERT(said.find("expected " + machine.state) == 0);
            RC_ASSERT(said.find("line ") != std::string::npos);
            RC_ASSERT(read_text(machine.state) == text);
        },
        60);
}

TEST(JournalProperty, AFileOfSomethingElseIsRefusedAndStaysAsItIs) {
    expect_property(
        [] {
            const auto text = *rc::gen::nonEmpty(rc::gen::string<std::string>());
            RC_PRE(text != "{");  // As a crash at the first byte leaves it.
            Machine machine;
            write_text(machine.state, text);
            RC_ASSERT(machine.start() != "");
            RC_ASSERT(read_text(machine.state) == text);
        },
        30);
}

}  // namespace
}  // namespace onsite::simulator::testing

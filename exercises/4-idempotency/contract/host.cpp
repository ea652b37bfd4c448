// The main of a C++ subject: one job after the other over JSON Lines, until stdin closes. A
// candidate writes payments.cpp and no I/O; this file is linked to it. wire.md has the form.
//
// Whatever the candidate's code prints goes to stderr, so that it cannot damage a line.

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <new>
#include <string>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "exercises/4-idempotency/contract/payments.hpp"

namespace onsite::idempotency::host {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kStatusOutOfMemory = 86;
constexpr int kStatusBadRequest = 87;

// Lines of the harness on stdin, of the client on its own descriptor.
class Wire {
public:
    explicit Wire(int replies) : replies_(replies) {}

    // False at the end of stdin.
    bool next(Json& message) {
        std::size_t end = 0;
        while ((end = pending_.find('\n')) == std::string::npos) {
            char block[1 << 14];
            const ssize_t got = ::read(STDIN_FILENO, block, sizeof block);
            if (got <= 0) return false;
            pending_.append(block, static_cast<std::size_t>(got));
        }
        message = Json::parse(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(end),
                              nullptr, false);
        pending_.erase(0, end + 1);
        if (message.is_discarded() || !message.contains("id")) std::_Exit(kStatusBadRequest);
        id_ = message["id"].get<std::string>();
        return true;
    }

    // Says one thing about the message that came last.
    void say(const char* what, Json value) {
        std::string line =
            Json{{"id", id_}, {what, std::move(value)}}.dump(-1, ' ', false, kReplaceBadUtf8);
        line += '\n';
        for (std::size_t at = 0; at < line.size();) {
            const ssize_t sent = ::write(replies_, line.data() + at, line.size() - at);
            if (sent <= 0) std::_Exit(kStatusBadRequest);
            at += static_cast<std::size_t>(sent);
        }
    }

    // Asks, and waits for the answer.
    Json ask(const char* what, Json value) {
        say(what, std::move(value));
        Json answer;
        if (!next(answer)) std::_Exit(0);  // Nobody is interested any more.
        return answer;
    }

private:
    static constexpr auto kReplaceBadUtf8 = Json::error_handler_t::replace;

    int replies_;
    std::string pending_;
    std::string id_;
};

Order order_of(const Json& from) {
    return {.id = from.at("id"),
            .amount = from.at("amount"),
            .currency = from.at("currency"),
            .card = from.at("card"),
            .email = from.at("email"),
            .payment_intent = from.at("payment_intent"),
            .status = from.at("status"),
            .payment = from.at("payment")};
}

Job job_of(const Json& from) {
    Job job{.is_redelivered = from.at("is_redelivered"),
            .order = order_of(from.at("order")),
            .refund = {},
            .attempts = from.at("attempts"),
            .backoff_ms = from.at("backoff_ms")};
    const std::string task = from.at("task");
    job.task = task == "pay" ? Task::pay : task == "confirm" ? Task::confirm : Task::refund;
    const std::string flow = from.at("flow");
    job.flow = flow == "one_call"    ? Flow::one_call
               : flow == "two_calls" ? Flow::two_calls
                                     : Flow::confirm_later;
    if (from.contains("refund")) {
        const Json& refund = from["refund"];
        job.refund = Refund{.id = refund.at("id"),
                            .payment_intent = refund.at("payment_intent"),
                            .amount = refund.at("amount")};
    }
    return job;
}

class WiredStripe final : public Stripe {
public:
    explicit WiredStripe(Wire& wire) : wire_(wire) {}

    Reply post(const std::string& path, const Params& params, const std::string& key) override {
        Json list = Json::array();
        for (const auto& [name, value] : params) list.push_back(Json::array({name, value}));
        const Json answer = wire_.ask("request", {{"method", "POST"},
                                                  {"path", path},
                                                  {"params", std::move(list)},
                                                  {"idempotency_key", key}});
        if (answer.contains("not_sent")) return {.known = Known::not_sent};
        if (answer.contains("unknown")) return {.known = Known::unknown};
        const Json& got = answer.at("answer");
        Reply reply{.known = Known::answered,
                    .status = got.at("status"),
                    .id = got.at("id"),
                    .state = got.at("state"),
                    .error_type = got.at("error_type"),
                    .error_code = got.at("error_code"),
                    .error_message = got.at("error_message")};
        if (got.contains("should_retry")) reply.should_retry = got["should_retry"].get<bool>();
        return reply;
    }

private:
    Wire& wire_;
};

class WiredStore final : public Store {
public:
    explicit WiredStore(Wire& wire) : wire_(wire) {}

    std::optional<std::string> get(const std::string& key) override {
        const Json answer = wire_.ask("store", {{"get", key}});
        if (answer.at("value").is_null()) return std::nullopt;
        return answer["value"].get<std::string>();
    }
    void put(const std::string& key, const std::string& value) override {
        wire_.ask("store", {{"put", Json::array({key, value})}});
    }
    Kept put_if_absent(const std::string& key, const std::string& value) override {
        const Json answer = wire_.ask("store", {{"put_if_absent", Json::array({key, value})}});
        return {.value = answer.at("value"), .is_new = answer.at("is_new")};
    }

private:
    Wire& wire_;
};

class WiredClock final : public Clock {
public:
    explicit WiredClock(Wire& wire) : wire_(wire) {}
    void sleep_ms(std::int64_t duration_ms) override { wire_.ask("sleep_ms", duration_ms); }

private:
    Wire& wire_;
};

class WiredOrders final : public Orders {
public:
    explicit WiredOrders(Wire& wire) : wire_(wire) {}
    Order get(const std::string& id) override {
        return order_of(wire_.ask("order", id).at("order"));
    }

private:
    Wire& wire_;
};

const char* name_of(Status status) {
    switch (status) {
        case Status::paid:
            return "paid";
        case Status::declined:
            return "declined";
        case Status::failed:
            return "failed";
        case Status::pending:
            return "pending";
        case Status::created:
            return "created";
        case Status::refunded:
            return "refunded";
        case Status::duplicate:
            return "duplicate";
    }
    return "";
}

// The descriptor for lines of the protocol; everything else that is printed goes to stderr.
int take_stdout() {
    const int replies = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (replies < 0 || ::dup2(STDERR_FILENO, STDOUT_FILENO) < 0) std::_Exit(kStatusBadRequest);
    std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
    return replies;
}

void serve(Wire& wire) {
    WiredStripe stripe(wire);
    WiredStore store(wire);
    WiredClock clock(wire);
    WiredOrders orders(wire);
    World world{.stripe = stripe, .store = store, .clock = clock, .orders = orders};
    for (Json message; wire.next(message);) {
        const Result result = work(job_of(message.at("job")), world);
        wire.say("done",
                 {{"status", name_of(result.status)}, {"payment_intent", result.payment_intent}});
    }
}

void append_escaped(std::string& out, std::string_view text) {
    constexpr char kDigits[] = "0123456789ABCDEF";
    for (const char c : text) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
        if (is_plain) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += kDigits[byte >> 4];
        out += kDigits[byte & 15];
    }
}

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned byte = 0;
        const bool is_escape =
            text[i] == '%' && i + 2 < text.size() &&
            std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16).ptr ==
                text.data() + i + 3;
        out += is_escape ? static_cast<char>(byte) : text[i];
        if (is_escape) i += 2;
    }
    return out;
}

}  // namespace
}  // namespace onsite::idempotency::host

namespace onsite::idempotency {

std::string to_text(const Params& params) {
    std::string out;
    for (const auto& [name, value] : params) {
        if (!out.empty()) out += '&';
        host::append_escaped(out, name);
        out += '=';
        host::append_escaped(out, value);
    }
    return out;
}

Params params_from(std::string_view text) {
    Params params;
    while (!text.empty()) {
        const std::string_view one = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(one.size() + 1, text.size()));
        const auto equals = std::min(one.find('='), one.size());
        params.emplace_back(host::unescaped(one.substr(0, equals)),
                            host::unescaped(one.substr(std::min(equals + 1, one.size()))));
    }
    return params;
}

}  // namespace onsite::idempotency

int main() {
    using namespace onsite::idempotency::host;
    try {
        Wire wire(take_stdout());
        serve(wire);
        return 0;
    } catch (const std::bad_alloc&) {
        std::fputs("out of memory\n", stderr);
        return kStatusOutOfMemory;
    }
}

#include "exercises/4-idempotency/checks/wire.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "simulator/wire/json_writer.hpp"

namespace onsite::idempotency {
namespace {

using scenarios::Flow;
using scenarios::Knowledge;
using scenarios::Outcome;
using scenarios::Row;
using simulator::JsonWriter;

std::string_view name_of(Flow flow) {
    switch (flow) {
        case Flow::one_call:
        case Flow::fulfil_on_webhook:  // The difference is the shop's, not the client's.
            return "one_call";
        case Flow::two_calls:
            return "two_calls";
        case Flow::confirm_on_webhook:
            return "confirm_later";
    }
    std::abort();
}

void write_order(JsonWriter& json, std::string_view id, const Row& row) {
    json.begin_object();
    json.text("id", id);
    json.number("amount", row.number("amount"));
    json.text("currency", row["currency"]);
    json.text("card", row["card"]);
    json.text("email", row["email"]);
    json.text("payment_intent", row["intent"]);
    json.text("status", row["status"]);
    json.number("payment", row.number("generation"));
    json.end_object();
}

// Reads one wish; the first thing that is wrong with it is kept.
class WishReader {
public:
    explicit WishReader(const Json& line) : line_(line) {}

    Result<Wish> read() {
        if (const Json* request = member("request")) read_request(*request);
        if (const Json* sleep = member("sleep_ms")) read_sleep(*sleep);
        if (const Json* store = member("store")) read_store(*store);
        if (const Json* order = member("order")) {
            wish_.kind = Wish::Kind::order;
            wish_.key = text(*order, "order");
        }
        if (const Json* done = member("done")) read_done(*done);
        if (forms_ != 1 || line_.size() != 2) {
            complain("expected an id and one of request, sleep_ms, store, order and done");
        }
        if (!problem_.empty()) return usage_error(problem_);
        return wish_;
    }

private:
    void complain(std::string problem) {
        if (problem_.empty()) problem_ = std::move(problem);
    }
    const Json* member(const char* name) {
        const auto found = line_.find(name);
        if (found == line_.end()) return nullptr;
        ++forms_;
        return &*found;
    }
    std::string text(const Json& value, const char* what) {
        if (!value.is_string()) {
            complain(fmt::format("expected {} to be a text", what));
            return {};
        }
        const auto& words = value.get_ref<const std::string&>();
        if (words.size() > kTextBytesMax) {
            complain(fmt::format("expected at most {} bytes in {}, found {}", kTextBytesMax, what,
                                 words.size()));
        }
        return words;
    }
    std::pair<std::string, std::string> two_texts(const Json& value, const char* what) {
        if (!value.is_array() || value.size() != 2) {
            complain(fmt::format("expected {} to be two texts", what));
            return {};
        }
        return {text(value[0], what), text(value[1], what)};
    }
    // Problems of a JsonReader are problems of the line.
    void finish(JsonReader& reader) {
        if (auto done = reader.finish(); !done) complain(done.error().message);
    }

    void read_request(const Json& request) {
        wish_.kind = Wish::Kind::request;
        JsonReader reader(request, "request");
        if (reader.text("method") != "POST") complain("expected the method POST");
        wish_.path = reader.text("path");
        wish_.key = reader.text_or("idempotency_key", "");
        const Json& params = reader.array("params");
        finish(reader);
        if (!wish_.path.starts_with("/v1/") || wish_.path.size() > kTextBytesMax) {
            complain("expected a path that begins with /v1/");
        }
        if (wish_.key.size() > kTextBytesMax) complain("expected a shorter idempotency_key");
        if (params.size() > kParamsMax) {
            complain(fmt::format("expected at most {} params", kParamsMax));
            return;
        }
        for (const Json& one : params) wish_.params.push_back(two_texts(one, "a param"));
    }

    void read_sleep(const Json& sleep) {
        wish_.kind = Wish::Kind::sleep;
        const bool is_good = sleep.is_number_integer() && sleep >= 0 && sleep <= kSleepMsMax;
        if (!is_good) {
            complain(fmt::format("expected sleep_ms from 0 to {}", kSleepMsMax));
            return;
        }
        wish_.duration_ms = sleep.get<std::int64_t>();
    }

    void read_store(const Json& store) {
        if (!store.is_object() || store.size() != 1) {
            return complain("expected store to have one of get, put and put_if_absent");
        }
        const std::string name = store.begin().key();
        if (name == "get") {
            wish_.kind = Wish::Kind::get;
            wish_.key = text(*store.begin(), "get");
        } else if (name == "put" || name == "put_if_absent") {
            wish_.kind = name == "put" ? Wish::Kind::put : Wish::Kind::put_if_absent;
            std::tie(wish_.key, wish_.value) = two_texts(*store.begin(), name.c_str());
        } else {
            complain("expected store to have one of get, put and put_if_absent");
        }
    }

    void read_done(const Json& done) {
        static constexpr std::array<std::string_view, 7> kStatuses = {
            "paid", "declined", "failed", "pending", "created", "refunded", "duplicate"};
        wish_.kind = Wish::Kind::done;
        JsonReader reader(done, "done");
        wish_.key = reader.text("status");
        wish_.value = reader.text_or("payment_intent", "");
        finish(reader);
        if (std::ranges::find(kStatuses, wish_.key) == kStatuses.end()) {
            complain(fmt::format("expected a status of the contract, found \"{}\"",
                                 wish_.key.substr(0, 40)));
        }
        if (wish_.value.size() > kTextBytesMax) complain("expected a shorter payment_intent");
    }

    const Json& line_;
    Wish wish_ = {};
    int forms_ = 0;
    std::string problem_ = {};
};

// Runs `write` with a writer, and gives what it wrote without the braces around it.
template <typename Write>
std::string members(const Write& write) {
    JsonWriter json;
    write(json);
    return std::string(json.written());
}

}  // namespace

std::string_view to_string(Task task) {
    switch (task) {
        case Task::pay:
            return "pay";
        case Task::confirm:
            return "confirm";
        case Task::refund:
            return "refund";
    }
    std::abort();
}

Result<Wish> wish_from(std::string_view line) {
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object()) return usage_error("expected a JSON object");
    return WishReader(json).read();
}

std::string job_members(const Job& job, const scenarios::ShopSettings& settings) {
    return members([&](JsonWriter& json) {
        json.key("job");
        json.begin_object();
        json.text("task", to_string(job.task));
        json.flag("is_redelivered", job.is_redelivered);
        json.text("flow", name_of(settings.flow));
        json.key("order");
        write_order(json, job.order, job.row);
        if (job.task == Task::refund) {
            json.key("refund");
            json.begin_object();
            json.text("id", job.refund.id);
            json.text("payment_intent", job.refund.payment_intent);
            json.number("amount", job.refund.amount);
            json.end_object();
        }
        json.number("attempts", settings.attempts);
        json.key("backoff_ms");
        json.begin_array();
        for (const std::int64_t pause_us : settings.backoff_us) json.value(pause_us / 1000);
        json.end_array();
        json.end_object();
    });
}

std::string outcome_members(const Outcome& outcome) {
    return members([&](JsonWriter& json) {
        if (outcome.status == 0) {
            json.flag(outcome.knowledge == Knowledge::not_done ? "not_sent" : "unknown", true);
            return;
        }
        json.key("answer");
        json.begin_object();
        json.number("status", outcome.status);
        json.text("id", outcome.text("/id"));
        json.text("state", outcome.text("/status"));
        json.text("error_type", outcome.text("/error/type"));
        json.text("error_code", outcome.text("/error/code"));
        json.text("error_message", outcome.text("/error/message"));
        if (outcome.should_retry) json.flag("should_retry", *outcome.should_retry);
        json.end_object();
    });
}

std::string value_members(const std::string* value) {
    return members([&](JsonWriter& json) {
        value == nullptr ? json.null("value") : json.text("value", *value);
    });
}

std::string kept_members(std::string_view value, bool is_new) {
    return members([&](JsonWriter& json) {
        json.text("value", value);
        json.flag("is_new", is_new);
    });
}

std::string order_members(std::string_view id, const Row& row) {
    return members([&](JsonWriter& json) {
        json.key("order");
        write_order(json, id, row);
    });
}

}  // namespace onsite::idempotency

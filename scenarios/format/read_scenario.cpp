#include "scenarios/format/read_scenario.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "base/files.hpp"
#include "base/json_words.hpp"
#include "base/parse_number.hpp"
#include "scenarios/format/duration.hpp"
#include "scenarios/format/position.hpp"
#include "scenarios/format/read_chaos.hpp"
#include "scenarios/format/words.hpp"
#include "scenarios/format/write_scenario.hpp"
#include "simulator/idempotency/profile.hpp"
#include "simulator/wire/currency.hpp"

namespace onsite::scenarios {
namespace {

using simulator::Fault;
using simulator::WebhookFault;

constexpr std::int64_t kNumberMax = 1'000'000'000;
constexpr std::int64_t kAmountMax = 99'999'999;  // Of a charge: docs.stripe.com/currencies.

std::string name_of(JsonReader& reader, const char* key, std::string name) {
    constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789-";
    const bool is_good = !name.empty() && name.size() <= 100 &&
                         name.find_first_not_of(kAllowed) == std::string::npos;
    if (!is_good) {
        reader.complain(key, fmt::format("expected 1 to 100 small letters, digits and \"-\", found "
                                         "\"{}\"",
                                         name));
    }
    return name;
}

void read_latency(JsonReader& reader, Latency& latency) {
    latency.request_us = duration_or(reader, "request", latency.request_us);
    latency.response_us = duration_or(reader, "response", latency.response_us);
    latency.webhook_us = duration_or(reader, "webhook", latency.webhook_us);
    latency.store_us = duration_or(reader, "store", latency.store_us);
}

void read_shop(JsonReader& reader, ShopSettings& shop) {
    if (reader.has("flow")) shop.flow = read_word(reader, "flow", kFlows);
    shop.deadline_us = duration_or(reader, "deadline", shop.deadline_us);
    shop.attempts = reader.number_or("attempts", 1, kAttemptsMax, shop.attempts);
    shop.webhook_work_us = duration_or(reader, "webhook_work", shop.webhook_work_us);
    const auto pauses = reader.texts_or_none("backoff");
    if (!pauses.empty()) shop.backoff_us.clear();
    for (const std::string& pause : pauses) {
        const auto duration = parse_duration(pause);
        if (!duration) reader.complain("backoff", "expected durations such as \"500ms\"");
        shop.backoff_us.push_back(duration.value_or(0));
    }
}

void read_payment(JsonReader& reader, Step& step) {
    step.amount = reader.number("amount", 1, kAmountMax);
    step.currency = reader.text("currency");
    step.card = reader.text("card");
    step.customer = reader.text_or("customer", "");
    step.email = reader.text_or("email", "");
    step.authenticates_us = duration_or(reader, "authenticates_after", 0);
    step.gives_up_us = duration_or(reader, "gives_up_after", 0);
    if (step.authenticates_us > 0 && step.gives_up_us > 0) {
        reader.complain("gives_up_after",
                        "expected one of authenticates_after and gives_up_after, found both");
    }
    if (!simulator::is_currency(step.currency)) {
        reader.complain("currency", fmt::format("expected a currency such as \"usd\", found \"{}\"",
                                                step.currency));
    }
}

void read_step(JsonReader& reader, Step& step) {
    step.at_us = duration_or(reader, "at", 0);
    step.order = name_of(reader, "order", reader.text("order"));
    step.action = read_word(reader, "do", kActions);
    switch (step.action) {
        case Action::pay:
            return read_payment(reader, step);
        case Action::change:
            step.email = reader.text("email");
            return;
        case Action::cancel:
            return;
        case Action::refund:
            step.refund = name_of(reader, "refund", reader.text("refund"));
            step.amount = reader.number("amount", 1, kAmountMax);
            return;
    }
}

void read_fault(JsonReader& reader, Fault& fault) {
    fault.operation = reader.text("operation");
    fault.attempt = reader.number_or("attempt", 0, kNumberMax, 1);
    fault.at = read_word(reader, "at", simulator::kCutPoints);
    fault.kind = read_word(reader, "kind", simulator::kFaultKinds);
    fault.status = static_cast<int>(reader.number_or("status", 400, 599, 500));
    fault.code = reader.text_or("code", "");
    fault.delay_us = duration_or(reader, "delay", 0);
    if (reader.has("should_retry")) fault.should_retry = reader.flag_or("should_retry", false);
    if (auto good = simulator::check_fault(fault); !good) {
        reader.complain("kind", good.error().message);
    }
}

void read_webhook_fault(JsonReader& reader, WebhookFault& fault) {
    fault.event_type = reader.text("event");
    fault.nth = reader.number_or("nth", 0, kNumberMax, 1);
    fault.kind = read_word(reader, "kind", simulator::kWebhookFaultKinds);
    fault.attempt = reader.number_or("attempt", 0, kNumberMax, 1);
    fault.delay_us = duration_or(reader, "delay", 0);
}

void read_crash(JsonReader& reader, Crash& crash) {
    crash.order = name_of(reader, "order", reader.text("order"));
    crash.await = reader.text("await");
    crash.nth = reader.number_or("nth", 1, kNumberMax, 1);
    crash.restart_us = duration_or(reader, "restart", crash.restart_us);
    const std::string when = reader.text_or("when", "before");
    crash.is_after = when == "after";
    if (when != "before" && when != "after") {
        reader.complain("when", fmt::format("expected before or after, found \"{}\"", when));
    }
}

// Reads the objects of a file and keeps the first problem, with its position.
class FileReader {
public:
    FileReader(std::string_view text, std::string_view what) : text_(text), what_(what) {}

    template <typename Read>
    void object(const Json& value, const std::vector<std::string>& path, const Read& read) {
        JsonReader reader(value,
                          path.empty() ? "scenario" : fmt::format("{}", fmt::join(path, ".")));
        read(reader);
        const auto done = reader.finish();
        if (done || !problem_.empty()) return;
        std::vector<std::string> place = path;
        if (!reader.problem_key().empty()) place.push_back(reader.problem_key());
        const Position position = position_of(text_, place);
        problem_ = fmt::format("{}:{}:{}: {}", what_, position.line, position.column,
                               done.error().message);
    }

    // The member of that name, when it is there, as an object of its own.
    template <typename Item, typename Read>
    void member(JsonReader& reader, const char* key, Item& item, const Read& read) {
        if (!reader.has(key)) return;
        object(reader.object(key), {key}, [&](JsonReader& inner) { read(inner, item); });
    }

    void chaos(JsonReader& reader, Scenario& scenario) {
        if (!reader.has("chaos")) return;
        Chaos& chaos = scenario.chaos.emplace();
        object(reader.object("chaos"), {"chaos"}, [&](JsonReader& inner) {
            read_chaos(inner, chaos);
            part(inner, "faults", [&](JsonReader& odds) { read_fault_chances(odds, chaos); });
            part(inner, "webhooks",
                 [&](JsonReader& odds) { read_webhook_fault_chances(odds, chaos); });
        });
    }

    template <typename Item, typename Read>
    void list(JsonReader& reader, const char* key, std::vector<Item>& items, std::size_t items_max,
              const Read& read) {
        if (!reader.has(key)) return;
        const Json& array = reader.array(key);
        if (array.size() > items_max) {
            reader.complain(key,
                            fmt::format("expected at most {}, found {}", items_max, array.size()));
            return;
        }
        for (std::size_t i = 0; i < array.size(); ++i) {
            items.emplace_back();
            object(array[i], {key, std::to_string(i)},
                   [&](JsonReader& inner) { read(inner, items.back()); });
        }
    }

    const std::string& problem() const { return problem_; }

private:
    template <typename Read>
    void part(JsonReader& chaos, const char* key, const Read& read) {
        if (chaos.has(key)) object(chaos.object(key), {"chaos", key}, read);
    }

    std::string_view text_;
    std::string_view what_;
    std::string problem_;
};

std::uint64_t seed_of(JsonReader& reader) {
    const std::string text = reader.text_or("seed", "1");
    const auto seed = parse_number<std::uint64_t>(text);
    if (!seed) {
        reader.complain("seed", fmt::format("expected a number as text, such as \"42\", found "
                                            "\"{}\"",
                                            text));
    }
    return seed.value_or(0);
}

std::int64_t start_of(JsonReader& reader) {
    const std::string text = reader.text("clock");
    const auto seconds = parse_rfc3339(text);
    if (seconds && *seconds >= 0) return *seconds * 1'000'000;
    reader.complain("clock", fmt::format("expected a moment such as \"2026-01-05T09:00:00Z\", "
                                         "found \"{}\"",
                                         text));
    return 0;
}

void read_expectations(JsonReader& reader, Scenario& scenario) {
    const Json& shops = reader.object("expect");
    if (!shops.is_object()) return;
    JsonReader inner(shops, "expect");
    for (const auto& [shop, unused] : shops.items()) {
        scenario.expect[shop] = inner.texts(shop.c_str());
    }
    if (const auto done = inner.finish(); !done) reader.complain("expect", done.error().message);
    if (scenario.expect.empty()) reader.complain("expect", "expected one shop or more, found none");
}

void read_words(JsonReader& reader, Scenario& scenario) {
    reader.text_or("$schema", "");
    reader.number("schema", kSchemaVersion, kSchemaVersion);
    scenario.id = name_of(reader, "id", reader.text("id"));
    scenario.story = reader.text("story");
    scenario.tags = reader.texts_or_none("tags");
    scenario.sources = reader.texts_or_none("sources");
    scenario.seed = seed_of(reader);
    scenario.profile = reader.text_or("profile", scenario.profile);
    if (simulator::find_profile(scenario.profile) == nullptr) {
        reader.complain("profile",
                        fmt::format("expected one that `./onsite simulate --help` lists, "
                                    "found \"{}\"",
                                    scenario.profile));
    }
    scenario.start_us = start_of(reader);
    scenario.heal_us = duration_or(reader, "heal_at", 0);
    scenario.horizon_us = duration_or(reader, "horizon", scenario.horizon_us);
    scenario.checks = reader.texts_or_none("checks");
    read_expectations(reader, scenario);
}

}  // namespace

Result<Scenario> read_scenario(std::string_view text, std::string_view what) {
    auto json = parse_json(text, what, JsonComments::allowed);
    if (!json) return pass_on(json);
    Scenario scenario;
    FileReader file(text, what);
    file.object(*json, {}, [&](JsonReader& reader) {
        read_words(reader, scenario);
        file.member(reader, "latency", scenario.latency, read_latency);
        file.member(reader, "shop", scenario.shop, read_shop);
        reader.array("steps");
        file.list(reader, "steps", scenario.steps, kStepsMax, read_step);
        file.list(reader, "faults", scenario.faults, simulator::kFaultsMax, read_fault);
        file.list(reader, "webhook_faults", scenario.webhook_faults, simulator::kWebhookFaultsMax,
                  read_webhook_fault);
        file.list(reader, "crashes", scenario.crashes, kCrashesMax, read_crash);
        file.chaos(reader, scenario);
    });
    if (!file.problem().empty()) return usage_error(file.problem());
    return scenario;
}

Result<Scenario> load_scenario(const std::filesystem::path& file) {
    const std::string name = file.filename().string();
    auto text = read_file(file, kScenarioBytesMax);
    if (!text) return pass_on(text);
    auto scenario = read_scenario(*text, file.string());
    if (!scenario) return scenario;
    if (name != scenario->id + std::string(kScenarioSuffix)) {
        return usage_error(
            fmt::format("{}: expected the id to be the file's name, found \"{}\"; "
                        "rename one of them",
                        file.string(), scenario->id));
    }
    return scenario;
}

std::string canonical(const Scenario& scenario) { return to_text(to_json(scenario)); }

}  // namespace onsite::scenarios

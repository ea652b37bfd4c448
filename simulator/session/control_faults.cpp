#include "simulator/session/control_faults.hpp"

#include <variant>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json_words.hpp"

namespace onsite::simulator {
namespace {

constexpr std::int64_t kNumberMax = 1'000'000'000;
constexpr std::int64_t kDelayMaxMs = 72LL * 3600 * 1000;

Result<Fault> fault_of(const Json& value) {
    JsonReader reader(value, "the fault");
    Fault fault{.operation = reader.text_or("operation", "*"),
                .attempt = reader.number_or("attempt", 0, kNumberMax, 1),
                .at = read_word(reader, "at", kCutPoints),
                .kind = read_word(reader, "kind", kFaultKinds)};
    fault.status = static_cast<int>(reader.number_or("status", 400, 599, 500));
    fault.code = reader.text_or("code", "");
    fault.delay_us = reader.number_or("delay_ms", 0, kDelayMaxMs, 0) * 1000;
    if (reader.has("should_retry")) fault.should_retry = reader.flag_or("should_retry", false);
    if (auto done = reader.finish(); !done) return pass_on(done);
    if (auto good = check_fault(fault); !good) return pass_on(good);
    return fault;
}

Result<WebhookFault> webhook_fault_of(const Json& value) {
    JsonReader reader(value, "the webhook fault");
    WebhookFault fault{.event_type = reader.text("event"),
                       .nth = reader.number_or("nth", 0, kNumberMax, 1),
                       .kind = read_word(reader, "kind", kWebhookFaultKinds),
                       .attempt = reader.number_or("attempt", 0, kNumberMax, 1),
                       .delay_us = reader.number_or("delay_ms", 0, kDelayMaxMs, 0) * 1000};
    if (auto done = reader.finish(); !done) return pass_on(done);
    return fault;
}

using AnyFault = std::variant<Fault, WebhookFault>;

Result<AnyFault> any_fault_of(const Json& value) {
    if (value.is_object() && value.contains("event")) return webhook_fault_of(value);
    return fault_of(value);
}

}  // namespace

Result<std::size_t> install_faults(const Json& value, FaultPlan& faults,
                                   WebhookFaultPlan& webhook_faults) {
    const bool is_list = value.is_object() && value.contains("faults");
    const Json list = is_list ? value.at("faults") : Json::array({value});
    if (!list.is_array()) return usage_error("expected \"faults\" to be an array");
    std::vector<AnyFault> read;
    for (const Json& one : list) {
        auto fault = any_fault_of(one);
        if (!fault) return pass_on(fault);
        read.push_back(std::move(*fault));
    }
    if (faults.faults().size() + webhook_faults.faults().size() + read.size() > kFaultsMax) {
        return usage_error(
            fmt::format("expected at most {} faults, found more; clear those that "
                        "are done with DELETE /_onsite/faults",
                        kFaultsMax));
    }
    for (AnyFault& fault : read) {
        auto added = std::holds_alternative<Fault>(fault)
                         ? faults.add(std::move(std::get<Fault>(fault)))
                         : webhook_faults.add(std::move(std::get<WebhookFault>(fault)));
        if (!added) return pass_on(added);
    }
    return read.size();
}

Json to_json(const Fault& fault) {
    Json value = {{"operation", fault.operation},
                  {"attempt", fault.attempt},
                  {"at", to_string(fault.at)},
                  {"kind", to_string(fault.kind)}};
    if (fault.kind == FaultKind::status) value["status"] = fault.status;
    if (!fault.code.empty()) value["code"] = fault.code;
    if (fault.delay_us != 0) value["delay_ms"] = fault.delay_us / 1000;
    if (fault.should_retry) value["should_retry"] = *fault.should_retry;
    return value;
}

Json to_json(const WebhookFault& fault) {
    return {{"event", fault.event_type},
            {"nth", fault.nth},
            {"kind", to_string(fault.kind)},
            {"attempt", fault.attempt},
            {"delay_ms", fault.delay_us / 1000}};
}

}  // namespace onsite::simulator

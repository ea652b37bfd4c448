#include "exercises/4-idempotency/drill/diagnosis.hpp"

#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/escape.hpp"
#include "exercises/4-idempotency/drill/alert.hpp"
#include "exercises/4-idempotency/drill/taxonomy.hpp"
#include "scenarios/checkers/checker.hpp"

namespace onsite::drill {
namespace {

std::string text_of(const Json& entry, const char* name) {
    const auto found = entry.find(name);
    return found != entry.end() && found->is_string() ? found->get<std::string>() : "";
}

std::int64_t number_of(const Json& entry, const char* name) {
    const auto found = entry.find(name);
    return found != entry.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

std::string shown(std::string_view text) {
    return harmless(text.substr(0, kPlaceBytesMax), Lines::one);
}

Result<void> is_open(const Diagnosis& so_far) {
    if (!so_far.is_graded) return {};
    return usage_error(
        "expected answers before the grade, found a drill that is graded; begin another one with "
        "`./onsite drill --random`");
}

Result<void> is_text(std::string_view text, std::size_t bytes_max, std::string_view what) {
    if (!text.empty() && text.size() <= bytes_max && is_utf8(text)) return {};
    return usage_error(fmt::format("expected {} of 1 to {} bytes in UTF-8, found {} bytes", what,
                                   bytes_max, text.size()));
}

std::string names_of_promises() {
    std::string names;
    for (const auto& checker : scenarios::checkers()) {
        names += fmt::format("{}{}", names.empty() ? "" : ", ", checker.id);
    }
    return names;
}

// "order-17.pay" -> "order-17"
std::string order_of(const std::string& name) { return name.substr(0, name.find('.')); }

void take(Diagnosis& diagnosis, const std::string& event, const Json& entry) {
    if (event == "violated") {
        diagnosis.is_violated = text_of(entry, "answer") == "yes";
        diagnosis.invariant = text_of(entry, "invariant");
    } else if (event == "at") {
        diagnosis.at = text_of(entry, "place");
        diagnosis.component = text_of(entry, "component");
    } else if (event == "because") {
        if (diagnosis.because.empty()) diagnosis.because = text_of(entry, "text");
    } else if (event == "cause") {
        diagnosis.cause = text_of(entry, "cause");
    } else if (event == "affected") {
        diagnosis.affected.emplace();
        if (!entry.contains("orders") || !entry["orders"].is_array()) return;
        for (const Json& order : entry["orders"]) {
            if (order.is_string()) diagnosis.affected->insert(order.get<std::string>());
        }
    } else if (event == "alert") {
        diagnosis.alert = text_of(entry, "alert");
    }
}

}  // namespace

Diagnosis fold(std::span<const Json> entries) {
    Diagnosis diagnosis;
    for (const Json& entry : entries) {
        const std::string event = text_of(entry, "event");
        const std::int64_t ms = number_of(entry, "ms");
        if (event == "started") diagnosis.started_ms = ms;
        if (event == "command") ++diagnosis.commands;
        if (event == "patched") diagnosis.hints = number_of(entry, "hints");
        if (event == "graded") {
            diagnosis.is_graded = true;
            diagnosis.first_points = number_of(entry, "points");
        }
        take(diagnosis, event, entry);
        diagnosis.answered_ms[event] = ms;
    }
    return diagnosis;
}

Result<Json> answer_violated(const Diagnosis& so_far, std::string_view yes_or_no,
                             const std::string& invariant) {
    if (auto open = is_open(so_far); !open) return pass_on(open);
    const bool is_yes = yes_or_no == "yes";
    if (!is_yes && yes_or_no != "no") {
        return usage_error(fmt::format("expected yes or no, found \"{}\"", shown(yes_or_no)));
    }
    if (is_yes && scenarios::find_checker(invariant) == nullptr) {
        return usage_error(fmt::format("expected --invariant to be one of {}; found \"{}\"",
                                       names_of_promises(), shown(invariant)));
    }
    if (!is_yes && !invariant.empty()) {
        return usage_error("expected no --invariant where nothing is violated, found one");
    }
    return Json{{"event", "violated"}, {"answer", yes_or_no}, {"invariant", invariant}};
}

Result<Json> answer_at(const Diagnosis& so_far, const std::string& place,
                       const std::string& component) {
    if (auto open = is_open(so_far); !open) return pass_on(open);
    if (auto good = is_text(place, kPlaceBytesMax, "a request or an id of a line"); !good) {
        return pass_on(good);
    }
    if (!place.starts_with("req_") && !place.starts_with('e')) {
        return usage_error(
            fmt::format("expected a request (req_...) or the id of a line (e1234), "
                        "found \"{}\"",
                        shown(place)));
    }
    if (find_component(component) == nullptr) {
        std::string names;
        for (const Component one : kComponents) {
            names += fmt::format("{}{}", names.empty() ? "" : ", ", to_string(one));
        }
        return usage_error(
            fmt::format("expected --in to be one of {}; found \"{}\"", names, shown(component)));
    }
    return Json{{"event", "at"}, {"place", place}, {"component", component}};
}

Result<Json> answer_because(const Diagnosis& so_far, const std::string& text) {
    if (auto open = is_open(so_far); !open) return pass_on(open);
    if (!so_far.because.empty()) {
        return usage_error(
            "expected one answer in your own words, found a second one: the first "
            "is locked since it was given");
    }
    if (auto good = is_text(text, kBecauseBytesMax, "a text"); !good) return pass_on(good);
    return Json{{"event", "because"}, {"text", text}};
}

Result<Json> answer_cause(const Diagnosis& so_far, const std::string& cause) {
    if (auto open = is_open(so_far); !open) return pass_on(open);
    if (so_far.because.empty()) {
        return usage_error(
            "expected your own words first, as the list of causes helps: "
            "`./onsite diagnose because \"...\"`");
    }
    if (find_cause(cause) == nullptr) {
        return usage_error(
            fmt::format("expected a cause that `./onsite diagnose cause` lists, "
                        "found \"{}\"",
                        shown(cause)));
    }
    return Json{{"event", "cause"}, {"cause", cause}};
}

Result<Json> answer_affected(const Diagnosis& so_far, const std::set<std::string>& orders) {
    if (auto open = is_open(so_far); !open) return pass_on(open);
    if (orders.size() > kAffectedMax) {
        return usage_error(
            fmt::format("expected at most {} orders, found {}", kAffectedMax, orders.size()));
    }
    std::set<std::string> names;
    for (const std::string& order : orders) {
        if (auto good = is_text(order, kPlaceBytesMax, "an order"); !good) return pass_on(good);
        names.insert(order_of(order));
    }
    return Json{{"event", "affected"}, {"orders", names}};
}

Result<Json> answer_alert(const Diagnosis& so_far, const std::string& alert) {
    if (auto open = is_open(so_far); !open) return pass_on(open);
    if (const auto parsed = parse_alert(alert); !parsed) return std::unexpected(parsed.error());
    return Json{{"event", "alert"}, {"alert", alert}};
}

std::string status_text(std::string_view drill, const Diagnosis& diagnosis) {
    struct Step {
        std::string_view name;
        std::string answer;
        std::string_view command;
    };
    const std::string violated = !diagnosis.is_violated ? ""
                                 : *diagnosis.is_violated
                                     ? fmt::format("yes, {}", diagnosis.invariant)
                                     : "no";
    const std::string place =
        diagnosis.at.empty() ? "" : fmt::format("{} in {}", diagnosis.at, diagnosis.component);
    const std::string affected =
        diagnosis.affected ? fmt::format("{} orders", diagnosis.affected->size()) : "";
    const std::array<Step, 6> steps = {
        Step{"violated", violated, "violated yes --invariant PROMISE, or violated no"},
        Step{"at", place, "at REQUEST --in COMPONENT"},
        Step{"because", diagnosis.because, "because \"...\""},
        Step{"cause", diagnosis.cause, "cause"},
        Step{"affected", affected, "affected ORDER..., or --where CONDITION, or --none"},
        Step{"alert", diagnosis.alert, "alert \"...\""}};
    std::string text = fmt::format("{}\n\n", drill);
    std::string_view next;
    for (const Step& step : steps) {
        const bool is_open_step = step.answer.empty();
        text += fmt::format("  {:<10} {}\n", step.name,
                            is_open_step ? "open" : harmless(step.answer, Lines::one));
        if (is_open_step && next.empty()) next = step.command;
    }
    if (next.empty()) next = "grade";
    return text + fmt::format("\n  next   ./onsite diagnose {}\n", next);
}

}  // namespace onsite::drill

#include "harness/loop/loop_event.hpp"

#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/json_words.hpp"

namespace onsite {
namespace {

constexpr std::int64_t kAllowedMsMax = 10'000 * kMsPerDay;
constexpr std::array kLoopKinds = {LoopEventKind::started, LoopEventKind::section_started,
                                   LoopEventKind::section_sealed};
constexpr std::array kLoopRules = {Rules::practice, Rules::strict};

Result<std::vector<PlannedSection>> read_planned_sections(const Json& values,
                                                          const std::string& where) {
    std::vector<PlannedSection> sections;
    for (const Json& value : values) {
        JsonReader reader(value, fmt::format("{}: sections[{}]", where, sections.size()));
        PlannedSection section{.slug = reader.text("slug"),
                               .allowed_ms = reader.number("allowed_ms", 1, kAllowedMsMax)};
        if (auto done = reader.finish(); !done) return pass_on(done);
        sections.push_back(std::move(section));
    }
    if (sections.empty() || sections.size() > kLoopSectionsMax) {
        return usage_error(fmt::format("{}: expected 1 to {} sections, found {}", where,
                                       kLoopSectionsMax, sections.size()));
    }
    return sections;
}

// A name and nothing more: it becomes a path, and is printed.
std::string read_attempt_name(JsonReader& reader) {
    std::string name = reader.text("attempt");
    if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") != name.npos) {
        reader.complain("attempt", "expected the name of an attempt");
    }
    return name;
}

}  // namespace

std::string_view to_string(LoopEventKind kind) {
    switch (kind) {
        case LoopEventKind::started:
            return "started";
        case LoopEventKind::section_started:
            return "section_started";
        case LoopEventKind::section_sealed:
            return "section_sealed";
    }
    std::abort();
}

Json to_json(const LoopEvent& event) {
    Json json = {
        {"at", to_rfc3339(event.at_ms)}, {"at_ms", event.at_ms}, {"event", to_string(event.kind)}};
    if (event.kind == LoopEventKind::started) {
        Json sections = Json::array();
        for (const PlannedSection& section : event.sections) {
            sections.push_back({{"slug", section.slug}, {"allowed_ms", section.allowed_ms}});
        }
        json["rules"] = to_string(event.rules);
        json["language"] = event.language;
        json["sections"] = std::move(sections);
        if (event.is_witnessed) json["witness"] = true;
        return json;
    }
    json["attempt"] = event.attempt;
    json["hash"] = event.hash;
    return json;
}

Result<LoopEvent> loop_event_from_json(const Json& value, const std::string& where) {
    JsonReader reader(value, where);
    LoopEvent event;
    event.at_ms = reader.number("at_ms", 0, kEventAtMsMax);
    if (const auto expected = to_rfc3339(event.at_ms); reader.text("at") != expected) {
        reader.complain("at", fmt::format("expected {}, the time of at_ms", expected));
    }
    event.kind = read_word(reader, "event", kLoopKinds);
    const Json* sections = nullptr;
    if (event.kind == LoopEventKind::started) {
        event.rules = read_word(reader, "rules", kLoopRules);
        event.language = reader.text("language");
        sections = &reader.array("sections");
        event.is_witnessed = reader.flag_or("witness", false);
    } else {
        event.attempt = read_attempt_name(reader);
        event.hash = reader.text("hash");
    }
    if (auto done = reader.finish(); !done) return pass_on(done);
    if (sections == nullptr) return event;
    auto planned = read_planned_sections(*sections, where);
    if (!planned) return pass_on(planned);
    event.sections = std::move(*planned);
    return event;
}

}  // namespace onsite

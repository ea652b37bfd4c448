#include "harness/isolation/isolation_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"

namespace onsite {

Json to_json(const IsolationReport& report) {
    return {{"level", to_string(report.level)},
            {"layers", report.layers.names()},
            {"notes", report.notes}};
}

Result<IsolationReport> isolation_from_json(const Json& value, const std::string& where) {
    JsonReader reader(value, where + ": isolation");
    IsolationReport report;
    const std::string level = reader.text("level");
    using enum IsolationLevel;
    for (const IsolationLevel known : {full, reduced, none}) {
        if (level == to_string(known)) report.level = known;
    }
    if (level != to_string(report.level)) {
        reader.complain("level", fmt::format("expected full, reduced or none, found {}", level));
    }
    for (const std::string& name : reader.texts("layers")) {
        const auto layer = layer_from(name);
        if (layer) {
            report.layers = report.layers.with(*layer);
        } else {
            reader.complain("layers", fmt::format("expected the name of a layer, found {}", name));
        }
    }
    report.notes = reader.texts("notes");
    if (auto done = reader.finish(); !done) return pass_on(done);
    return report;
}

}  // namespace onsite

#include "exercises/4-idempotency/drill/report.hpp"

#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/escape.hpp"

namespace onsite::drill {
namespace {

struct Time {
    std::string_view name;
    const char* step;
};
// How long each step took is told by the moment of its last answer.
constexpr std::array kTimes = {Time{"detect", "violated"}, Time{"localise", "at"},
                               Time{"cause", "cause"},     Time{"affected", "affected"},
                               Time{"alert", "alert"},     Time{"mitigate", "patched"}};

// Seconds from the beginning of the drill; nothing for a step that was left out.
std::vector<std::pair<std::string_view, std::int64_t>> times_of(const Diagnosis& diagnosis) {
    std::vector<std::pair<std::string_view, std::int64_t>> times;
    for (const Time& time : kTimes) {
        const auto answered = diagnosis.answered_ms.find(time.step);
        if (answered == diagnosis.answered_ms.end()) continue;
        times.emplace_back(time.name, (answered->second - diagnosis.started_ms) / 1000);
    }
    return times;
}

}  // namespace

std::string report_text(const Report& report) {
    std::string text = fmt::format("{}\n\n", report.drill);
    std::int64_t points_max = 0;
    for (const Points& part : report.grade.parts) {
        points_max += part.points_max;
        std::string lead =
            fmt::format("  {:<13} {:>2} / {}   ", part.part, part.points, part.points_max);
        for (const std::string& why : part.why) {
            text += fmt::format("{}{}\n", lead, harmless(why, Lines::one));
            lead = std::string(lead.size(), ' ');
        }
    }
    text += fmt::format("  {:<13} {:>2} / {}\n\n", "total", report.grade.points(), points_max);
    text += fmt::format("  alert         {}\n", report.grade.alert);
    text += "  times        ";
    for (const auto& [name, seconds] : times_of(report.diagnosis)) {
        text += fmt::format(" {} {} min {} s;", name, seconds / 60, seconds % 60);
    }
    text += fmt::format(" {} looks at the logs, {} hints\n", report.diagnosis.commands,
                        report.diagnosis.hints);
    if (!report.diagnosis.because.empty()) {
        text += fmt::format("  your words    {}\n", harmless(report.diagnosis.because, Lines::one));
    }
    if (report.diagnosis.first_points) {
        text += fmt::format("  note          graded before, with {} points and the answer shown\n",
                            *report.diagnosis.first_points);
    }
    for (const std::string& file : report.changed_files) {
        text += fmt::format("  note          {} is not as the drill wrote it\n", file);
    }
    return text;
}

std::string report_json(const Report& report) {
    nlohmann::ordered_json json;
    json["drill"] = report.drill;
    json["points"] = report.grade.points();
    json["parts"] = nlohmann::ordered_json::array();
    for (const Points& part : report.grade.parts) {
        json["parts"].push_back({{"part", part.part},
                                 {"points", part.points},
                                 {"max", part.points_max},
                                 {"why", part.why}});
    }
    json["alert"] = report.grade.alert;
    json["seconds"] = nlohmann::ordered_json::object();
    for (const auto& [name, seconds] : times_of(report.diagnosis)) {
        json["seconds"][std::string(name)] = seconds;
    }
    json["commands"] = report.diagnosis.commands;
    json["hints"] = report.diagnosis.hints;
    if (report.diagnosis.first_points) json["first_points"] = *report.diagnosis.first_points;
    json["because"] = report.diagnosis.because;
    json["changed_files"] = report.changed_files;
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace onsite::drill

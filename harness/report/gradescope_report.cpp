#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "harness/report/renderers.hpp"
#include "harness/report/story.hpp"

namespace onsite {
namespace {

// The verdict in a line, then its story.
std::string verdict_text(const Verdict& verdict) {
    std::string text =
        fmt::format("{}  {}: {}\n", headline_word(verdict), verdict.check, verdict.message);
    if (!has_story(verdict)) return text;
    for (const std::string& line : story_lines(verdict)) text += "    " + line + '\n';
    return text;
}

std::string output_of(const CriterionResult& result) {
    std::string text = result.level ? fmt::format("level {}: {}\n", *result.level, result.why)
                                    : fmt::format("open: {}\n", result.why);
    for (const PersonRating& rating : result.ratings) text += rating_words(rating) + '\n';
    for (const Verdict& verdict : result.evidence) text += verdict_text(verdict);
    return text;
}

// An open criterion has no status: it was neither passed nor failed.
Json test_of(const CriterionResult& result, bool is_grade) {
    Json test = {{"name", fmt::format("{}: {}", result.criterion.id, result.criterion.title)},
                 {"score", is_grade ? result.points : 0},
                 {"max_score", result.criterion.weight},
                 {"output", output_of(result)},
                 {"visibility", "visible"}};
    if (result.level) {
        test["status"] = result.points == result.criterion.weight ? "passed" : "failed";
    }
    return test;
}

std::string summary(const Scorecard& card) {
    std::string grade = fmt::format("{} of {} points judged, {} of {} open\n{}\nreplay: {}\n",
                                    card.earned, card.judged, card.possible - card.judged,
                                    card.possible, circumstances(card.facts), replay_command(card));
    for (const Gate& gate : card.gates) grade += "capped " + gate_words(gate, card) + '\n';
    return card.is_grade ? grade : card.notice + '\n' + grade;
}

}  // namespace

// A run that is not a grade carries no points into somebody's grade book.
std::string gradescope_report(const Scorecard& scorecard) {
    Json tests = Json::array();
    for (const CriterionResult& result : scorecard.criteria) {
        tests.push_back(test_of(result, scorecard.is_grade));
    }
    for (const Verdict& verdict : scorecard.other) {
        tests.push_back({{"name", verdict.check},
                         {"status", verdict.outcome == Outcome::pass ? "passed" : "failed"},
                         {"output", verdict_text(verdict)},
                         {"visibility", "visible"}});
    }
    const Json results = {{"score", scorecard.is_grade ? scorecard.earned : 0},
                          {"execution_time", (scorecard.facts.duration_ms + 999) / 1000},
                          {"output", summary(scorecard)},
                          {"output_format", "text"},
                          {"test_output_format", "text"},
                          {"visibility", "visible"},
                          {"stdout_visibility", "hidden"},
                          {"tests", tests},
                          {"extra_data",
                           {{"seed", std::to_string(scorecard.facts.seed)},
                            {"content_hash", scorecard.facts.content_hash},
                            {"is_grade", scorecard.is_grade},
                            {"isolation", to_string(scorecard.facts.isolation.level)}}}};
    return results.dump(2, ' ', true, Json::error_handler_t::replace) + '\n';
}

}  // namespace onsite

#include "harness/verdict/verdict.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/json_words.hpp"

namespace onsite {
namespace {

constexpr std::array kOutcomes = {Outcome::pass, Outcome::fail, Outcome::inconclusive};
constexpr std::array kCauses = {
    Cause::none,    Cause::wrong_answer, Cause::protocol,    Cause::forged, Cause::crash,
    Cause::compile, Cause::time,         Cause::memory,      Cause::output, Cause::slow,
    Cause::flaky,   Cause::not_run,      Cause::grader_fault};

constexpr std::int64_t kRowsMax = 1'000'000'000;
constexpr std::int64_t kCasesMax = 1'000'000'000;

// Times travel as whole nanoseconds: a double in JSON is not read back the same everywhere.
constexpr std::int64_t kTimeNsMax = 86'400'000'000'000;

std::int64_t to_ns(double ms) { return std::llround(ms * static_cast<double>(kNsPerMs)); }

Json growth_to_json(const std::vector<GrowthPoint>& growth) {
    Json points = Json::array();
    for (const GrowthPoint& point : growth) {
        points.push_back({{"rows", point.rows},
                          {"subject_ns", to_ns(point.subject_ms)},
                          {"reference_ns", to_ns(point.reference_ms)}});
    }
    return points;
}

double milliseconds(JsonReader& reader, const char* key) {
    return static_cast<double>(reader.number(key, 0, kTimeNsMax)) / static_cast<double>(kNsPerMs);
}

Result<std::vector<GrowthPoint>> growth_from_json(const Json& points, std::string_view where) {
    std::vector<GrowthPoint> growth;
    for (const Json& point : points) {
        JsonReader reader(point, fmt::format("{}: growth[{}]", where, growth.size()));
        GrowthPoint found;
        found.rows = static_cast<std::uint64_t>(reader.number("rows", 0, kRowsMax));
        found.subject_ms = milliseconds(reader, "subject_ns");
        found.reference_ms = milliseconds(reader, "reference_ns");
        if (auto done = reader.finish(); !done) return pass_on(done);
        growth.push_back(found);
    }
    return growth;
}

Result<Evidence> evidence_from_json(const Json& value, std::string_view where) {
    JsonReader reader(value, fmt::format("{}: evidence", where));
    Evidence evidence;
    evidence.story = reader.text("story");
    evidence.case_json = reader.text("case_json");
    evidence.stderr_tail = reader.text("stderr_tail");
    const Json& points = reader.array("growth");
    if (auto done = reader.finish(); !done) return pass_on(done);
    auto growth = growth_from_json(points, where);
    if (!growth) return pass_on(growth);
    evidence.growth = std::move(*growth);
    return evidence;
}

// The member of one of our enums that is spelled like this.
template <typename Word, std::size_t count>
std::optional<Word> word_from(const std::array<Word, count>& words, std::string_view spelling) {
    const auto found =
        std::ranges::find(words, spelling, [](Word word) { return to_string(word); });
    if (found == words.end()) return std::nullopt;
    return *found;
}

}  // namespace

std::string_view to_string(Outcome outcome) {
    switch (outcome) {
        case Outcome::pass:
            return "pass";
        case Outcome::fail:
            return "fail";
        case Outcome::inconclusive:
            return "inconclusive";
    }
    std::abort();
}

std::string_view to_string(Cause cause) {
    switch (cause) {
        case Cause::none:
            return "none";
        case Cause::wrong_answer:
            return "wrong_answer";
        case Cause::protocol:
            return "protocol";
        case Cause::forged:
            return "forged";
        case Cause::crash:
            return "crash";
        case Cause::compile:
            return "compile";
        case Cause::time:
            return "time";
        case Cause::memory:
            return "memory";
        case Cause::output:
            return "output";
        case Cause::slow:
            return "slow";
        case Cause::flaky:
            return "flaky";
        case Cause::not_run:
            return "not_run";
        case Cause::grader_fault:
            return "grader_fault";
    }
    std::abort();
}

std::optional<Cause> cause_from(std::string_view word) { return word_from(kCauses, word); }

Verdict passed(std::string check, std::uint64_t cases, std::string message) {
    if (cases == 0) return not_run(std::move(check), "no input was judged");
    return {.check = std::move(check),
            .outcome = Outcome::pass,
            .cause = Cause::none,
            .message = std::move(message),
            .cases = cases,
            .percent = 100,
            .evidence = {}};
}

Verdict failed(std::string check, Cause cause, std::string message) {
    return {.check = std::move(check),
            .outcome = Outcome::fail,
            .cause = cause,
            .message = std::move(message),
            .cases = 0,
            .percent = 0,
            .evidence = {}};
}

Verdict not_run(std::string check, std::string why) {
    return {.check = std::move(check),
            .outcome = Outcome::inconclusive,
            .cause = Cause::not_run,
            .message = std::move(why),
            .cases = 0,
            .percent = 0,
            .evidence = {}};
}

Json to_json(const Verdict& verdict) {
    const Evidence& evidence = verdict.evidence;
    return {{"check", verdict.check},
            {"outcome", to_string(verdict.outcome)},
            {"cause", to_string(verdict.cause)},
            {"message", verdict.message},
            {"cases", verdict.cases},
            {"percent", verdict.percent},
            {"evidence",
             {{"story", evidence.story},
              {"case_json", evidence.case_json},
              {"growth", growth_to_json(evidence.growth)},
              {"stderr_tail", evidence.stderr_tail}}}};
}

Result<Verdict> verdict_from_json(const Json& value, std::string_view where) {
    JsonReader reader(value, std::string(where));
    Verdict verdict;
    verdict.check = reader.text("check");
    verdict.outcome = read_word(reader, "outcome", kOutcomes);
    verdict.cause = read_word(reader, "cause", kCauses);
    verdict.message = reader.text("message");
    verdict.cases = static_cast<std::uint64_t>(reader.number("cases", 0, kCasesMax));
    verdict.percent = static_cast<int>(reader.number("percent", 0, 100));
    const Json& evidence = reader.object("evidence");
    if ((verdict.outcome == Outcome::pass) != (verdict.cause == Cause::none)) {
        reader.complain("cause", "expected the cause none for a pass and for nothing else");
    }
    if (verdict.outcome == Outcome::pass && verdict.cases == 0) {
        reader.complain("cases", "expected a pass to rest on at least one case");
    }
    if (auto done = reader.finish(); !done) return pass_on(done);
    auto found = evidence_from_json(evidence, where);
    if (!found) return pass_on(found);
    verdict.evidence = std::move(*found);
    return verdict;
}

}  // namespace onsite

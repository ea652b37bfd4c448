// A sealed and graded attempt, and ways to edit it after the fact.
#pragma once

#include <sstream>

#include <nlohmann/json.hpp>

#include "base/hash.hpp"
#include "base/json.hpp"
#include "harness/attempt/grade_store.hpp"
#include "harness/attempt/seal.hpp"
#include "harness/attempt/witness.hpp"
#include "harness/catalog/rubric.hpp"
#include "harness/scoring/scorecard_json.hpp"
#include "harness/verification/verification.hpp"
#include "tests/unit/attempt/attempt_fixture.hpp"

namespace onsite {

inline std::string rubric_text(int version, const std::string& behaviour) {
    std::string levels;
    std::string person;
    for (int level = 1; level <= 4; ++level) {
        const std::string begin =
            R"({"level": )" + std::to_string(level) + R"(, "behaviour": ")" + behaviour + '"';
        levels += begin + R"(, "percent": )" + std::to_string(33 * (level - 1)) + "},";
        person += begin + "},";
    }
    levels.pop_back();
    person.pop_back();
    return R"({"exercise": "greeting", "version": )" + std::to_string(version) +
           R"(, "criteria": [{"id": "greets", "title": "Greets", "weight": 60, "judge": "checks",
              "followup": 0, "checks": ["says_hello"], "levels": [)" +
           levels + R"(]}, {"id": "clarity", "title": "Is clear", "weight": 40, "judge": "person",
              "followup": 0, "evidence": ["names"], "levels": [)" +
           person + "]}]}\n";
}

class TamperingTest : public AttemptFixture {
protected:
    TamperingTest() {
        clock_.advance_ms(60'000);
        attempt_ = record(attempt_, {.kind = EventKind::hint, .number = 1}, clock_).value();
        clock_.advance_ms(60'000);
        attempt_ = seal_attempt(attempt_, {.rubric = rubric_}, clock_).value();
        handed_in_ = seal_of(attempt_).value();
        grade();
    }

    // As `onsite grade` does, without running anything.
    void grade(const std::string& content = "// TODO(candidate): greet.\n") {
        GradeFacts facts{.exercise = "greeting",
                         .title = "Greet",
                         .attempt = attempt_.name(),
                         .language = "cpp",
                         .content_hash = sha256_hex(content)};
        facts.started_at_ms = attempt_.state.started_at_ms;
        facts.graded_at_ms = clock_.now_ms();
        facts.isolation.level = IsolationLevel::full;
        const std::vector<Verdict> verdicts = {
            failed("says_hello", Cause::wrong_answer, "expected hello, found nothing")};
        const Scorecard card = score(parse_rubric(rubric_, "rubric.json").value(), verdicts, facts);
        attempt_ = save_grade(attempt_,
                              {.verdicts = verdicts,
                               .scorecard_json = scorecard_text(card),
                               .content_hash = facts.content_hash,
                               .score = {.earned = card.earned, .judged = card.judged},
                               .is_grade = card.is_grade,
                               .rubric_hash = sha256_hex(rubric_),
                               .tests_hash = sha256_hex("")},
                              clock_)
                       .value();
    }

    // "seal: one sentence" for each proof that is broken.
    std::vector<std::string> broken() {
        auto opened = open_attempt(attempt_.folder);
        if (!opened) return {"log: " + opened.error().message};
        const VerifyRequest request{.attempt = *opened,
                                    .exercise = exercise_,
                                    .language = cpp_,
                                    .rubric = rubric_now_,
                                    .expected_seal = handed_in_,
                                    .section = section_,
                                    .missing_loop = "none"};
        std::vector<std::string> found;
        for (const ProofLine& line : verify_records(request)) {
            if (line.kind == ProofKind::broken) found.push_back(line.about + ": " + line.sentence);
        }
        return found;
    }
    void edit(const std::filesystem::path& file, const std::string& from,
              const std::string& to) const {
        std::string text = testing::read_text(file);
        const auto at = text.find(from);
        ASSERT_NE(at, std::string::npos) << from << " in " << text;
        testing::write_text(file, text.replace(at, from.size(), to));
    }
    // Edits the log and writes the chain anew, as one does who knows how it is made.
    void forge_log(const std::string& from, const std::string& to) const {
        edit(log_of(attempt_), from, to);
        std::istringstream lines(testing::read_text(log_of(attempt_)));
        std::string forged;
        Chain chain;
        for (std::string line; std::getline(lines, line);) {
            Json event = Json::parse(line);
            event.erase("prev");
            event.erase("sum");
            line = chained_line(event, chain);
            chain = {.head = sha256_hex(line), .lines = chain.lines + 1};
            forged += line + '\n';
        }
        testing::write_text(log_of(attempt_), forged);
        forge_witness();
    }
    // The witness anew, of the logs as they are.
    void forge_witness() const {
        std::filesystem::remove(tool() / "witness.jsonl");
        for (const std::string& name : logs_in(tool())) {
            std::istringstream lines(testing::read_text(tool() / name));
            int number = 0;
            for (std::string line; std::getline(lines, line);) {
                ASSERT_TRUE(witness_line({tool(), name}, line, ++number));
            }
        }
    }
    void cut(const std::filesystem::path& file, int lines) const {
        const std::string text = testing::read_text(file);
        std::size_t end = 0;
        for (int i = 0; i < lines; ++i) end = text.find('\n', end) + 1;
        testing::write_text(file, text.substr(0, end));
    }
    std::filesystem::path tool() const { return attempt_.folder / ".onsite"; }

    const Language cpp_ = find_language(exercise_, "cpp").value();
    std::string rubric_ = rubric_text(1, "greets");
    std::string rubric_now_ = rubric_;
    std::string handed_in_;
    std::optional<LoopSection> section_;
    Attempt attempt_ = start();
};

}  // namespace onsite

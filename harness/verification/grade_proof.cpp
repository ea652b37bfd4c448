#include <array>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "base/hash.hpp"
#include "harness/attempt/grade_store.hpp"
#include "harness/attempt/seal.hpp"
#include "harness/catalog/rubric.hpp"
#include "harness/grading/sources.hpp"
#include "harness/scoring/scorecard_json.hpp"
#include "harness/verification/parts.hpp"

namespace onsite {
namespace {

struct GradeAt {
    const Event& event;
    bool is_after_seal = false;
    std::string about;  // "grade 2"
};

// The rubric that the grade was scored with, as far as it is still to be had; else empty.
std::string rubric_of(const VerifyRequest& request, const Event& event) {
    if (sha256_hex(request.rubric) == event.proof.rubric_hash) return request.rubric;
    if (!request.attempt.state.seal) return {};
    const auto sealed = sealed_rubric(request.attempt);
    return sealed && sha256_hex(*sealed) == event.proof.rubric_hash ? *sealed : std::string();
}

Result<void> prove_files(const GradeAt& grade, const StoredGrade& stored) {
    const GradeProof& proof = grade.event.proof;
    if (stored.verdicts_hash != proof.verdicts_hash) {
        return usage_error(fmt::format("verdicts.jsonl was recorded with the hash {}, found {}",
                                       short_of(proof.verdicts_hash),
                                       short_of(stored.verdicts_hash)));
    }
    const std::string card_hash = sha256_hex(stored.scorecard_json);
    if (card_hash != proof.scorecard_hash) {
        return usage_error(fmt::format("scorecard.json was recorded with the hash {}, found {}",
                                       short_of(proof.scorecard_hash), short_of(card_hash)));
    }
    return {};
}

// What the scorecard says of the attempt is what the log says.
Result<void> prove_facts(const VerifyRequest& request, const GradeAt& grade,
                         const GradeFacts& facts) {
    const AttemptState& state = request.attempt.state;
    if (facts.exercise != state.exercise || facts.attempt != request.attempt.name()) {
        return usage_error(fmt::format("expected a grade of {}, found one of {}",
                                       request.attempt.name(),
                                       harmless(facts.attempt, Lines::one)));
    }
    if (facts.started_at_ms != state.started_at_ms) {
        return usage_error("the log and the scorecard give different times of the start");
    }
    if (facts.graded_at_ms > grade.event.at_ms) {
        return usage_error("the scorecard was made after the log recorded it");
    }
    if (facts.content_hash != grade.event.content_hash) {
        return usage_error(
            fmt::format("the log says that the answer {} was judged, the scorecard "
                        "says {}",
                        short_of(grade.event.content_hash), short_of(facts.content_hash)));
    }
    return {};
}

// An id that was handed in stands for one content: a grade of anything else is refused.
Result<void> prove_content(const VerifyRequest& request, const GradeAt& grade) {
    if (!grade.is_after_seal) return {};
    auto source =
        load_source("answer", request.language, std::array{answer_folder(request.attempt)});
    if (!source) return pass_on(source);
    const std::string hash = content_hash(*source);
    if (hash == grade.event.content_hash) return {};
    return usage_error(fmt::format("judged the answer {} although {} was sealed",
                                   short_of(grade.event.content_hash), short_of(hash)));
}

Result<void> prove_points(const GradeAt& grade, const StoredGrade& stored, const GradeFacts& facts,
                          const std::string& rubric_text) {
    auto rubric = parse_rubric(rubric_text, "rubric.json");
    if (!rubric) return pass_on(rubric);
    const Scorecard card = score(*rubric, stored.verdicts, facts);
    const Event& event = grade.event;
    if (card.earned != event.earned || card.judged != event.judged) {
        return usage_error(fmt::format("the log says {} of {} points, the verdicts give {} of {}",
                                       event.earned, event.judged, card.earned, card.judged));
    }
    if (card.is_grade != event.is_grade) {
        return usage_error("the log and the verdicts disagree whether it was isolated");
    }
    if (scorecard_text(card) != stored.scorecard_json) {
        return usage_error("scorecard.json is not what the verdicts and the rubric give");
    }
    return {};
}

ProofLine prove_grade(const VerifyRequest& request, const GradeAt& grade) {
    const auto fail = [&](const Error& error) { return broken(grade.about, error.message); };
    auto stored = load_grade(request.attempt, grade.event.number);
    if (!stored) return fail(stored.error());
    const bool has_proof = !grade.event.proof.verdicts_hash.empty();
    if (has_proof) {
        if (auto good = prove_files(grade, *stored); !good) return fail(good.error());
    }
    auto facts = grade_facts_from_text(stored->scorecard_json, "scorecard.json");
    if (!facts) return fail(facts.error());
    if (auto good = prove_facts(request, grade, *facts); !good) return fail(good.error());
    if (auto good = prove_content(request, grade); !good) return fail(good.error());
    if (!has_proof) return noted(grade.about, "is from before grades were recorded with hashes");
    const std::string rubric = rubric_of(request, grade.event);
    if (rubric.empty()) {
        return noted(grade.about,
                     "was scored with another rubric than today's; its points are "
                     "not computed again");
    }
    if (auto good = prove_points(grade, *stored, *facts, rubric); !good) return fail(good.error());
    return holds(grade.about,
                 fmt::format("{} of {} points follow from {} verdicts and the rubric",
                             grade.event.earned, grade.event.judged, stored->verdicts.size()));
}

}  // namespace

std::vector<ProofLine> prove_grades(const VerifyRequest& request,
                                    const std::vector<LoggedEvent>& events) {
    std::vector<ProofLine> proofs;
    bool is_sealed = false;
    for (const auto& [event, line_hash] : events) {
        if (event.kind == EventKind::sealed) is_sealed = true;
        if (event.kind != EventKind::graded) continue;
        proofs.push_back(prove_grade(request, {.event = event,
                                               .is_after_seal = is_sealed,
                                               .about = fmt::format("grade {}", event.number)}));
    }
    return proofs;
}

}  // namespace onsite

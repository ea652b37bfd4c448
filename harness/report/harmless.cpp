#include "harness/report/harmless.hpp"

namespace onsite {
namespace {

void make_harmless(std::string& text, Lines lines = Lines::one) { text = harmless(text, lines); }

}  // namespace

Verdict harmless(Verdict verdict) {
    make_harmless(verdict.check);
    make_harmless(verdict.message);
    make_harmless(verdict.evidence.story, Lines::many);
    make_harmless(verdict.evidence.case_json);
    make_harmless(verdict.evidence.stderr_tail, Lines::many);
    return verdict;
}

SelfRating harmless(SelfRating rating) {
    make_harmless(rating.criterion);
    make_harmless(rating.anchor);
    make_harmless(rating.note);
    return rating;
}

CriterionResult harmless(CriterionResult result) {
    make_harmless(result.criterion.id);
    make_harmless(result.criterion.title);
    make_harmless(result.why);
    for (Level& level : result.criterion.levels) make_harmless(level.behaviour);
    for (std::string& text : result.criterion.evidence) make_harmless(text);
    for (Verdict& verdict : result.evidence) verdict = harmless(std::move(verdict));
    for (PersonRating& rating : result.ratings) {
        make_harmless(rating.reviewer);
        make_harmless(rating.comment);
        for (std::string& anchor : rating.anchors) make_harmless(anchor);
    }
    return result;
}

Scorecard harmless(Scorecard scorecard) {
    GradeFacts& facts = scorecard.facts;
    for (std::string* const text :
         {&facts.exercise, &facts.title, &facts.attempt, &facts.language, &facts.content_hash,
          &facts.toolchain, &facts.replay, &scorecard.notice}) {
        make_harmless(*text);
    }
    for (std::string& note : facts.isolation.notes) make_harmless(note);
    for (SelfRating& rating : facts.self_ratings) rating = harmless(std::move(rating));
    for (CriterionResult& result : scorecard.criteria) result = harmless(std::move(result));
    for (Gate& gate : scorecard.gates) {
        make_harmless(gate.when);
        make_harmless(gate.because);
    }
    for (Signal& signal : scorecard.signals) {
        make_harmless(signal.reviewer);
        make_harmless(signal.because);
    }
    for (TimedPart& part : scorecard.parts) make_harmless(part.name);
    for (Verdict& verdict : scorecard.other) verdict = harmless(std::move(verdict));
    return scorecard;
}

}  // namespace onsite

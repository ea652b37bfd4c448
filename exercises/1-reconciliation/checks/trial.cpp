#include "exercises/1-reconciliation/checks/trial.hpp"

#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "exercises/1-reconciliation/checks/cases.hpp"
#include "exercises/1-reconciliation/checks/model.hpp"
#include "exercises/1-reconciliation/checks/words.hpp"

namespace onsite::reconciliation {
namespace {

constexpr std::uint64_t kProofPercent = 40;

using Ids = std::set<std::string_view>;

Ids ids_in(const std::vector<Row>& rows) {
    Ids ids;
    for (const Row& row : rows) {
        if (!row.empty()) ids.insert(row.front());
    }
    return ids;
}

}  // namespace

bool Proof::shows_work() const {
    if (!is_needed) return true;
    return findings_expected > 0 && findings_right * 100 >= findings_expected * kProofPercent &&
           pairs_silent * 100 >= pairs_expected * kProofPercent && (!needs_changes || changes > 0);
}

std::string Proof::in_words() const {
    return fmt::format(
        "expected at least {} % of the differences to be found and as many of the matches to be "
        "left alone, found {} of {} and {} of {}: nothing can be concluded",
        kProofPercent, findings_right, findings_expected, pairs_silent, pairs_expected);
}

Findings truth_of(const Question& question) {
    return findings_of(model_reconcile_feeds(question.ledger, question.bank));
}

Findings Trial::ask(const Question& question) { return ask_slowly(question, kReplyMs); }

Findings Trial::ask_slowly(const Question& question, std::int64_t timeout_ms) {
    if (is_over()) return {};
    return take(examiner_->ask(question, timeout_ms), question).findings;
}

Findings Trial::ask_control(const Question& question) {
    Findings answer = ask(question);
    // Running out of time is no obstacle but the end: the next control would take as long.
    if (fault_ && fault_->cause != Cause::time) std::swap(fault_, obstacle_);
    return answer;
}

Answer Trial::ask(const Question& question, const RunOf& run) {
    if (is_over()) return {};
    return take(examiner_->ask(question, run), question);
}

Answer Trial::take(Result<Answer> answer, const Question& question) {
    if (!answer) {
        error_ = std::move(answer.error());
        return {};
    }
    if (answer->cause == Cause::none) {
        answers_.push_back(answer->findings);
        return std::move(*answer);
    }
    blame({.cause = answer->cause,
           .message = answer->problem,
           .evidence = {.story = story_of(question, {}),
                        .case_json = case_text(question, truth_of(question)),
                        .growth = {},
                        .stderr_tail = answer->stderr_tail}});
    return {};
}

void Trial::count_as_proof(const Question& question, const Findings& found) {
    if (is_over()) return;
    const Findings truth = truth_of(question);
    proof_->is_needed = true;
    proof_->findings_expected += truth.size();
    proof_->findings_right += truth.size() - difference(truth, found).missing.size();
    const Ids true_ids = ids_in(truth);
    const Ids found_ids = ids_in(found);
    const Ids bank_ids = ids_in(question.bank);
    for (const std::string_view id : ids_in(question.ledger)) {
        if (!bank_ids.contains(id) || true_ids.contains(id)) continue;
        ++proof_->pairs_expected;
        proof_->pairs_silent += !found_ids.contains(id);
    }
}

void Trial::expect(const Claim& claim) {
    if (is_over() || claim.found == claim.expected || claim.found == truth_of(claim.question)) {
        return;
    }
    blame(claim, difference(claim.expected, claim.found));
}

void Trial::expect_truth(const Question& question, const Findings& found) {
    expect({.question = question, .found = found, .expected = truth_of(question)});
}

void Trial::blame(const Claim& claim, const Difference& difference) {
    const std::string why = claim.because.empty() ? "" : claim.because + ": ";
    const bool is_case = claim.keep == Keep::as_case;
    const std::string lead = claim.because.empty() ? "" : claim.because + "\n\n";
    blame({.cause = Cause::wrong_answer,
           .message = why + in_words(first_mismatch(difference)),
           .evidence = {
               .story = lead + story_of(claim.question, difference),
               .case_json = is_case ? case_text(claim.question, truth_of(claim.question)) : "",
               .growth = {},
               .stderr_tail = ""}});
}

void Trial::blame(Fault fault) {
    if (!is_over()) fault_ = std::move(fault);
}

}  // namespace onsite::reconciliation

#include "exercises/1-reconciliation/checks/inquiry.hpp"

#include <bit>
#include <utility>

#include <fmt/format.h>

#include "base/clock.hpp"

namespace onsite::reconciliation {
namespace {

constexpr std::int64_t kCheckMs = 15'000;
constexpr std::int64_t kShrinkMs = 3'000;
constexpr int kShrinksMax = 600;
constexpr int kReplays = 3;
// So many more experiments may be kept from saying anything than said something.
constexpr std::uint64_t kObstaclesMax = 20;

}  // namespace

Inquiry::Inquiry(Examiner& examiner, std::string check, Repetition repetition)
    : examiner_(&examiner),
      check_(std::move(check)),
      repetition_(repetition),
      start_ns_(examiner.clock().monotonic_ns()) {}

// A subject that ran out of time would take as long for every smaller experiment.
bool Inquiry::is_patience_over() {
    if (error_) return true;
    const std::int64_t now_ns = examiner_->clock().monotonic_ns();
    if (!fault_) {
        return now_ns - start_ns_ > kCheckMs * kNsPerMs || obstacles_ > count_ + kObstaclesMax;
    }
    return fault_->cause == Cause::time || ++shrinks_ > kShrinksMax ||
           now_ns - fault_ns_ > kShrinkMs * kNsPerMs;
}

bool Inquiry::holds(const Experiment& experiment) {
    if (is_patience_over()) return true;
    Proof ignored;
    Trial trial(*examiner_, fault_ ? ignored : proof_);
    experiment(trial);
    if (trial.error()) {
        error_ = trial.error();
        return true;
    }
    if (trial.obstacle()) {
        obstacle_ = trial.obstacle();
        ++obstacles_;
        return true;
    }
    if (!trial.fault()) {
        if (!fault_) {
            ++count_;
            remember(experiment, trial);
        }
        return true;
    }
    if (!fault_) fault_ns_ = examiner_->clock().monotonic_ns();
    fault_ = trial.fault();
    faulty_ = experiment;
    return false;
}

// The 1st, 2nd, 4th, 8th ... experiment: a few small ones and a few large ones.
void Inquiry::remember(const Experiment& experiment, const Trial& trial) {
    if (repetition_ == Repetition::none || !std::has_single_bit(count_)) return;
    samples_.push_back({experiment, trial.answers()});
}

void Inquiry::explore(const Search& options, const std::function<void(Trial&, const Plan&)>& law) {
    search(options, [&](const Plan& plan) {
        return holds([law, plan](Trial& trial) { law(trial, plan); });
    });
}

Result<Verdict> Inquiry::conclude(std::string pass_message) {
    if (error_) return std::unexpected(*error_);
    if (fault_) return conclude_fault();
    if (count_ == 0 && obstacle_) return not_proven();
    if (!proof_.shows_work()) return not_proven();
    auto changed = changed_answer();
    if (!changed) return pass_on(changed);
    if (*changed) return verdict_of(**changed);
    return passed(check_, count_, std::move(pass_message));
}

// Absence of proof is never a pass.
Verdict Inquiry::not_proven() const {
    Verdict verdict = not_run(check_, proof_.in_words());
    verdict.cause = Cause::wrong_answer;
    if (obstacles_ > count_) {
        verdict.cause = obstacle_->cause;
        verdict.message = "the plain feeds of this check got no answer: " + obstacle_->message;
        verdict.evidence = obstacle_->evidence;
    }
    verdict.cases = count_;
    return verdict;
}

// The same questions to a fresh process must get the same answers.
Result<std::optional<Fault>> Inquiry::changed_answer() {
    if (samples_.empty()) return std::nullopt;
    examiner_->restart();
    for (const Sample& sample : samples_) {
        Proof ignored;
        Trial trial(*examiner_, ignored);
        sample.experiment(trial);
        if (trial.error()) return std::unexpected(*trial.error());
        if (!trial.fault() && trial.answers() == sample.answers) continue;
        Fault fault;
        if (trial.fault()) fault.evidence = trial.fault()->evidence;
        fault.cause = Cause::flaky;
        fault.message =
            "expected a fresh process to answer the same question in the same way, "
            "found another answer";
        return fault;
    }
    return std::nullopt;
}

Result<bool> Inquiry::is_repeated() {
    const int replays = fault_->cause == Cause::time ? 1 : kReplays;
    for (int i = 0; i < replays; ++i) {
        examiner_->restart();
        Proof ignored;
        Trial trial(*examiner_, ignored);
        faulty_(trial);
        if (trial.error()) return std::unexpected(*trial.error());
        if (!trial.fault()) return false;
    }
    return true;
}

Result<Verdict> Inquiry::conclude_fault() {
    if (repetition_ == Repetition::none) return verdict_of(*fault_);
    auto repeated = is_repeated();
    if (!repeated) return pass_on(repeated);
    if (*repeated) return verdict_of(*fault_);
    Fault flaky = *fault_;
    flaky.cause = Cause::flaky;
    flaky.message = "a fresh process answers this rightly, another one did not: " + fault_->message;
    return verdict_of(flaky);
}

Verdict Inquiry::verdict_of(const Fault& fault) const {
    Verdict verdict = failed(check_, fault.cause, fault.message);
    verdict.cases = count_ + 1;
    verdict.evidence = fault.evidence;
    return verdict;
}

}  // namespace onsite::reconciliation

// One check: many experiments with a subject, and the verdict that they add up to.
//
// A fault is believed only when fresh processes repeat it, and a pass only when a fresh process
// gives the same answers again; anything else is flaky.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "exercises/1-reconciliation/checks/examiner.hpp"
#include "exercises/1-reconciliation/checks/search.hpp"
#include "exercises/1-reconciliation/checks/trial.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::reconciliation {

// A save waits for its verdict: no answer is asked for twice there.
enum class Repetition { none, in_fresh_processes };

class Inquiry {
public:
    // REQUIRES: the examiner outlives the inquiry.
    Inquiry(Examiner& examiner, std::string check, Repetition repetition);

    // Makes an experiment. False when it showed a fault; the last fault counts, so that a search
    // may go on to smaller experiments. Answers true at once when time or patience is over.
    bool holds(const Experiment& experiment);

    // Experiments with the plans of a search.
    void explore(const Search& options, const std::function<void(Trial&, const Plan&)>& law);

    // A pass needs at least one change made by its experiments (Trial::count_change).
    void demand_changes() { proof_.needs_changes = true; }

    bool has_fault() const { return fault_.has_value(); }
    std::uint64_t count() const { return count_; }
    const Proof& proof() const { return proof_; }

    // Errors: tool, when the grader failed.
    Result<Verdict> conclude(std::string pass_message);

private:
    struct Sample {
        Experiment experiment;
        std::vector<Findings> answers;
    };

    bool is_patience_over();
    void remember(const Experiment& experiment, const Trial& trial);
    Result<bool> is_repeated();
    Result<std::optional<Fault>> changed_answer();
    Result<Verdict> conclude_fault();
    Verdict not_proven() const;
    Verdict verdict_of(const Fault& fault) const;

    Examiner* examiner_;
    std::string check_;
    Repetition repetition_;
    std::int64_t start_ns_;
    std::int64_t fault_ns_ = 0;
    Proof proof_;
    std::uint64_t count_ = 0;
    int shrinks_ = 0;
    std::optional<Error> error_;
    std::optional<Fault> fault_;
    std::optional<Fault> obstacle_;  // The last one.
    std::uint64_t obstacles_ = 0;
    Experiment faulty_;
    std::vector<Sample> samples_;
};

}  // namespace onsite::reconciliation

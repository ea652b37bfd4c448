// One experiment with a subject: some questions, and what their answers must have to do with each
// other. Keeps the first fault and gives neutral answers from then on, so that a law reads as a
// list of steps.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "exercises/1-reconciliation/checks/examiner.hpp"
#include "exercises/1-reconciliation/checks/findings.hpp"
#include "exercises/1-reconciliation/checks/question.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::reconciliation {

// Why an experiment failed.
struct Fault {
    Cause cause = Cause::wrong_answer;
    std::string message;
    Evidence evidence;
};

// How much of the real work the control answers of a check have shown. A subject that finds
// nothing, or calls everything a finding, agrees with itself; it proves nothing.
struct Proof {
    bool is_needed = false;  // Set by the first control answer.
    std::uint64_t findings_expected = 0;
    std::uint64_t findings_right = 0;
    std::uint64_t pairs_expected = 0;  // Transactions that match,
    std::uint64_t pairs_silent = 0;    // and about which the subject was silent.
    // What a check could change about those matches; more than 0 is demanded of a check that does.
    std::uint64_t changes = 0;
    bool needs_changes = false;

    bool shows_work() const;
    std::string in_words() const;
};

// The right answer.
Findings truth_of(const Question& question);

// Whether the question by itself shows the fault, so that it can be replayed as a test case.
enum class Keep { as_case, as_story };

// What a law says about an answer.
struct Claim {
    const Question& question;
    const Findings& found;
    const Findings& expected;
    std::string because = {};  // "the same feeds with other ids"; empty for a plain comparison.
    Keep keep = Keep::as_case;
};

class Trial {
public:
    // REQUIRES: both outlive the trial.
    Trial(Examiner& examiner, Proof& proof) : examiner_(&examiner), proof_(&proof) {}

    // The answer; empty once there is a fault.
    Findings ask(const Question& question);
    // The answer that later ones are compared with. A subject that crashes on it or breaks the
    // contract has a fault that other checks see; this experiment says nothing then.
    Findings ask_control(const Question& question);
    Answer ask(const Question& question, const RunOf& run);
    // For a question that needs more than the usual time.
    Findings ask_slowly(const Question& question, std::int64_t timeout_ms);

    // The next question goes to a fresh process.
    void restart() { examiner_->restart(); }

    // Counts what this answer proves.
    void count_as_proof(const Question& question, const Findings& found);
    void count_change() { ++proof_->changes; }

    // The answer must be the expected one, unless it is the right one: nobody is blamed for that.
    void expect(const Claim& claim);
    void expect_truth(const Question& question, const Findings& found);
    // The answer is wrong in this way, whatever the right one is.
    void blame(const Claim& claim, const Difference& difference);
    void blame(Fault fault);

    bool is_over() const { return fault_ || error_ || obstacle_; }
    const std::optional<Fault>& fault() const { return fault_; }
    // What kept the experiment from saying anything.
    const std::optional<Fault>& obstacle() const { return obstacle_; }
    const std::optional<Error>& error() const { return error_; }
    // Everything it was answered, to compare with the answers of another process.
    const std::vector<Findings>& answers() const { return answers_; }

private:
    Answer take(Result<Answer> answer, const Question& question);

    Examiner* examiner_;
    Proof* proof_;
    std::optional<Fault> fault_;
    std::optional<Fault> obstacle_;
    std::optional<Error> error_;
    std::vector<Findings> answers_;
};

using Experiment = std::function<void(Trial&)>;

}  // namespace onsite::reconciliation

// Puts questions to one subject and reads its answers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/rng.hpp"
#include "exercises/1-reconciliation/checks/feed_folder.hpp"
#include "exercises/1-reconciliation/checks/findings.hpp"
#include "exercises/1-reconciliation/checks/question.hpp"
#include "harness/subject/session.hpp"

namespace onsite::reconciliation {

inline constexpr std::int64_t kReplyMs = 3'000;  // For the small feeds of most checks.
inline constexpr std::uint64_t kAmpleBytes = 256 * kMiB;

struct Answer {
    Cause cause = Cause::none;  // none: there is an answer, right or wrong.
    std::string problem;        // One sentence when cause is not none.
    Findings findings;
    std::string saved = "{}";
    std::string stderr_tail;
};

// What reconcile_feeds is told beside the feeds.
struct RunOf {
    std::string ledger_snapshot;
    std::string bank_snapshot;
    std::uint64_t memory_bytes = kAmpleBytes;
    std::string store = "{}";
};

class Examiner {
public:
    // REQUIRES: folder and clock outlive the examiner. `secrets` makes the ids of requests.
    Examiner(Subject subject, LayerSet layers, Rng secrets, const FeedFolder& folder, Clock& clock);

    // Every run of reconcile_feeds has new snapshot names: the feeds are not those of earlier runs.
    // Errors: tool, a grader fault.
    Result<Answer> ask(const Question& question, std::int64_t timeout_ms = kReplyMs);
    Result<Answer> ask(const Question& question, const RunOf& run,
                       std::int64_t timeout_ms = kReplyMs);
    // The feeds are the files of these names in the folder.
    Result<Answer> ask_about_files(std::string_view ledger, std::string_view bank, const RunOf& run,
                                   std::int64_t timeout_ms);
    // `members` as of Session::ask; the reply is not read.
    Result<Reply> ask_reconcile(std::string_view members, std::int64_t timeout_ms);

    // As of Session.
    std::int64_t cpu_ns() const { return session_.cpu_ns(); }

    // Ends the process: the next question goes to a fresh one.
    void restart() { session_.restart(); }

    const IsolationReport& isolation() const { return session_.isolation(); }
    Clock& clock() { return *clock_; }

private:
    Session session_;
    const FeedFolder* folder_;
    Clock* clock_;
    std::uint64_t runs_ = 0;
};

// A reply of the session as an answer: what does not follow the contract has the cause protocol.
Answer to_answer(Reply reply, Op op);

}  // namespace onsite::reconciliation

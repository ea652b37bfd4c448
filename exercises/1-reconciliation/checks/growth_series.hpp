// Asks a subject and the reference about feeds of rising size, from 300 to a million rows each, and
// takes the time of each reply.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "exercises/1-reconciliation/checks/context.hpp"
#include "exercises/1-reconciliation/checks/workload.hpp"
#include "harness/judging/growth.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::reconciliation {

// Fewer rows than this say nothing about growth, unless it is too steep already.
inline constexpr std::uint64_t kRowsEnough = 10'000;

class GrowthSeries {
public:
    // REQUIRES: both outlive the series.
    GrowthSeries(const Context& context, const std::string& check);

    // Errors: tool. Afterwards either fault() says why the series ended or the sizes are measured.
    Result<void> run();

    // Adds what was measured before at the sizes that this series reached.
    void add(const GrowthSeries& earlier);

    const std::optional<Verdict>& fault() const { return fault_; }
    // By the clock, as whoever waits for a reply sees it.
    const std::vector<TimedSize>& sizes() const { return by_clock_; }
    // The same, unless growth is too steep by the time of the processor: then that. Others on the
    // machine make replies to few rows look as slow as those to many, and so steep growth flat.
    const std::vector<TimedSize>& telling_sizes() const;
    bool has_stopped_early() const { return has_stopped_early_; }
    std::uint64_t measurements() const { return measurements_; }
    // What all replies took.
    double spent_ns() const { return spent_ns_; }
    Rng chance_of_fit() const { return context_.chance(check_).fork("fit"); }

private:
    using Times = std::vector<double> TimedSize::*;  // Of the subject or of the reference.

    // The replies to one size.
    struct Replies {
        const Workload& workload;
        std::string members;  // Of each question.
        TimedSize by_clock;
        TimedSize by_processor;
    };

    bool is_decided() const;
    double foreseen_ns(std::uint64_t rows) const;
    bool has_time_for(std::uint64_t rows) const;
    std::int64_t reply_ms(std::uint64_t rows) const;
    int repeats(std::uint64_t rows) const;
    Result<void> measure(std::uint64_t rows);
    void keep(Replies replies);
    Result<void> answer_without_matches();
    Result<Reply> time_reply(Examiner& who, std::int64_t timeout_ms, Times times, Replies& replies);
    Result<void> ask_subject(Replies& replies);
    Result<void> ask_reference(Replies& replies);
    // `feeds` tells which ones: "300 rows per feed".
    void judge_answer(Reply reply, const Workload& workload, std::string_view feeds);
    void judge_findings(const Findings& found, const Findings& truth, std::string_view feeds);
    void no_proof(std::string_view feeds);

    const Context& context_;
    const std::string& check_;
    Examiner& subject_;
    std::unique_ptr<Examiner> reference_;
    std::vector<TimedSize> by_clock_;
    std::vector<TimedSize> by_processor_;  // Only what took long enough for it to be exact.
    std::optional<Verdict> fault_;
    std::size_t best_percent_ = 0;
    double spent_ns_ = 0;
    bool has_stopped_early_ = false;
    std::uint64_t measurements_ = 0;
};

}  // namespace onsite::reconciliation

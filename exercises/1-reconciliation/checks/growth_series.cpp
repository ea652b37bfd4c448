#include "exercises/1-reconciliation/checks/growth_series.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <numeric>
#include <utility>

#include <fmt/format.h>

namespace onsite::reconciliation {
namespace {

constexpr std::array<std::uint64_t, 8> kSizes = {300,    1'000,   3'000,   10'000,
                                                 30'000, 100'000, 300'000, 1'000'000};
constexpr double kSeriesNsMax = 40e9;
constexpr int kRepeatsMin = 3;
constexpr int kRepeatsMax = 5;
// A busy machine delays most replies that take less than a millisecond, and a reply to few rows
// that looks slow makes the growth look flat. More of them cost nothing.
constexpr int kShortRepeatsMax = 20;
constexpr double kShortSizeNsMax = 100e6;
// Linux counts the time of a processor when it changes hands, and otherwise some 250 times a
// second: of a reply that takes ten times as long, a tenth may be missing.
constexpr double kCountedNsMin = 40e6;
// A reply may take this many times longer than the smaller sizes foretold.
constexpr double kLatenessMax = 8;
constexpr std::int64_t kReplyMsMin = 5'000;
constexpr std::int64_t kReplyMsMax = 60'000;
// A reply that is many times longer than the right one lists nearly everything; it is not read.
constexpr std::size_t kReplyBytesPerFinding = 2'000;
// An answer that gives up on large feeds is quick on them. One with a defect elsewhere finds about
// the same share of the differences at every size; its points are lost where that defect is judged.
constexpr std::size_t kShareDropMax = 20;
// The day on which a bank has lost its feed, or sent that of another day. More rows than a language
// takes as arguments of one call: JavaScript's push(...rows) fails from some 125,000 on.
constexpr std::uint64_t kUnmatchedRows = 150'000;

std::string members_of(const Workload& workload) {
    return fmt::format("\"ledger\":[{}],\"bank\":[{}]", workload.ledger, workload.bank);
}

void add_times(const std::vector<TimedSize>& from, std::vector<TimedSize>& to) {
    for (TimedSize& size : to) {
        const auto same = std::ranges::find(from, size.rows, &TimedSize::rows);
        if (same == from.end()) continue;
        std::ranges::copy(same->subject_ns, std::back_inserter(size.subject_ns));
        std::ranges::copy(same->reference_ns, std::back_inserter(size.reference_ns));
    }
}

Result<Reply> ask_patiently(Examiner& who, const std::string& members, std::int64_t timeout_ms) {
    auto reply = who.ask_reconcile(members, timeout_ms);
    if (!reply || reply->cause != Cause::time) return reply;
    // A busy machine may do that once.
    who.restart();
    return who.ask_reconcile(members, timeout_ms);
}

double mean(const std::vector<double>& values) {
    return std::reduce(values.begin(), values.end()) / static_cast<double>(values.size());
}

}  // namespace

GrowthSeries::GrowthSeries(const Context& context, const std::string& check)
    : context_(context), check_(check), subject_(context.examiner) {
    if (!context.job.reference) return;
    reference_.reset(new Examiner(context.examiner_of(*context.job.reference)));
}

void GrowthSeries::add(const GrowthSeries& earlier) {
    add_times(earlier.by_clock_, by_clock_);
    add_times(earlier.by_processor_, by_processor_);
    measurements_ += earlier.measurements_;
}

const std::vector<TimedSize>& GrowthSeries::telling_sizes() const {
    const bool is_steep =
        by_processor_.size() >= 2 && fit_growth(by_processor_, chance_of_fit()).is_too_steep;
    return is_steep ? by_processor_ : by_clock_;
}

Result<void> GrowthSeries::run() {
    for (const std::uint64_t rows : kSizes) {
        if (rows > context_.job.growth_rows_max && !by_clock_.empty()) break;
        if (is_decided() || !has_time_for(rows)) {
            has_stopped_early_ = true;
            break;
        }
        if (auto measured = measure(rows); !measured) return measured;
        if (fault_) return {};
    }
    // Whoever wants few rows measured, or is slow, is not asked about many.
    const bool is_near = by_clock_.back().rows * 10 >= kUnmatchedRows;
    return is_near && !has_stopped_early_ ? answer_without_matches() : Result<void>();
}

bool GrowthSeries::is_decided() const {
    return !by_clock_.empty() && by_clock_.back().rows >= kRowsEnough &&
           stays_too_steep(telling_sizes(), chance_of_fit());
}

double GrowthSeries::foreseen_ns(std::uint64_t rows) const {
    return by_clock_.empty() ? 0 : predict_ns(by_clock_, rows);
}

// Both subjects at once, as the reference takes no longer than the subject by much.
bool GrowthSeries::has_time_for(std::uint64_t rows) const {
    return spent_ns_ + kRepeatsMin * 2 * foreseen_ns(rows) <= kSeriesNsMax;
}

std::int64_t GrowthSeries::reply_ms(std::uint64_t rows) const {
    const double late_ms = kLatenessMax * foreseen_ns(rows) / 1e6;
    return std::clamp(static_cast<std::int64_t>(late_ms), kReplyMsMin, kReplyMsMax);
}

int GrowthSeries::repeats(std::uint64_t rows) const {
    const double one = 2 * foreseen_ns(rows);
    const bool has_plenty = spent_ns_ + 4 * kRepeatsMax * one < kSeriesNsMax;
    return has_plenty ? kRepeatsMax : kRepeatsMin;
}

Result<void> GrowthSeries::measure(std::uint64_t rows) {
    const Workload workload = make_workload(
        {.rows = rows,
         .seed = context_.chance(check_).next(),
         .discrepancies = context_.job.followups >= 1 ? Discrepancies::some : Discrepancies::none},
        ',');
    Replies replies{.workload = workload,
                    .members = members_of(workload),
                    .by_clock = {.rows = rows, .subject_ns = {}, .reference_ns = {}},
                    .by_processor = {.rows = rows, .subject_ns = {}, .reference_ns = {}}};
    const int wanted = repeats(rows);
    const double spent_before_ns = spent_ns_;
    const auto is_short = [&] { return spent_ns_ - spent_before_ns < kShortSizeNsMax; };
    for (int i = 0; i < wanted || (i < kShortRepeatsMax && is_short()); ++i) {
        // Whoever goes first finds colder caches: they take turns.
        if (i % 2 == 0) {
            if (auto asked = ask_reference(replies); !asked) return asked;
        }
        if (auto asked = ask_subject(replies); !asked) return asked;
        if (fault_) return {};
        if (i % 2 == 1) {
            if (auto asked = ask_reference(replies); !asked) return asked;
        }
    }
    keep(std::move(replies));
    return {};
}

void GrowthSeries::keep(Replies replies) {
    TimedSize& counted = replies.by_processor;
    // The reference is quicker. What is not counted for one of its replies is for the next.
    if (!counted.reference_ns.empty()) counted.reference_ns = {mean(counted.reference_ns)};
    const bool is_exact = std::ranges::min(replies.by_clock.subject_ns) >= kCountedNsMin;
    const auto is_positive = [](double ns) { return ns > 0; };
    if (is_exact && std::ranges::all_of(counted.subject_ns, is_positive) &&
        std::ranges::all_of(counted.reference_ns, is_positive)) {
        by_processor_.push_back(std::move(counted));
    }
    by_clock_.push_back(std::move(replies.by_clock));
}

// Not timed: an answer as long as the feeds takes another share of the time to write.
Result<void> GrowthSeries::answer_without_matches() {
    const Workload workload = make_workload(
        {.rows = kUnmatchedRows, .seed = context_.chance(check_).next(), .has_matches = false},
        ',');
    auto reply = ask_patiently(subject_, members_of(workload), kReplyMsMax);
    if (!reply) return pass_on(reply);
    judge_answer(std::move(*reply), workload,
                 fmt::format("{} rows per feed without a match", kUnmatchedRows));
    return {};
}

Result<Reply> GrowthSeries::time_reply(Examiner& who, std::int64_t timeout_ms, Times times,
                                       Replies& replies) {
    const std::int64_t cpu_before_ns = who.cpu_ns();
    auto reply = ask_patiently(who, replies.members, timeout_ms);
    if (!reply) return reply;
    const auto wall_ns = static_cast<double>(reply->wall_ns);
    spent_ns_ += wall_ns;
    (replies.by_clock.*times).push_back(wall_ns);
    (replies.by_processor.*times).push_back(static_cast<double>(who.cpu_ns() - cpu_before_ns));
    return reply;
}

Result<void> GrowthSeries::ask_subject(Replies& replies) {
    const std::uint64_t rows = replies.by_clock.rows;
    auto reply = time_reply(subject_, reply_ms(rows), &TimedSize::subject_ns, replies);
    if (!reply) return pass_on(reply);
    ++measurements_;
    if (reply->cause != Cause::none || replies.by_clock.subject_ns.size() == 1) {
        judge_answer(std::move(*reply), replies.workload, fmt::format("{} rows per feed", rows));
    }
    return {};
}

void GrowthSeries::judge_answer(Reply reply, const Workload& workload, std::string_view feeds) {
    const std::size_t bytes = reply.body.size();
    if (reply.cause == Cause::none && bytes > kReplyBytesPerFinding * workload.truth.size()) {
        return no_proof(feeds);
    }
    const Answer answer = to_answer(std::move(reply), Op::reconcile);
    if (answer.cause != Cause::none) {
        fault_ = failed(check_, answer.cause, fmt::format("at {}: {}", feeds, answer.problem));
        fault_->evidence.stderr_tail = answer.stderr_tail;
    } else {
        judge_findings(answer.findings, workload.truth, feeds);
    }
}

void GrowthSeries::judge_findings(const Findings& found, const Findings& truth,
                                  std::string_view feeds) {
    const std::size_t percent = percent_found(truth, found);
    if (percent + kShareDropMax < best_percent_) {
        fault_ = failed(check_, Cause::wrong_answer,
                        fmt::format("expected {} to be reconciled like fewer ones, of whose "
                                    "differences {} % were found; found {} %",
                                    feeds, best_percent_, percent));
    } else if (!shows_work(truth, found)) {
        no_proof(feeds);
    }
    best_percent_ = std::max(best_percent_, percent);
}

void GrowthSeries::no_proof(std::string_view feeds) {
    fault_ = not_run(check_, fmt::format("expected at least 40 % of the differences of {} to "
                                         "be found and little else, found less or nearly "
                                         "everything: its speed says nothing",
                                         feeds));
    fault_->cause = Cause::wrong_answer;
}

Result<void> GrowthSeries::ask_reference(Replies& replies) {
    if (!reference_) return {};
    auto reply = time_reply(*reference_, kReplyMsMax, &TimedSize::reference_ns, replies);
    if (!reply) return pass_on(reply);
    if (reply->cause == Cause::none && replies.by_clock.reference_ns.size() > 1) return {};
    const Answer answer = to_answer(std::move(*reply), Op::reconcile);
    if (answer.cause == Cause::none && answer.findings == replies.workload.truth) return {};
    return tool_error(fmt::format("the reference did not answer {} rows rightly: {}",
                                  replies.by_clock.rows, answer.problem));
}

}  // namespace onsite::reconciliation

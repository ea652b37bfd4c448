#include "exercises/1-reconciliation/checks/growth_check.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "exercises/1-reconciliation/checks/workload.hpp"
#include "harness/judging/growth.hpp"

namespace onsite::reconciliation {
namespace {

constexpr std::array<std::uint64_t, 8> kSizes = {300,    1'000,   3'000,   10'000,
                                                 30'000, 100'000, 300'000, 1'000'000};
// Fewer rows than this say nothing about growth, unless it is too steep already.
constexpr std::uint64_t kRowsEnough = 10'000;
constexpr double kSeriesNsMax = 40e9;
// What makes the last replies of a short series slow is as often the machine as the answer, and
// seldom comes twice. A longer series it cannot explain, and that would cost as much again.
constexpr double kShortSeriesNsMax = 5e9;
constexpr int kRepeatsMin = 3;
constexpr int kRepeatsMax = 5;
// A busy machine delays most replies that take less than a millisecond, and a reply to few rows
// that looks slow makes the growth look flat. More of them cost nothing.
constexpr int kShortRepeatsMax = 20;
constexpr double kShortSizeNsMax = 100e6;
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

Rng chance_of_fit(const Context& context, const std::string& check) {
    return context.chance(check).fork("fit");
}

class Series {
public:
    Series(const Context& context, const std::string& check)
        : context_(context), check_(check), subject_(context.examiner) {
        if (!context.job.reference) return;
        reference_.reset(new Examiner(context.examiner_of(*context.job.reference)));
    }

    // Errors: tool. Afterwards either fault() says why the series ended or the sizes are measured.
    Result<void> run() {
        for (const std::uint64_t rows : kSizes) {
            if (rows > context_.job.growth_rows_max && !sizes_.empty()) break;
            if (is_decided() || !has_time_for(rows)) {
                has_stopped_early_ = true;
                break;
            }
            if (auto measured = measure(rows); !measured) return measured;
            if (fault_) return {};
        }
        // Whoever wants few rows measured, or is slow, is not asked about many.
        const bool is_near = sizes_.back().rows * 10 >= kUnmatchedRows;
        return is_near && !has_stopped_early_ ? answer_without_matches() : Result<void>();
    }

    const std::optional<Verdict>& fault() const { return fault_; }
    const std::vector<TimedSize>& sizes() const { return sizes_; }
    bool has_stopped_early() const { return has_stopped_early_; }
    bool is_short() const { return spent_ns_ < kShortSeriesNsMax; }
    std::uint64_t measurements() const { return measurements_; }

private:
    bool is_decided() const {
        return !sizes_.empty() && sizes_.back().rows >= kRowsEnough &&
               stays_too_steep(sizes_, chance_of_fit(context_, check_));
    }

    double foreseen_ns(std::uint64_t rows) const {
        return sizes_.empty() ? 0 : predict_ns(sizes_, rows);
    }

    // Both subjects at once, as the reference takes no longer than the subject by much.
    bool has_time_for(std::uint64_t rows) const {
        return spent_ns_ + kRepeatsMin * 2 * foreseen_ns(rows) <= kSeriesNsMax;
    }

    std::int64_t reply_ms(std::uint64_t rows) const {
        const double late_ms = kLatenessMax * foreseen_ns(rows) / 1e6;
        return std::clamp(static_cast<std::int64_t>(late_ms), kReplyMsMin, kReplyMsMax);
    }

    int repeats(std::uint64_t rows) const {
        const double one = 2 * foreseen_ns(rows);
        const bool has_plenty = spent_ns_ + 4 * kRepeatsMax * one < kSeriesNsMax;
        return has_plenty ? kRepeatsMax : kRepeatsMin;
    }

    Result<void> measure(std::uint64_t rows) {
        const Workload workload =
            make_workload({.rows = rows,
                           .seed = context_.chance(check_).next(),
                           .discrepancies = context_.job.followups >= 1 ? Discrepancies::some
                                                                        : Discrepancies::none},
                          ',');
        const std::string members = members_of(workload);
        TimedSize size{.rows = rows, .subject_ns = {}, .reference_ns = {}};
        const int wanted = repeats(rows);
        const double spent_before_ns = spent_ns_;
        const auto is_short = [&] { return spent_ns_ - spent_before_ns < kShortSizeNsMax; };
        for (int i = 0; i < wanted || (i < kShortRepeatsMax && is_short()); ++i) {
            // Whoever goes first finds colder caches: they take turns.
            if (i % 2 == 0) {
                if (auto asked = ask_reference(members, workload, size); !asked) return asked;
            }
            if (auto asked = ask_subject(members, workload, size); !asked) return asked;
            if (fault_) return {};
            if (i % 2 == 1) {
                if (auto asked = ask_reference(members, workload, size); !asked) return asked;
            }
        }
        sizes_.push_back(std::move(size));
        return {};
    }

    static std::string members_of(const Workload& workload) {
        return fmt::format("\"ledger\":[{}],\"bank\":[{}]", workload.ledger, workload.bank);
    }

    // Not timed: an answer as long as the feeds takes another share of the time to write.
    Result<void> answer_without_matches() {
        const Workload workload = make_workload(
            {.rows = kUnmatchedRows, .seed = context_.chance(check_).next(), .has_matches = false},
            ',');
        auto reply = ask_patiently(members_of(workload), kReplyMsMax);
        if (!reply) return pass_on(reply);
        judge_answer(std::move(*reply), workload,
                     fmt::format("{} rows per feed without a match", kUnmatchedRows));
        return {};
    }

    Result<Reply> ask_patiently(const std::string& members, std::int64_t timeout_ms) {
        auto reply = subject_.ask_reconcile(members, timeout_ms);
        if (!reply || reply->cause != Cause::time) return reply;
        // A busy machine may do that once.
        subject_.restart();
        return subject_.ask_reconcile(members, timeout_ms);
    }

    Result<void> ask_subject(const std::string& members, const Workload& workload,
                             TimedSize& size) {
        auto reply = ask_patiently(members, reply_ms(size.rows));
        if (!reply) return pass_on(reply);
        spent_ns_ += static_cast<double>(reply->wall_ns);
        ++measurements_;
        size.subject_ns.push_back(static_cast<double>(reply->wall_ns));
        if (reply->cause != Cause::none || size.subject_ns.size() == 1) {
            judge_answer(std::move(*reply), workload, fmt::format("{} rows per feed", size.rows));
        }
        return {};
    }

    // `feeds` tells which ones: "300 rows per feed".
    void judge_answer(Reply reply, const Workload& workload, std::string_view feeds) {
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

    void judge_findings(const Findings& found, const Findings& truth, std::string_view feeds) {
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

    void no_proof(std::string_view feeds) {
        fault_ = not_run(check_, fmt::format("expected at least 40 % of the differences of {} to "
                                             "be found and little else, found less or nearly "
                                             "everything: its speed says nothing",
                                             feeds));
        fault_->cause = Cause::wrong_answer;
    }

    Result<void> ask_reference(const std::string& members, const Workload& workload,
                               TimedSize& size) {
        if (!reference_) return {};
        auto reply = reference_->ask_reconcile(members, kReplyMsMax);
        if (!reply) return pass_on(reply);
        const auto wall_ns = static_cast<double>(reply->wall_ns);
        spent_ns_ += wall_ns;
        size.reference_ns.push_back(wall_ns);
        if (reply->cause == Cause::none && size.reference_ns.size() > 1) return {};
        const Answer answer = to_answer(std::move(*reply), Op::reconcile);
        if (answer.cause == Cause::none && answer.findings == workload.truth) return {};
        return tool_error(fmt::format("the reference did not answer {} rows rightly: {}", size.rows,
                                      answer.problem));
    }

    const Context& context_;
    const std::string& check_;
    Examiner& subject_;
    std::unique_ptr<Examiner> reference_;
    std::vector<TimedSize> sizes_;
    std::optional<Verdict> fault_;
    std::size_t best_percent_ = 0;
    double spent_ns_ = 0;
    bool has_stopped_early_ = false;
    std::uint64_t measurements_ = 0;
};

std::string time_at(const GrowthPoint& point) {
    return fmt::format("{:.3g} ms at {} rows", point.subject_ms, point.rows);
}

Verdict too_steep(const std::string& check, const GrowthFit& fit,
                  const std::vector<GrowthPoint>& points) {
    return failed(check, Cause::slow,
                  fmt::format("expected time to grow like O(n) or O(n log n), found about {} "
                              "(n^{:.2f}): {}, {}",
                              to_string(fit.order), fit.exponent, time_at(points.front()),
                              time_at(points.back())));
}

std::string praise(const GrowthFit& fit, const Series& series) {
    const std::uint64_t rows = series.sizes().back().rows;
    const Order other = fit.order == Order::linear ? Order::linearithmic : Order::linear;
    std::string message =
        fmt::format("{} fits better than {} ({} % sure) up to {} rows", to_string(fit.order),
                    to_string(other), fit.sure_percent, rows);
    if (fit.ratio > 0) message += fmt::format("; {:.2f} times the reference's time", fit.ratio);
    if (series.has_stopped_early()) message += "; larger feeds would have taken too long";
    return message;
}

Verdict judge(const Context& context, const std::string& check, const Series& series) {
    const std::vector<TimedSize>& sizes = series.sizes();
    const std::vector<GrowthPoint> points = growth_points(sizes);
    Verdict verdict = series.fault().value_or(Verdict{});
    if (sizes.size() >= 2) {
        const GrowthFit fit = fit_growth(sizes, chance_of_fit(context, check));
        const std::uint64_t enough = std::min(kRowsEnough, context.job.growth_rows_max);
        const bool is_about_time = !series.fault() || series.fault()->cause == Cause::time;
        if (fit.is_too_steep && is_about_time) {
            verdict = too_steep(check, fit, points);
        } else if (!series.fault() && sizes.back().rows >= enough) {
            verdict = passed(check, series.measurements(), praise(fit, series));
        }
        verdict.evidence.story =
            fmt::format("time = n^{:.2f}, and at least n^{:.2f} with 97.5 % certainty\n",
                        fit.exponent, fit.exponent_low);
    }
    if (verdict.check.empty()) {
        verdict = not_run(check, "the subject is too slow to measure how its time grows");
        verdict.cause = Cause::time;
    }
    verdict.cases = series.measurements();
    verdict.evidence.growth = points;
    return verdict;
}

}  // namespace

Result<Verdict> grows_linearly(const Context& context, const std::string& check) {
    Series series(context, check);
    if (auto done = series.run(); !done) return pass_on(done);
    Verdict verdict = judge(context, check, series);
    if (verdict.cause != Cause::slow || !series.is_short()) return verdict;
    Series again(context, check);
    if (auto done = again.run(); !done) return pass_on(done);
    return judge(context, check, again);
}

}  // namespace onsite::reconciliation

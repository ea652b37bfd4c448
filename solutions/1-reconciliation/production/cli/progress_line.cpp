#include "solutions/1-reconciliation/production/cli/progress_line.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/output/numbers.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::int64_t kShowEveryNs = 100'000'000;

}  // namespace

ProgressLine::ProgressLine(Clock& clock, const Console& console)
    : clock_(clock), console_(console), started_ns_(clock.monotonic_ns()) {}

void ProgressLine::show(const Progress& progress) {
    const std::int64_t now_ns = clock_.monotonic_ns();
    if (now_ns - shown_ns_ < kShowEveryNs) return;
    shown_ns_ = now_ns;
    const double seconds = static_cast<double>(now_ns - started_ns_) / 1e9;
    const auto passes_done = static_cast<double>(progress.pass - 1);
    const double total = static_cast<double>(progress.bytes_total);
    const double done = passes_done * total + static_cast<double>(progress.bytes);
    const double rate = done / std::max(seconds, 1e-3);
    const double left = static_cast<double>(progress.passes) * total - done;
    console_.progress(fmt::format("pass {} of {}  {}  {:.0f} MB/s  {:.0f} s left", progress.pass,
                                  progress.passes, count_of(progress.rows, "row"), rate / 1e6,
                                  std::max(left, 0.0) / std::max(rate, 1.0)));
}

void ProgressLine::show(const PlanProgress& progress) {
    console_.progress(fmt::format("{}: {} of {}", to_string(progress.stage), progress.done,
                                  count_of(progress.tasks, "task")));
}

}  // namespace onsite::reconcile

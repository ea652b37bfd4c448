// "pass 1 of 2  12,000,000 rows  730 MB/s  3 s left", while a run goes on.
#pragma once

#include "base/clock.hpp"
#include "base/console.hpp"
#include "solutions/1-reconciliation/production/engine.hpp"
#include "solutions/1-reconciliation/production/plan/runner.hpp"

namespace onsite::reconcile {

// Rewrites one line of a terminal ten times a second; prints nothing elsewhere.
// Thread safety: none; the engine calls it from one thread at a time.
class ProgressLine {
public:
    ProgressLine(Clock& clock, const Console& console);
    ~ProgressLine() { console_.clear_progress(); }
    void show(const Progress& progress);
    void show(const PlanProgress& progress);  // "sketch: 3 of 8 tasks"

private:
    Clock& clock_;
    const Console& console_;
    std::int64_t started_ns_;
    std::int64_t shown_ns_ = 0;
};

}  // namespace onsite::reconcile

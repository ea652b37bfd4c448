// onsite-bench-reconcile LEDGER BANK [auto|hash|sort_merge|sketch] [memory in MiB] [threads]
// Reconciles once and prints time, memory and counts. Findings are counted and dropped.
#include <cstdlib>
#include <string_view>
#include <sys/resource.h>

#include <fmt/format.h>

#include "base/clock.hpp"
#include "solutions/1-reconciliation/production/engine.hpp"

namespace onsite::reconcile {
namespace {

class CountingSink final : public FindingSink {
public:
    Result<void> unmatched(Side, const Record&) override { return count(); }
    Result<void> discrepancy(const Discrepancy&) override { return count(); }
    Result<void> rejected(Side, const Rejection&) override { return count(); }
    std::uint64_t findings = 0;

private:
    Result<void> count() {
        ++findings;
        return {};
    }
};

Strategy strategy_of(std::string_view name) {
    for (const Strategy strategy : {Strategy::hash, Strategy::sort_merge, Strategy::sketch}) {
        if (to_string(strategy) == name) return strategy;
    }
    return Strategy::automatic;
}

Feed feed_of(std::string_view path) {
    const bool is_json = path.find("ndjson") != std::string_view::npos;
    return {.files = {path}, .format = is_json ? Format::ndjson : Format::csv};
}

void print_side(const SideSummary& side, std::string_view name) {
    fmt::print("{}: {} rows, {} matched, {} unmatched, {} discrepant, {} duplicates, {} rejected\n",
               name, side.rows, side.matched, side.unmatched, side.discrepant, side.duplicates(),
               side.rejected_rows());
}

int bench(int count, char** words) {
    Settings settings;
    if (count > 3) settings.strategy = strategy_of(words[3]);
    if (count > 4) settings.memory_bytes = std::strtoull(words[4], nullptr, 10) << 20;
    if (count > 5) settings.threads = std::atoi(words[5]);
    SystemClock clock;
    settings.progress = [&, start = clock.monotonic_ns()](const Progress& progress) {
        if (progress.bytes != progress.bytes_total) return;
        fmt::print("pass {} read after {:.3f} s\n", progress.pass,
                   static_cast<double>(clock.monotonic_ns() - start) / 1e9);
    };
    const std::int64_t start = clock.monotonic_ns();
    CountingSink sink;
    const auto summary = reconcile_feeds(feed_of(words[1]), feed_of(words[2]), settings, sink);
    const std::int64_t end = clock.monotonic_ns();
    if (!summary) {
        fmt::print(stderr, "{}\n", summary.error().message);
        return 3;
    }
    print_side(summary->side(Side::ledger), "ledger");
    print_side(summary->side(Side::bank), "bank");
    rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    fmt::print("{}: {:.3f} s, {} MiB, {} rows kept, {} MiB spilled, {} findings\n",
               to_string(summary->strategy), static_cast<double>(end - start) / 1e9,
               usage.ru_maxrss / 1024, summary->rows_kept, summary->bytes_spilled >> 20,
               sink.findings);
    return 0;
}

}  // namespace
}  // namespace onsite::reconcile

int main(int count, char** words) {
    if (count < 3) {
        fmt::print(stderr,
                   "usage: onsite-bench-reconcile LEDGER BANK [strategy] [MiB] [threads]\n");
        return 2;
    }
    return onsite::reconcile::bench(count, words);
}

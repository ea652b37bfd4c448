// onsite-bench-reconcile LEDGER BANK [--strategy hash|sort_merge|sketch] [--memory 256MiB]
//                        [--threads 1|2] [--out FOLDER]
// Reconciles once and prints time, memory and counts. With --out the findings are written as CSV,
// otherwise they are counted and dropped. A feed whose name has "ndjson" in it is NDJSON.
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <sys/resource.h>

#include <fmt/compile.h>
#include <fmt/format.h>

#include "base/clock.hpp"
#include "solutions/1-reconciliation/production/engine.hpp"

namespace onsite::reconcile {
namespace {

class CsvFile {
public:
    CsvFile(const std::string& path, std::string header)
        : file_(std::fopen(path.c_str(), "wb"), &std::fclose), text_(std::move(header)) {}

    template <typename Form, typename... Values>
    Result<void> append(const Form& form, Values&&... values) {
        fmt::format_to(std::back_inserter(text_), form, std::forward<Values>(values)...);
        return text_.size() < kWriteBytes ? Result<void>{} : flush();
    }
    Result<void> flush() {
        const bool is_written =
            file_ && std::fwrite(text_.data(), 1, text_.size(), file_.get()) == text_.size();
        text_.clear();
        if (is_written) return {};
        return tool_error("expected room for the findings, found none");
    }

private:
    static constexpr std::size_t kWriteBytes = 256 << 10;
    std::unique_ptr<FILE, int (*)(FILE*)> file_;
    std::string text_;
};

// Ids are written as they are: those of generated feeds need no quotes.
class CsvSink final : public FindingSink {
public:
    explicit CsvSink(const std::string& folder)
        : unmatched_{CsvFile(folder + "/only_ledger.csv", "id,amount,currency\n"),
                     CsvFile(folder + "/only_bank.csv", "id,amount,currency\n")},
          differ_(folder + "/differ.csv",
                  "id,ledger_amount,ledger_currency,bank_amount,bank_currency\n"),
          rejected_(folder + "/rejected.csv", "side,reason,file,line,byte,id\n") {}

    Result<void> unmatched(Side side, const Record& record) override {
        return unmatched_[static_cast<std::size_t>(side)].append(
            FMT_COMPILE("{},{},{}\n"), record.id, record.amount_minor, to_string(record.currency));
    }
    Result<void> discrepancy(const Discrepancy& found) override {
        return differ_.append(FMT_COMPILE("{},{},{},{},{}\n"), found.ledger.id,
                              found.ledger.amount_minor, to_string(found.ledger.currency),
                              found.bank.amount_minor, to_string(found.bank.currency));
    }
    Result<void> rejected(Side side, const Rejection& found) override {
        return rejected_.append(FMT_COMPILE("{},{},{},{},{},{}\n"), to_string(side),
                                to_string(found.reason), found.place.file, found.place.line,
                                found.place.byte, found.id);
    }
    Result<void> flush() {
        for (CsvFile* file : {&unmatched_[0], &unmatched_[1], &differ_, &rejected_}) {
            if (auto written = file->flush(); !written) return written;
        }
        return {};
    }

private:
    std::array<CsvFile, kSides> unmatched_;
    CsvFile differ_;
    CsvFile rejected_;
};

class DroppingSink final : public FindingSink {
public:
    Result<void> unmatched(Side, const Record&) override { return {}; }
    Result<void> discrepancy(const Discrepancy&) override { return {}; }
    Result<void> rejected(Side, const Rejection&) override { return {}; }
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

Result<Summary> reconcile(char** words, const Settings& settings, const std::string& out) {
    DroppingSink dropped;
    if (out.empty()) {
        return reconcile_feeds(feed_of(words[1]), feed_of(words[2]), settings, dropped);
    }
    CsvSink sink(out);
    auto summary = reconcile_feeds(feed_of(words[1]), feed_of(words[2]), settings, sink);
    if (!summary) return summary;
    if (auto written = sink.flush(); !written) return pass_on(written);
    return summary;
}

void print_side(const SideSummary& side, std::string_view name) {
    fmt::print("{}: {} rows, {} matched, {} unmatched, {} discrepant, {} duplicates, {} rejected\n",
               name, side.rows, side.matched, side.unmatched, side.discrepant, side.duplicates(),
               side.rejected_rows());
}

int bench(int count, char** words) {
    std::map<std::string_view, std::string> options;
    for (int i = 3; i + 1 < count; i += 2) options[words[i]] = words[i + 1];
    Settings settings;
    settings.strategy = strategy_of(options["--strategy"]);
    if (const std::string& memory = options["--memory"]; !memory.empty()) {
        settings.memory_bytes = std::strtoull(memory.c_str(), nullptr, 10) << 20;
    }
    if (options["--threads"] == "1") settings.threads = 1;
    SystemClock clock;
    settings.progress = [&, start = clock.monotonic_ns()](const Progress& progress) {
        if (progress.bytes != progress.bytes_total) return;
        fmt::print("pass {} read after {:.3f} s\n", progress.pass,
                   static_cast<double>(clock.monotonic_ns() - start) / 1e9);
    };
    const std::int64_t start = clock.monotonic_ns();
    const auto summary = reconcile(words, settings, options["--out"]);
    const std::int64_t end = clock.monotonic_ns();
    if (!summary) {
        fmt::print(stderr, "{}\n", summary.error().message);
        return 3;
    }
    print_side(summary->side(Side::ledger), "ledger");
    print_side(summary->side(Side::bank), "bank");
    rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    fmt::print("{}: {:.3f} s, {} MiB, {} rows kept, {} MiB spilled\n", to_string(summary->strategy),
               static_cast<double>(end - start) / 1e9, usage.ru_maxrss / 1024, summary->rows_kept,
               summary->bytes_spilled >> 20);
    return 0;
}

}  // namespace
}  // namespace onsite::reconcile

int main(int count, char** words) {
    if (count < 3 || count % 2 == 0) {
        fmt::print(stderr,
                   "usage: onsite-bench-reconcile LEDGER BANK [--strategy NAME] [--memory 256MiB] "
                   "[--threads 1] [--out FOLDER]\n");
        return 2;
    }
    return onsite::reconcile::bench(count, words);
}

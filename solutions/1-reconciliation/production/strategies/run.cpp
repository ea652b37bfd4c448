#include "solutions/1-reconciliation/production/strategies/run.hpp"

#include <new>
#include <stop_token>
#include <thread>

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/input/feed_reader.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::size_t kFilesMax = 65'535;
constexpr std::uint64_t kReportBytes = 8 << 20;
// Guesses that decide how much is prepared for; wrong ones cost time, never rows.
constexpr std::uint64_t kCsvRowBytes = 38;
constexpr std::uint64_t kJsonRowBytes = 68;
constexpr std::uint64_t kCompression = 3;

Result<void> open_files(const Feed& feed, const Settings& settings, std::vector<InputFile>& files) {
    if (feed.files.empty() || feed.files.size() > kFilesMax) {
        return usage_error(fmt::format("expected 1 to {} files in a feed, found {}; name them",
                                       kFilesMax, feed.files.size()));
    }
    for (const auto& path : feed.files) {
        auto file = InputFile::open(path, settings.temp_folder, plan_memory(settings).window_bytes,
                                    settings.stop);
        if (!file) return pass_on(file);
        files.push_back(std::move(*file));
    }
    return {};
}

Result<void> guarded(const std::function<Result<void>(std::size_t)>& work, std::size_t worker) {
    try {
        return work(worker);
    } catch (const std::bad_alloc&) {
        return tool_error(
            "expected enough memory for the run, found none; allow less with the memory setting");
    }
}

}  // namespace

Run::Run(const Feed& ledger, const Feed& bank, const Settings& settings)
    : feeds_{ledger, bank},
      settings_(settings),
      memory_(plan_memory(settings)),
      hasher_(settings.hash_key, settings.hash_bits),
      findings_{FindingStore(settings.temp_folder, memory_.findings_bytes, pool_),
                FindingStore(settings.temp_folder, memory_.findings_bytes, pool_)} {}

Result<std::unique_ptr<Run>> Run::open(const Feed& ledger, const Feed& bank,
                                       const Settings& settings) {
    std::unique_ptr<Run> run(new Run(ledger, bank, settings));
    for (std::size_t side = 0; side < kSides; ++side) {
        auto opened = open_files(run->feeds_[side], settings, run->files_[side]);
        if (!opened) return pass_on(opened);
    }
    run->progress_.bytes_total = run->bytes_total();
    return run;
}

std::uint64_t Run::bytes_total() const {
    std::uint64_t bytes = 0;
    for (const auto& files : files_) {
        for (const InputFile& file : files) bytes += file.bytes();
    }
    return bytes;
}

std::uint64_t guess_rows(Format format, std::uint64_t bytes, bool is_compressed) {
    const std::uint64_t row_bytes = format == Format::csv ? kCsvRowBytes : kJsonRowBytes;
    return bytes * (is_compressed ? kCompression : 1) / row_bytes;
}

std::uint64_t Run::unpacked_bytes_guess() const {
    std::uint64_t bytes = 0;
    for (const auto& files : files_) {
        for (const InputFile& file : files) {
            bytes += file.bytes() * (file.is_compressed() ? kCompression : 1);
        }
    }
    return bytes;
}

std::uint64_t Run::rows_guess(Side side) const {
    const auto number = static_cast<std::size_t>(side);
    std::uint64_t rows = 0;
    for (const InputFile& file : files_[number]) {
        rows += guess_rows(feeds_[number].format, file.bytes(), file.is_compressed());
    }
    return rows;
}

Result<void> Run::in_parallel(const std::function<Result<void>(std::size_t worker)>& work) {
    std::array<Result<void>, kSides> results;
    if (settings_.threads < 2) {
        for (std::size_t worker = 0; worker < kSides; ++worker) {
            if (auto done = guarded(work, worker); !done) return done;
        }
        return {};
    }
    const auto run = [&](std::size_t worker) {
        results[worker] = guarded(work, worker);
        if (!results[worker]) has_failed_ = true;
    };
    {
        const std::jthread other([&] { run(1); });
        run(0);
    }
    // One that was only told to stop does not hide why.
    if (!results[0] && (results[1] || results[0].error().message != kStopped)) return results[0];
    return results[1];
}

Result<void> Run::read_feeds(int pass, int passes, const Take& take, Pickers pickers) {
    progress_.pass = pass;
    progress_.passes = passes;
    progress_.rows = 0;
    progress_.bytes = 0;
    std::stop_source all_read;
    std::atomic<std::size_t> reading = kSides;
    return in_parallel([&](std::size_t worker) {
        auto read = guarded(
            [&](std::size_t side) {
                return read_feed(static_cast<Side>(side), pass, passes, take,
                                 std::move(pickers[side]));
            },
            worker);
        if (reading.fetch_sub(1) == 1) {
            all_read.request_stop();
        } else if (read && settings_.threads > 1) {
            // The other one, with the larger feed, is helped. After an error it has to be stopped.
            pool_.fill_ahead(all_read.get_token());
        }
        return read;
    });
}

Result<void> Run::read_feed(Side side, int pass, int passes, const Take& take,
                            std::unique_ptr<RowPicker> picker) {
    const auto number = static_cast<std::size_t>(side);
    const bool is_picked = picker != nullptr;
    FeedReader reader(feeds_[number], files_[number], std::move(picker));
    Batch batch;
    std::uint64_t rows = 0;
    std::uint64_t rows_reported = 0;
    std::uint64_t bytes_reported = 0;
    while (true) {
        if (is_stopped()) return tool_error(std::string(kStopped));
        auto is_there = reader.next(batch);
        if (!is_there) return pass_on(is_there);
        if (pass == 1) {
            if (auto counted = count(side, batch); !counted) return counted;
        }
        if (auto taken = take(side, batch); !taken) return taken;
        rows += batch.rows.size() + batch.bad_rows.size();
        if (!*is_there || reader.bytes_read() - bytes_reported >= kReportBytes) {
            report(pass, passes, rows - rows_reported, reader.bytes_read() - bytes_reported);
            rows_reported = rows;
            bytes_reported = reader.bytes_read();
        }
        if (!*is_there) break;
    }
    if (pass == 1) {
        censuses_[number].files = reader.files_read();
    } else if (!is_picked && censuses_[number].files != reader.files_read()) {
        return usage_error(fmt::format(
            "{}: expected the bytes that the first pass read, found others; run again when nobody "
            "writes to the feed",
            to_string(side)));
    }
    return {};
}

Result<void> Run::count(Side side, const Batch& batch) {
    Census& census = censuses_[static_cast<std::size_t>(side)];
    for (const Row& row : batch.rows) census.parsed.of(row.currency).add(row.amount_minor);
    for (const BadRow& row : batch.bad_rows) {
        auto kept = findings_[static_cast<std::size_t>(side)].bad_row(side, batch.file, row);
        if (!kept) return kept;
    }
    census.rows += batch.rows.size() + batch.bad_rows.size();
    if (census.rows > settings_.rows_max) {
        return usage_error(fmt::format(
            "{}: expected at most {} rows, found more; check the feed, or allow more rows",
            to_string(side), settings_.rows_max));
    }
    return {};
}

void Run::report(int pass, int passes, std::uint64_t rows, std::uint64_t bytes) {
    if (!settings_.progress) return;
    const std::scoped_lock lock(progress_mutex_);
    progress_.pass = pass;
    progress_.passes = passes;
    progress_.rows += rows;
    progress_.bytes += bytes;
    settings_.progress(progress_);
}

}  // namespace onsite::reconcile

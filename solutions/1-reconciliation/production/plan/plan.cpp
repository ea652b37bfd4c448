#include "solutions/1-reconciliation/production/plan/plan.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/input/feed_reader.hpp"
#include "solutions/1-reconciliation/production/plan/sketch_table.hpp"
#include "solutions/1-reconciliation/production/strategies/memory_plan.hpp"
#include "solutions/1-reconciliation/production/strategies/run.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::array<std::string_view, kStages> kStageNames = {
    "survey", "boundaries", "sketch", "merge", "emit", "join", "finish"};

// As on one machine. With half as many buckets a table has a sixth less bytes to send, but three
// times as many rows are emitted for nothing.
constexpr std::uint64_t kRowsPerTwoBuckets = 5;
constexpr int kSketchBitsMin = 10;
constexpr int kSketchBitsMax = 27;
constexpr int kPartitionBitsMax = 8;
constexpr std::size_t kFilesMax = 65'535;
constexpr std::size_t kPiecesShown = 4;

// What stands before the first row. A file without a header has no rows either.
Result<FileHead> read_head(const Feed& feed, const std::vector<InputFile>& opened) {
    FeedReader reader(feed, opened);
    Batch batch;
    while (!reader.head()) {
        auto is_there = reader.next(batch);
        if (!is_there) return pass_on(is_there);
        if (!*is_there) break;
    }
    return reader.head().value_or(FileHead{.columns = {}, .rows = {.byte = opened[0].bytes()}});
}

Result<PlannedFile> plan_file(const Feed& feed, const std::filesystem::path& path,
                              const Settings& settings) {
    std::vector<InputFile> opened;
    {
        auto file = InputFile::open(path, settings.temp_folder, plan_memory(settings).window_bytes,
                                    settings.stop);
        if (!file) return pass_on(file);
        opened.push_back(std::move(*file));
    }
    const InputFile& file = opened.front();
    if (file.is_copy()) {
        return usage_error(fmt::format(
            "{}: expected a file that every task can open, found a pipe; save it to a file first",
            file.name()));
    }
    auto head = read_head(feed, opened);
    if (!head) return pass_on(head);
    return PlannedFile{.name = path.string(),
                       .path = std::filesystem::absolute(path),
                       .bytes = file.bytes(),
                       .changed_at_ns = file.changed_at_ns(),
                       .is_compressed = file.is_compressed(),
                       .head = *head};
}

Result<void> plan_files(Plan& plan, Side side) {
    const auto number = static_cast<std::size_t>(side);
    Feed& feed = plan.feeds[number];
    if (feed.files.empty() || feed.files.size() > kFilesMax) {
        return usage_error(fmt::format("expected 1 to {} files in a feed, found {}; name them",
                                       kFilesMax, feed.files.size()));
    }
    for (auto& path : feed.files) {
        auto file = plan_file(feed, path, plan.settings);
        if (!file) return pass_on(file);
        path = file->path;
        plan.files[number].push_back(std::move(*file));
    }
    return {};
}

std::uint64_t bytes_of(std::span<const PlannedFile> files) {
    std::uint64_t bytes = 0;
    for (const PlannedFile& file : files) bytes += file.bytes;
    return bytes;
}

std::uint64_t bytes_of(const Plan& plan) {
    return bytes_of(plan.files[0]) + bytes_of(plan.files[1]);
}

// Deals files out, one behind the other: each task gets the same share of so many bytes.
class Cutter {
public:
    Cutter(Plan& plan, std::uint64_t bytes) : pieces_(plan.pieces), bytes_(bytes) {}

    void deal(Side side, std::span<const PlannedFile> files) {
        for (std::uint32_t number = 0; number < files.size(); ++number) {
            const PlannedFile& file = files[number];
            std::uint64_t begin = 0;
            while (begin < file.bytes) {
                while (!is_last() && share_end() <= before_ + begin) ++task_;
                std::uint64_t end = file.bytes;
                if (!file.is_compressed && !is_last()) end = std::min(end, share_end() - before_);
                pieces_[task_].push_back({side, number, begin, end});
                begin = end;
            }
            before_ += file.bytes;
        }
    }

private:
    bool is_last() const { return task_ + 1 == pieces_.size(); }
    std::uint64_t share_end() const { return bytes_ * (task_ + 1) / pieces_.size(); }

    std::vector<std::vector<Piece>>& pieces_;
    std::uint64_t bytes_;
    std::size_t task_ = 0;
    std::uint64_t before_ = 0;  // Bytes of the files that were dealt out.
};

// A task gets the same part of both feeds: where their rows are in a similar order, most cancel
// before they travel. Compressed files cannot be cut: to spread them is worth more.
void cut(Plan& plan, std::size_t tasks) {
    plan.pieces.resize(tasks);
    const bool is_compressed = std::ranges::any_of(plan.files, [](const auto& files) {
        return std::ranges::any_of(files, &PlannedFile::is_compressed);
    });
    if (is_compressed) {
        Cutter both(plan, bytes_of(plan));
        both.deal(Side::ledger, plan.files[0]);
        both.deal(Side::bank, plan.files[1]);
        return;
    }
    Cutter(plan, bytes_of(plan.files[0])).deal(Side::ledger, plan.files[0]);
    Cutter(plan, bytes_of(plan.files[1])).deal(Side::bank, plan.files[1]);
}

int choose_sketch_bits(const Plan& plan) {
    std::uint64_t most = 0;
    for (const Side side : {Side::ledger, Side::bank}) {
        std::uint64_t rows = 0;
        for (const PlannedFile& file : plan.files_of(side)) {
            rows += guess_rows(plan.feed(side).format, file.bytes, file.is_compressed);
        }
        most = std::max(most, rows);
    }
    const std::uint64_t memory = plan.settings.memory_bytes / 2 / kSketchBucketBytes;
    const std::uint64_t buckets =
        std::min(std::bit_ceil(most * 2 / kRowsPerTwoBuckets + 1), memory);
    return std::clamp(static_cast<int>(std::bit_width(buckets)) - 1, kSketchBitsMin,
                      kSketchBitsMax);
}

}  // namespace

std::string_view to_string(Stage stage) { return kStageNames[static_cast<std::size_t>(stage)]; }

Result<Stage> stage_named(std::string_view name) {
    const auto found = std::ranges::find(kStageNames, name);
    if (found == kStageNames.end()) {
        return usage_error(
            fmt::format("expected a stage (survey, boundaries, sketch, merge, emit, "
                        "join, finish), found '{}'",
                        name));
    }
    return static_cast<Stage>(found - kStageNames.begin());
}

std::size_t Plan::tasks(Stage stage) const {
    switch (stage) {
        case Stage::survey:
            return pieces.size() + std::min(pieces.size(), files[0].size() + files[1].size());
        case Stage::boundaries:
        case Stage::finish:
            return 1;
        case Stage::sketch:
        case Stage::merge:
            return is_exact() ? 0 : pieces.size();
        case Stage::emit:
            return pieces.size();
        case Stage::join:
            return partitions();
    }
    std::abort();
}

Result<void> check_plan(const Settings& settings, std::size_t tasks) {
    if (tasks < 1 || tasks > kTasksMax) {
        return usage_error(fmt::format("expected 1 to {} tasks, found {}", kTasksMax, tasks));
    }
    if (auto good = check_settings(settings); !good) return pass_on(good);
    if (settings.strategy == Strategy::sort_merge) {
        return usage_error(
            "expected a strategy that a plan can have, found sort_merge; take sketch or hash");
    }
    return {};
}

Result<Plan> make_plan(const Feed& ledger, const Feed& bank, const Settings& settings,
                       std::size_t tasks) {
    if (auto good = check_plan(settings, tasks); !good) return pass_on(good);
    Plan plan;
    plan.feeds = {ledger, bank};
    plan.settings = settings;
    plan.settings.progress = {};
    plan.settings.stop = nullptr;
    if (settings.strategy == Strategy::automatic) {
        plan.settings.strategy = settings.exact ? Strategy::hash : Strategy::sketch;
    }
    for (const Side side : {Side::ledger, Side::bank}) {
        if (auto planned = plan_files(plan, side); !planned) return pass_on(planned);
    }
    cut(plan, tasks);
    plan.sketch_bits = choose_sketch_bits(plan);
    plan.partition_bits =
        std::min(static_cast<int>(std::bit_width(std::bit_ceil(tasks))) - 1, kPartitionBitsMax);
    return plan;
}

std::string describe(const Plan& plan) {
    std::string text = fmt::format("{} bytes in {} + {} files, {} tasks, {} MiB of memory each\n",
                                   bytes_of(plan), plan.files[0].size(), plan.files[1].size(),
                                   plan.pieces.size(), plan.settings.memory_bytes >> 20);
    for (std::size_t number = 0; number < kStages; ++number) {
        const auto stage = static_cast<Stage>(number);
        if (plan.tasks(stage) == 0) continue;
        text += fmt::format("{:<11}{:>5} {}", to_string(stage), plan.tasks(stage),
                            plan.tasks(stage) == 1 ? "task" : "tasks");
        if (stage == Stage::sketch) text += fmt::format(", 2^{} buckets", plan.sketch_bits);
        text += '\n';
    }
    for (std::size_t task = 0; task < plan.pieces.size(); ++task) {
        const auto& pieces = plan.pieces[task];
        text += fmt::format("task {}:", task);
        for (const Piece& piece : std::span(pieces).first(std::min(pieces.size(), kPiecesShown))) {
            text += fmt::format(" {} {} [{}, {})", to_string(piece.side),
                                plan.files_of(piece.side)[piece.file].name, piece.begin, piece.end);
        }
        if (pieces.size() > kPiecesShown) {
            text += fmt::format(" and {} more", pieces.size() - kPiecesShown);
        }
        text += '\n';
    }
    return text;
}

}  // namespace onsite::reconcile

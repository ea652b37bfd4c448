// survey and boundaries: where the rows of each piece begin.
#include <array>

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/plan/counts.hpp"
#include "solutions/1-reconciliation/production/plan/piece_reader.hpp"
#include "solutions/1-reconciliation/production/plan/row_walker.hpp"
#include "solutions/1-reconciliation/production/plan/stages.hpp"

namespace onsite::reconcile {
namespace {

// A walk, and how many line ends stand between the beginning of the piece and that of the walk.
struct CountedWalk {
    Walk walk;
    std::uint64_t lines_before = 0;
};

struct Surveyed {
    std::uint64_t lines = 0;  // Line ends in the piece.
    std::vector<CountedWalk> walks;
};

// `first_rows`: where the first row of the piece may begin.
Result<Surveyed> survey(RowWalker& walker, const Piece& piece,
                        const std::vector<std::uint64_t>& first_rows) {
    Surveyed surveyed;
    auto lines = walker.count_lines(piece.begin, piece.end);
    if (!lines) return pass_on(lines);
    surveyed.lines = *lines;
    auto walks = walker.walk(first_rows, piece.end);
    if (!walks) return pass_on(walks);
    for (const Walk& walk : *walks) {
        auto before = walker.count_lines(piece.begin, walk.from);
        if (!before) return pass_on(before);
        surveyed.walks.push_back({walk, *before});
    }
    return surveyed;
}

Result<Surveyed> survey_piece(const Plan& plan, const Piece& piece) {
    const PlannedFile& planned = plan.files_of(piece.side)[piece.file];
    if (planned.is_compressed) return Surveyed{};
    auto file = open_planned(plan, piece.side, piece.file);
    if (!file) return pass_on(file);
    RowWalker walker(plan.feed(piece.side), *file);
    // Before the header's end no other row can be the first.
    Result<std::vector<std::uint64_t>> first = std::vector{planned.head.rows.byte};
    if (piece.begin > planned.head.rows.byte) first = walker.first_rows(piece.begin);
    if (!first) return pass_on(first);
    auto surveyed = survey(walker, piece, *first);
    if (!surveyed) return surveyed;
    if (auto same = file->expect_unchanged(); !same) return pass_on(same);
    return surveyed;
}

void put(BytesWriter& writer, const Surveyed& surveyed) {
    writer.put(surveyed.lines);
    writer.put(std::uint64_t{surveyed.walks.size()});
    for (const CountedWalk& one : surveyed.walks) {
        writer.put(one.walk.from);
        writer.put(one.walk.to);
        writer.put(one.lines_before);
    }
}

Surveyed get_surveyed(BytesReader& reader) {
    Surveyed surveyed;
    surveyed.lines = reader.get<std::uint64_t>();
    const auto walks = reader.get<std::uint64_t>();
    for (std::uint64_t i = 0; i < walks && reader.is_good(); ++i) {
        CountedWalk& one = surveyed.walks.emplace_back();
        one.walk.from = reader.get<std::uint64_t>();
        one.walk.to = reader.get<std::uint64_t>();
        one.lines_before = reader.get<std::uint64_t>();
    }
    return surveyed;
}

// The files that a hashing task reads, numbered through both feeds.
Result<void> hash_files(const TaskRun& task, std::size_t first, std::size_t step,
                        BytesWriter& writer) {
    const std::size_t ledger_files = task.plan.files[0].size();
    for (std::size_t number = first; number < ledger_files + task.plan.files[1].size();
         number += step) {
        const bool is_ledger = number < ledger_files;
        const auto side = is_ledger ? Side::ledger : Side::bank;
        const auto index = static_cast<std::uint32_t>(is_ledger ? number : number - ledger_files);
        auto file = open_planned(task.plan, side, index);
        if (!file) return pass_on(file);
        auto hashed = FileReader::hash_of(*file);
        if (!hashed) return pass_on(hashed);
        hashed->path = task.plan.files_of(side)[index].name;
        put(writer, *hashed);
    }
    return {};
}

std::size_t hashing_tasks(const Plan& plan) {
    return plan.tasks(Stage::survey) - plan.pieces.size();
}

// Follows the rows of one feed from piece to piece.
class Follower {
public:
    explicit Follower(const Plan& plan) : plan_(plan) {}

    // Pieces come in their order. Returns where the first row of this one begins.
    Result<RowStart> take(const Piece& piece, const Surveyed& surveyed) {
        const PlannedFile& file = plan_.files_of(piece.side)[piece.file];
        if (file.is_compressed) return RowStart{};
        if (piece.begin == 0) {
            row_ = file.head.rows.byte;
            lines_ = 0;
        }
        RowStart first{.byte = row_, .line = 1 + lines_};
        if (row_ < piece.end) {
            auto walked = walk_from(row_, piece, surveyed);
            if (!walked) return pass_on(walked);
            first.line += walked->lines_before;
            row_ = walked->walk.to;
        }
        lines_ += surveyed.lines;
        return first;
    }

private:
    Result<CountedWalk> walk_from(std::uint64_t row, const Piece& piece, const Surveyed& surveyed) {
        for (const CountedWalk& one : surveyed.walks) {
            if (one.walk.from == row) return one;
        }
        return tool_error(fmt::format(
            "{}: expected a row at byte {} to be among those that the survey found, found it "
            "missing; this is a bug: please report it, and reconcile on one machine until it is "
            "mended",
            plan_.files_of(piece.side)[piece.file].name, row));
    }

    const Plan& plan_;
    std::uint64_t row_ = 0;    // Where the next piece's first row begins.
    std::uint64_t lines_ = 0;  // Line ends before the next piece.
};

}  // namespace

Result<void> run_survey(TaskRun& task) {
    BytesWriter writer;
    if (task.index < task.plan.pieces.size()) {
        for (const Piece& piece : task.plan.pieces[task.index]) {
            auto surveyed = survey_piece(task.plan, piece);
            if (!surveyed) return pass_on(surveyed);
            put(writer, *surveyed);
        }
    } else {
        auto hashed = hash_files(task, task.index - task.plan.pieces.size(),
                                 hashing_tasks(task.plan), writer);
        if (!hashed) return hashed;
    }
    if (auto written = task.output.append(writer.bytes); !written) return written;
    task.output.end_section();
    return {};
}

// A section for each task.
Result<void> run_boundaries(TaskRun& task) {
    std::array<Follower, kSides> followers = {Follower(task.plan), Follower(task.plan)};
    for (std::size_t number = 0; number < task.plan.pieces.size(); ++number) {
        auto input = task.input(Stage::survey, number);
        if (!input) return pass_on(input);
        auto text = input->text(0);
        if (!text) return pass_on(text);
        BytesReader reader(*text);
        BytesWriter writer;
        for (const Piece& piece : task.plan.pieces[number]) {
            auto first =
                followers[static_cast<std::size_t>(piece.side)].take(piece, get_surveyed(reader));
            if (!first) return pass_on(first);
            writer.put(first->byte);
            writer.put(first->line);
        }
        if (!reader.is_good()) return damaged_output(Stage::survey, number);
        if (auto written = task.output.append(writer.bytes); !written) return written;
        task.output.end_section();
    }
    return {};
}

Result<std::vector<RowStart>> first_rows_of(const TaskRun& task) {
    auto input = task.input(Stage::boundaries, 0);
    if (!input) return pass_on(input);
    auto text = input->text(task.index);
    if (!text) return pass_on(text);
    BytesReader reader(*text);
    std::vector<RowStart> rows(task.plan.pieces[task.index].size());
    for (RowStart& row : rows) {
        row.byte = reader.get<std::uint64_t>();
        row.line = reader.get<std::uint64_t>();
    }
    if (!reader.is_good()) return damaged_output(Stage::boundaries, 0);
    return rows;
}

Result<std::vector<FileRead>> file_hashes(const TaskRun& task) {
    const std::size_t files = task.plan.files[0].size() + task.plan.files[1].size();
    const std::size_t step = hashing_tasks(task.plan);
    std::vector<FileRead> hashes(files);
    for (std::size_t first = 0; first < step; ++first) {
        const std::size_t number = task.plan.pieces.size() + first;
        auto input = task.input(Stage::survey, number);
        if (!input) return pass_on(input);
        auto text = input->text(0);
        if (!text) return pass_on(text);
        BytesReader reader(*text);
        for (std::size_t i = first; i < files; i += step) hashes[i] = get_file_read(reader);
        if (!reader.is_good()) return damaged_output(Stage::survey, number);
    }
    return hashes;
}

}  // namespace onsite::reconcile

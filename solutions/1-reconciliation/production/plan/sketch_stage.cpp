// sketch and merge: which buckets hold rows that have to be looked at.
//
// A table is cut into slices, one for each task of the merge: a bucket has one owner, who sees what
// all tables have of it.
#include "solutions/1-reconciliation/production/plan/piece_reader.hpp"
#include "solutions/1-reconciliation/production/plan/sketch_slice.hpp"
#include "solutions/1-reconciliation/production/plan/sketch_table.hpp"
#include "solutions/1-reconciliation/production/plan/stages.hpp"
#include "solutions/1-reconciliation/production/storage/huge_memory.hpp"

namespace onsite::reconcile {
namespace {

struct Slice {
    std::size_t begin;
    std::size_t end;
};

Slice slice_of(const Plan& plan, std::size_t task) {
    const std::size_t buckets = std::size_t{1} << plan.sketch_bits;
    const std::size_t tasks = plan.tasks(Stage::merge);
    return {buckets * task / tasks, buckets * (task + 1) / tasks};
}

Result<void> sketch_piece(const TaskRun& task, const Piece& piece, RowStart first,
                          const Hasher& hasher, SketchTable& table) {
    auto reader = PieceReader::open(task.plan, piece, first);
    if (!reader) return pass_on(reader);
    std::vector<RowHash> hashes;
    Batch batch;
    while (true) {
        auto is_there = (*reader)->next(batch);
        if (!is_there) return pass_on(is_there);
        hasher.hash_rows(batch.rows, hashes);
        table.add(piece.side, hashes);
        if (!*is_there) return {};
    }
}

}  // namespace

Result<void> run_sketch_task(TaskRun& task) {
    auto first_rows = first_rows_of(task);
    if (!first_rows) return pass_on(first_rows);
    const Hasher hasher(task.plan.settings.hash_key, task.plan.settings.hash_bits);
    SketchTable table(task.plan.sketch_bits);
    const auto& pieces = task.plan.pieces[task.index];
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        auto done = sketch_piece(task, pieces[i], (*first_rows)[i], hasher, table);
        if (!done) return done;
    }
    for (std::size_t owner = 0; owner < task.plan.tasks(Stage::merge); ++owner) {
        const Slice slice = slice_of(task.plan, owner);
        const auto buckets = table.buckets().subspan(slice.begin, slice.end - slice.begin);
        if (auto written = write_slice(buckets, task.output); !written) return written;
    }
    return {};
}

Result<void> run_merge(TaskRun& task) {
    const Slice slice = slice_of(task.plan, task.index);
    const HugeMemory memory((slice.end - slice.begin + 1) * kSketchBucketBytes);
    const std::span buckets(reinterpret_cast<SketchBucket*>(memory.data()),
                            slice.end - slice.begin);
    for (std::size_t number = 0; number < task.plan.tasks(Stage::sketch); ++number) {
        auto input = task.input(Stage::sketch, number);
        if (!input) return pass_on(input);
        if (input->sections() <= task.index) return damaged_output(Stage::sketch, number);
        auto added = add_slice(*input, task.index, buckets);
        if (!added) return pass_on(added);
        if (!*added) return damaged_output(Stage::sketch, number);
    }
    std::vector<char> dirty((buckets.size() + 7) / 8);
    for (std::size_t i = 0; i < buckets.size(); ++i) {
        if (buckets[i].is_dirty()) dirty[i / 8] = static_cast<char>(dirty[i / 8] | 1 << i % 8);
    }
    if (auto written = task.output.append(dirty); !written) return written;
    task.output.end_section();
    return {};
}

Result<DirtyBuckets> dirty_buckets(const TaskRun& task) {
    DirtyBuckets dirty(task.plan.sketch_bits);
    for (std::size_t owner = 0; owner < task.plan.tasks(Stage::merge); ++owner) {
        auto input = task.input(Stage::merge, owner);
        if (!input) return pass_on(input);
        auto bits = input->text(0);
        if (!bits) return pass_on(bits);
        const Slice slice = slice_of(task.plan, owner);
        if (bits->size() != (slice.end - slice.begin + 7) / 8) {
            return damaged_output(Stage::merge, owner);
        }
        for (std::size_t i = 0; i < slice.end - slice.begin; ++i) {
            if (((*bits)[i / 8] >> i % 8 & 1) != 0) dirty.mark(slice.begin + i);
        }
    }
    return dirty;
}

}  // namespace onsite::reconcile

// emit: the rows that have to be joined, parted by the hash of their ids, and the census.
//
// The output has two sections for each partition, ledger and bank, then the counts, then the
// rejected rows as sorted findings (finding_store.hpp).
#include <optional>

#include "solutions/1-reconciliation/production/plan/counts.hpp"
#include "solutions/1-reconciliation/production/plan/emitted.hpp"
#include "solutions/1-reconciliation/production/plan/piece_reader.hpp"
#include "solutions/1-reconciliation/production/plan/stages.hpp"
#include "solutions/1-reconciliation/production/strategies/hash_join.hpp"
#include "solutions/1-reconciliation/production/strategies/memory_plan.hpp"

namespace onsite::reconcile {
namespace {

class Emitter {
public:
    Emitter(const Plan& plan, std::optional<DirtyBuckets> dirty)
        : plan_(plan),
          hasher_(plan.settings.hash_key, plan.settings.hash_bits),
          dirty_(std::move(dirty)),
          rows_{make_rows(plan), make_rows(plan)},
          rejected_(plan.settings.temp_folder, plan_memory(plan.settings).findings_bytes) {}

    Result<void> take_piece(const Piece& piece, RowStart first) {
        auto reader = PieceReader::open(plan_, piece, first);
        if (!reader) return pass_on(reader);
        Batch batch;
        while (true) {
            auto is_there = (*reader)->next(batch);
            if (!is_there) return pass_on(is_there);
            if (auto taken = take(piece, batch); !taken) return taken;
            if (!*is_there) return {};
        }
    }

    Result<void> write(Output& output) {
        for (std::size_t partition = 0; partition < plan_.partitions(); ++partition) {
            for (const PartitionedRows& rows : rows_) {
                if (auto done = write_rows(rows, partition, output); !done) return done;
            }
        }
        counted_.rows_kept = rows_[0].rows() + rows_[1].rows();
        counted_.bytes_spilled =
            rows_[0].bytes_spilled() + rows_[1].bytes_spilled() + rejected_.bytes_spilled();
        BytesWriter counts;
        put(counts, counted_);
        put(counts, rejected_.found());
        if (auto done = output.append(counts.bytes); !done) return done;
        output.end_section();
        auto written =
            rejected_.write([&](std::span<const char> bytes) { return output.append(bytes); });
        output.end_section();
        return written;
    }

private:
    static PartitionedRows make_rows(const Plan& plan) {
        constexpr std::size_t kGroups = 1;  // All of them stay until the end.
        return {plan.partition_bits, kGroups, plan_memory(plan.settings).all_rows_bytes / kSides,
                plan.settings.temp_folder};
    }

    static Result<void> write_rows(const PartitionedRows& rows, std::size_t partition,
                                   Output& output) {
        Result<void> done;
        auto read = rows.for_each(partition, [&](KeptRows kept, bool) {
            for (const KeptRow* const row : kept) {
                if (done) done = output.append({reinterpret_cast<const char*>(row), row->size()});
            }
        });
        if (!read) return read;
        output.end_section();
        return done;
    }

    Result<void> take(const Piece& piece, const Batch& batch) {
        const auto side = static_cast<std::size_t>(piece.side);
        Census& census = counted_.censuses[side];
        census.rows += batch.rows.size() + batch.bad_rows.size();
        for (const BadRow& row : batch.bad_rows) {
            auto kept = rejected_.bad_row(piece.side, piece.file, row);
            if (!kept) return kept;
        }
        hasher_.hash_ids(batch.rows, hashes_);
        for (std::size_t i = 0; i < batch.rows.size(); ++i) {
            const Row& row = batch.rows[i];
            census.parsed.of(row.currency).add(row.amount_minor);
            if (dirty_ && !dirty_->has(hashes_[i])) continue;
            if (auto kept = rows_[side].add(hashes_[i], row, piece.file); !kept) return kept;
        }
        return {};
    }

    const Plan& plan_;
    const Hasher hasher_;
    const std::optional<DirtyBuckets> dirty_;  // Nothing: every row is kept.
    RowsOfFeeds rows_;
    FindingStore rejected_;
    Counted counted_;
    std::vector<std::uint64_t> hashes_;
};

}  // namespace

Result<void> run_emit(TaskRun& task) {
    auto first_rows = first_rows_of(task);
    if (!first_rows) return pass_on(first_rows);
    std::optional<DirtyBuckets> dirty;
    if (!task.plan.is_exact()) {
        auto read = dirty_buckets(task);
        if (!read) return pass_on(read);
        dirty = std::move(*read);
    }
    Emitter emitter(task.plan, std::move(dirty));
    const auto& pieces = task.plan.pieces[task.index];
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        auto taken = emitter.take_piece(pieces[i], (*first_rows)[i]);
        if (!taken) return taken;
    }
    return emitter.write(task.output);
}

}  // namespace onsite::reconcile

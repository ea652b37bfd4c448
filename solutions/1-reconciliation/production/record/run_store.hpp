// Where run records are kept: SQLite in a file, or PostgreSQL for a team.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "solutions/1-reconciliation/production/record/run_lock.hpp"
#include "solutions/1-reconciliation/production/record/run_record.hpp"

namespace onsite::reconcile {

inline constexpr std::size_t kHistoryMax = 10'000;

// What `history` lists.
struct RunLine {
    std::string run;
    std::string date;
    std::string recorded_at;
    std::string outcome;
    std::int64_t ledger_rows = 0;
    std::int64_t bank_rows = 0;
    std::int64_t differences = 0;  // Rows that are only in one feed, and discrepancies.
    std::int64_t rejected = 0;
    bool operator==(const RunLine&) const = default;
};
RunLine line_of(const RunRecord& record);

// All of one run that is in the database, also what is there twice: for whoever doubts it.
struct StoredRun {
    RunRecord record;
    std::string document;  // What the record was read from.
    RunLine line;          // The columns of the table,
    std::string key;       // by which records are listed and looked up.
};

// Thread safety: none.
class RunStore {
public:
    virtual ~RunStore() = default;

    // Waits for whoever holds the lock of that key, on this machine (SQLite) or on any that uses
    // the same database (PostgreSQL). `on_wait` is called once when there is somebody to wait for.
    virtual Result<std::unique_ptr<RunLock>> lock(std::string_view key,
                                                  const std::function<void()>& on_wait) = 0;

    // The records with that key, the oldest first.
    virtual Result<std::vector<RunRecord>> with_key(std::string_view key) = 0;
    // The only record whose name begins so; nothing when there is none.
    // Errors: usage when there are several.
    virtual Result<std::optional<StoredRun>> find(std::string_view beginning) = 0;
    // Adds the record in one transaction, or gives the one that has its name already.
    virtual Result<RunRecord> add(const RunRecord& record) = 0;
    // The newest last.
    virtual Result<std::vector<RunLine>> history(std::size_t limit) = 0;
};

// `where` is "sqlite:FILE", a bare path of a file, or "postgresql://...". Makes folder and tables
// when they are missing. Errors: usage when it is neither; tool when the database cannot be used.
Result<std::unique_ptr<RunStore>> open_run_store(const std::string& where);

// Whether it is a file that is not there, and which open_run_store() would make.
bool is_missing(const std::string& where);

}  // namespace onsite::reconcile

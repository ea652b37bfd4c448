// One repository for both databases; only the lock differs.
#include "solutions/1-reconciliation/production/record/run_store.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "base/json.hpp"
#include "solutions/1-reconciliation/production/record/database_error.hpp"
#include "solutions/1-reconciliation/production/record/outcome.hpp"
#include "solutions/1-reconciliation/production/record/postgresql_url.hpp"

namespace onsite::reconcile {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSqlite = "sqlite:";
constexpr int kBusySeconds = 30;  // SQLite: another process is writing its record.

constexpr const char* kTable =
    "create table if not exists reconcile_runs ("
    " run char(32) primary key, run_key char(32) not null, run_date varchar(10) not null,"
    " recorded_at varchar(20) not null, outcome varchar(20) not null,"
    " ledger_rows bigint not null, bank_rows bigint not null, differences bigint not null,"
    " rejected bigint not null, document text not null)";
constexpr const char* kIndex =
    "create index if not exists reconcile_runs_by_key on reconcile_runs (run_key)";

// The order of runs, also of those of one second or of a clock that was set back: every row that is
// added has a higher one. SQLite has its own.
constexpr const char* kNumber = "number";
constexpr const char* kSqliteNumber = "rowid";
constexpr const char* kCountNumbers =
    "select count(*)::int from pg_attribute where attrelid = to_regclass('reconcile_runs') "
    "and attname = 'number' and not attisdropped";
constexpr const char* kAddNumber = "alter table reconcile_runs add column number bigserial";

// It would say with every call that the table is there. For this transaction only.
constexpr const char* kQuietly = "set local client_min_messages = warning";
constexpr const char* kOneAtATime = "do $$ begin perform pg_advisory_xact_lock(7238011); end $$";

// SOCI throws; here that ends.
template <typename Work>
auto guarded(std::string_view doing, const Work& work) -> decltype(work()) {
    try {
        return work();
    } catch (const std::exception& problem) {
        return tool_error(fmt::format(
            "expected to {} in the run record, found: {}; check that its database can be written, "
            "or name another with --record",
            doing, reason_of(problem)));
    }
}

Result<RunRecord> record_of(const std::string& document) {
    auto value = parse_json(document, "run record");
    if (!value) return pass_on(value);
    return record_from_json(*value);
}

std::unexpected<Error> damaged(const Error& problem) {
    return tool_error(fmt::format(
        "expected a run record as Onsite writes it, found a damaged one: {}; restore the database, "
        "or name another with --record",
        problem.message));
}

constexpr const char* kLine =
    "run, run_date, recorded_at, outcome, ledger_rows, bank_rows, differences, rejected";

class SqlRunStore final : public RunStore {
public:
    // `file` is empty for PostgreSQL.
    SqlRunStore(const soci::backend_factory& backend, const std::string& where, fs::path file)
        : sql_(backend, where), where_(where), file_(std::move(file)) {
        soci::transaction transaction(sql_);
        if (is_postgresql()) sql_ << kQuietly;
        // PostgreSQL: two that make the same table at once fail, "if not exists" or not.
        if (is_postgresql()) sql_ << kOneAtATime;
        sql_ << kTable;
        sql_ << kIndex;
        if (is_postgresql()) number_runs();
        transaction.commit();
    }

    Result<std::unique_ptr<RunLock>> lock(std::string_view key,
                                          const std::function<void()>& on_wait) override {
        return guarded("lock a run", [&]() -> Result<std::unique_ptr<RunLock>> {
            if (is_postgresql()) return lock_database(where_, key, on_wait);
            fs::path path = file_;
            path += fmt::format(".{}.lock", key.substr(0, 2));
            return lock_file(path, on_wait);
        });
    }

    Result<std::vector<RunRecord>> with_key(std::string_view key) override {
        return guarded("look for a run", [&] {
            const std::string wanted(key);
            return read_all((sql_.prepare
                                 << "select document from reconcile_runs where run_key = :key "
                                    "order by recorded_at",
                             soci::use(wanted)));
        });
    }

    Result<std::optional<StoredRun>> find(std::string_view beginning) override {
        return guarded("look for a run", [&]() -> Result<std::optional<StoredRun>> {
            const std::string from(beginning);
            const std::string to = from + "~";  // After every hexadecimal digit.
            soci::rowset<soci::row> rows =
                (sql_.prepare << fmt::format("select {}, run_key, document from reconcile_runs "
                                             "where run >= :from and run < :to "
                                             "order by run limit 2",
                                             kLine),
                 soci::use(from), soci::use(to));
            std::optional<StoredRun> found;
            for (const soci::row& row : rows) {
                if (found) {
                    return usage_error(fmt::format(
                        "expected the beginning of one run's name, found several that begin with "
                        "{}; give more of it",
                        beginning));
                }
                auto stored = stored_run(row);
                if (!stored) return pass_on(stored);
                found = std::move(*stored);
            }
            return found;
        });
    }

    Result<RunRecord> add(const RunRecord& record) override {
        return guarded("add a run", [&]() -> Result<RunRecord> {
            insert(record);
            auto stored = find(record.run);
            if (!stored) return pass_on(stored);
            if (!*stored) return tool_error("expected the run that was just recorded");
            return std::move((*stored)->record);
        });
    }

    Result<std::vector<RunLine>> history(std::size_t limit) override {
        return guarded("list the runs", [&]() -> Result<std::vector<RunLine>> {
            std::vector<RunLine> lines;
            const auto most = static_cast<std::int64_t>(std::min(limit, kHistoryMax));
            soci::rowset<soci::row> rows =
                (sql_.prepare << fmt::format("select {} from reconcile_runs "
                                             "order by {} desc limit :most",
                                             kLine, is_postgresql() ? kNumber : kSqliteNumber),
                 soci::use(most));
            for (const soci::row& row : rows) lines.push_back(line_in(row));
            std::ranges::reverse(lines);
            return lines;
        });
    }

private:
    bool is_postgresql() const { return file_.empty(); }

    void number_runs() {
        int columns = 0;
        sql_ << kCountNumbers, soci::into(columns);
        if (columns == 0) sql_ << kAddNumber;
    }

    static std::int64_t number(const soci::row& row, std::size_t column) {
        return row.get_properties(column).get_data_type() == soci::dt_integer
                   ? row.get<int>(column)
                   : static_cast<std::int64_t>(row.get<long long>(column));
    }

    static RunLine line_in(const soci::row& row) {
        return {.run = row.get<std::string>(0),
                .date = row.get<std::string>(1),
                .recorded_at = row.get<std::string>(2),
                .outcome = row.get<std::string>(3),
                .ledger_rows = number(row, 4),
                .bank_rows = number(row, 5),
                .differences = number(row, 6),
                .rejected = number(row, 7)};
    }

    // REQUIRES: columns of kLine, then run_key and document.
    static Result<StoredRun> stored_run(const soci::row& row) {
        std::string document = row.get<std::string>(9);
        auto record = record_of(document);
        if (!record) return damaged(record.error());
        return StoredRun{.record = std::move(*record),
                         .document = std::move(document),
                         .line = line_in(row),
                         .key = row.get<std::string>(8)};
    }

    static Result<std::vector<RunRecord>> read_all(soci::rowset<std::string> documents) {
        std::vector<RunRecord> records;
        for (const std::string& document : documents) {
            auto record = record_of(document);
            if (!record) return damaged(record.error());
            records.push_back(std::move(*record));
        }
        return records;
    }

    // Whoever comes first stays; both databases know these words.
    void insert(const RunRecord& record) {
        const RunLine line = line_of(record);
        const std::string document = to_text(to_json(record));
        soci::transaction transaction(sql_);
        sql_ << "insert into reconcile_runs (run, run_key, run_date, recorded_at, outcome, "
                "ledger_rows, bank_rows, differences, rejected, document) values (:run, :key, "
                ":date, :at, :outcome, :ledger, :bank, :differences, :rejected, :document) "
                "on conflict (run) do nothing",
            soci::use(line.run), soci::use(record.key), soci::use(line.date),
            soci::use(line.recorded_at), soci::use(line.outcome), soci::use(line.ledger_rows),
            soci::use(line.bank_rows), soci::use(line.differences), soci::use(line.rejected),
            soci::use(document);
        transaction.commit();
    }

    soci::session sql_;
    std::string where_;
    fs::path file_;
};

std::string file_of(const std::string& where) {
    return where.starts_with(kSqlite) ? where.substr(kSqlite.size()) : where;
}

Result<std::unique_ptr<RunStore>> open_file(const fs::path& file) {
    std::error_code error;
    if (file.has_parent_path()) fs::create_directories(file.parent_path(), error);
    if (error) {
        return tool_error(fmt::format(
            "expected to make the folder {}, found: {}; name another place with --record",
            file.parent_path().string(), error.message()));
    }
    // No other word in it: SOCI would say it before the timeout counts, and fail when two begin.
    const std::string where = fmt::format("dbname=\"{}\" timeout={}", file.string(), kBusySeconds);
    return std::make_unique<SqlRunStore>(soci::sqlite3, where, file);
}

}  // namespace

bool is_missing(const std::string& where) {
    const std::string file = file_of(where);
    std::error_code ignored;
    return !looks_like_url(file) && !fs::exists(file, ignored);
}

RunLine line_of(const RunRecord& record) {
    const SideSummary& ledger = record.summary.side(Side::ledger);
    const SideSummary& bank = record.summary.side(Side::bank);
    const auto number = [](std::uint64_t count) { return static_cast<std::int64_t>(count); };
    return {.run = record.run,
            .date = record.question.date,
            .recorded_at = record.making.recorded_at,
            .outcome = std::string(to_string(outcome_of(record.summary))),
            .ledger_rows = number(ledger.rows),
            .bank_rows = number(bank.rows),
            .differences = number(ledger.unmatched + bank.unmatched + ledger.discrepant),
            .rejected = number(ledger.rejected_rows() + bank.rejected_rows())};
}

Result<std::unique_ptr<RunStore>> open_run_store(const std::string& where) {
    return guarded("open the tables", [&]() -> Result<std::unique_ptr<RunStore>> {
        if (is_postgresql_url(where)) {
            auto words = postgresql_words(where);
            if (!words) return pass_on(words);
            return std::make_unique<SqlRunStore>(soci::postgresql, *words, fs::path());
        }
        const std::string file = file_of(where);
        if (file.empty() || looks_like_url(file) || file.find('"') != std::string::npos) {
            return usage_error(fmt::format(
                "expected a record as sqlite:FILE or postgresql://..., found \"{}\"; name one with "
                "--record or ONSITE_RECORD",
                without_password(where)));
        }
        return open_file(file);
    });
}

}  // namespace onsite::reconcile

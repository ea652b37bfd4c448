// One repository for both databases: the statements are words that both know.
#include <algorithm>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "solutions/4-idempotency/guard/key_store.hpp"

namespace onsite::idempotency {
namespace {

constexpr std::string_view kSqlite = "sqlite:";
constexpr std::string_view kPostgresql = "postgresql://";
constexpr int kInsertTries = 3;
constexpr int kBusySeconds = 30;  // SQLite: another process is writing.

constexpr const char* kTable =
    "create table if not exists idempotency_keys ("
    " scope varchar(255) not null, idempotency_key varchar(255) not null,"
    " fingerprint char(64) not null, parameters text not null, state varchar(10) not null,"
    " attempt bigint not null, lease_until_ms bigint not null, response_status integer not null,"
    " response_body text not null, created_at_ms bigint not null,"
    " primary key (scope, idempotency_key))";
// PostgreSQL: two that make the same table at once fail, "if not exists" or not.
constexpr const char* kOneAtATime = "do $$ begin perform pg_advisory_xact_lock(7238041); end $$";

// SOCI throws; here that ends.
template <typename Work>
auto guarded(std::string_view doing, const Work& work) -> decltype(work()) {
    try {
        return work();
    } catch (const std::exception& problem) {
        std::string said = problem.what();
        std::ranges::replace(said, '\n', ' ');
        return tool_error(fmt::format(
            "expected to {} in the table of idempotency keys, found: {}; check its database", doing,
            said));
    }
}

class SqlKeyStore final : public KeyStore {
public:
    SqlKeyStore(const soci::backend_factory& backend, const std::string& where, bool is_server)
        : sql_(backend, where) {
        soci::transaction transaction(sql_);
        if (is_server) sql_ << kOneAtATime;
        sql_ << kTable;
        transaction.commit();
    }

    Result<Standing> insert(const KeyRow& row) override {
        return guarded("add a key", [&]() -> Result<Standing> {
            // A row that stood may be forgotten before it is read: then its place is free.
            for (int tries = 0; tries < kInsertTries; ++tries) {
                if (put(row)) return Standing{row, true};
                if (auto found = read(row.scope, row.key)) return Standing{*found, false};
            }
            return tool_error("expected to add or to find a key, could do neither");
        });
    }

    Result<bool> take_over(const KeyRow& seen, std::int64_t now_ms,
                           std::int64_t lease_until_ms) override {
        return guarded("take a key over", [&]() -> Result<bool> {
            soci::statement statement =
                (sql_.prepare << "update idempotency_keys set attempt = attempt + 1, "
                                 "lease_until_ms = :until where scope = :scope and "
                                 "idempotency_key = :key and state = 'started' and "
                                 "attempt = :attempt and lease_until_ms <= :now",
                 soci::use(lease_until_ms), soci::use(seen.scope), soci::use(seen.key),
                 soci::use(seen.attempt), soci::use(now_ms));
            statement.execute(true);
            return statement.get_affected_rows() == 1;
        });
    }

    Result<bool> finish(const KeyRow& mine, const Response& response) override {
        return guarded("keep a response", [&]() -> Result<bool> {
            soci::statement statement =
                (sql_.prepare << "update idempotency_keys set state = 'done', "
                                 "response_status = :status, response_body = :body "
                                 "where scope = :scope and idempotency_key = :key and "
                                 "state = 'started' and attempt = :attempt",
                 soci::use(response.status), soci::use(response.body), soci::use(mine.scope),
                 soci::use(mine.key), soci::use(mine.attempt));
            statement.execute(true);
            return statement.get_affected_rows() == 1;
        });
    }

    Result<void> give_up(const KeyRow& mine) override {
        return guarded("give a key up", [&]() -> Result<void> {
            sql_ << "update idempotency_keys set lease_until_ms = 0 where scope = :scope and "
                    "idempotency_key = :key and state = 'started' and attempt = :attempt",
                soci::use(mine.scope), soci::use(mine.key), soci::use(mine.attempt);
            return {};
        });
    }

    Result<std::int64_t> forget(std::int64_t before_ms) override {
        return guarded("forget keys", [&]() -> Result<std::int64_t> {
            soci::statement statement =
                (sql_.prepare
                     << "delete from idempotency_keys where state = 'done' and created_at_ms < :at",
                 soci::use(before_ms));
            statement.execute(true);
            return statement.get_affected_rows();
        });
    }

private:
    // Whether the key was free.
    bool put(const KeyRow& row) {
        soci::statement statement =
            (sql_.prepare << "insert into idempotency_keys values (:scope, :key, :fingerprint, "
                             ":parameters, 'started', :attempt, :lease, 0, '', :created) "
                             "on conflict (scope, idempotency_key) do nothing",
             soci::use(row.scope), soci::use(row.key), soci::use(row.fingerprint),
             soci::use(row.parameters), soci::use(row.attempt), soci::use(row.lease_until_ms),
             soci::use(row.created_at_ms));
        statement.execute(true);
        return statement.get_affected_rows() == 1;
    }

    std::optional<KeyRow> read(const std::string& scope, const std::string& key) {
        KeyRow row{.scope = scope, .key = key};
        std::string state;
        long long attempt = 0;
        long long lease_until_ms = 0;
        long long created_at_ms = 0;
        sql_ << "select fingerprint, parameters, state, attempt, lease_until_ms, response_status, "
                "response_body, created_at_ms from idempotency_keys "
                "where scope = :scope and idempotency_key = :key",
            soci::into(row.fingerprint), soci::into(row.parameters), soci::into(state),
            soci::into(attempt), soci::into(lease_until_ms), soci::into(row.response.status),
            soci::into(row.response.body), soci::into(created_at_ms), soci::use(scope),
            soci::use(key);
        if (!sql_.got_data()) return std::nullopt;
        row.is_done = state == "done";
        row.attempt = attempt;
        row.lease_until_ms = lease_until_ms;
        row.created_at_ms = created_at_ms;
        return row;
    }

    soci::session sql_;
};

}  // namespace

Result<std::unique_ptr<KeyStore>> open_key_store(const std::string& where) {
    return guarded("open the table", [&]() -> Result<std::unique_ptr<KeyStore>> {
        if (where.starts_with(kPostgresql)) {
            return std::make_unique<SqlKeyStore>(soci::postgresql, where, true);
        }
        if (!where.starts_with(kSqlite) || where.size() == kSqlite.size() ||
            where.find('"') != std::string::npos) {
            // Not shown: errors end up in logs, and this may have a password.
            return usage_error(
                "expected keys in sqlite:FILE or postgresql://..., found another place; name one "
                "of these");
        }
        const std::string file =
            fmt::format("dbname=\"{}\" timeout={}", where.substr(kSqlite.size()), kBusySeconds);
        return std::make_unique<SqlKeyStore>(soci::sqlite3, file, false);
    });
}

}  // namespace onsite::idempotency

// The run record of a team: a real PostgreSQL server, started for this test and ended with it.
#include <filesystem>
#include <optional>
#include <unistd.h>

#include <fmt/format.h>

#include "tests/e2e/reconcile/tool.hpp"

namespace onsite::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// In a folder of its own, reached through a socket in it, or by URL on the loopback network.
class PostgresqlTest : public ReconcileTest {
protected:
    void SetUp() override {
        write_small_feeds();
        // The server refuses to run as root.
        const std::string as_user =
            geteuid() == 0 ? "setpriv --reuid postgres --regid postgres --clear-groups " : "";
        bin_ = as_user + *first_of("/usr/lib/postgresql/*/bin/");
        std::filesystem::permissions(path("."), std::filesystem::perms::all);
        const auto made =
            shell(fmt::format("{0}initdb -A trust -U onsite -N -D $PWD/data >made 2>&1", bin_));
        ASSERT_EQ(made.status, 0) << read("made") << made.errors;
        // Another process may take a free port before the server does.
        for (int attempt = 0; attempt < 5 && !is_started(); ++attempt) start(free_port());
        ASSERT_TRUE(is_started()) << read("started");
        record_ = fmt::format("postgresql:///postgres?user=onsite&host={}&port={}",
                              path("data").string(), port_);
    }
    void TearDown() override {
        shell(bin_ + "pg_ctl -D $PWD/data -m immediate stop >stopped 2>&1");
    }
    void start(const std::string& port) {
        const auto started = shell(fmt::format(
            "{}pg_ctl -D $PWD/data -w -l $PWD/data/log -o \"-c listen_addresses=127.0.0.1 "
            "-c port={} -c fsync=off -k $PWD/data\" start >started 2>&1",
            bin_, port));
        if (started.status == 0) port_ = port;
    }
    bool is_started() const { return !port_.empty(); }
    std::string free_port() const {
        return shell(
                   "python3 -c 'import socket; s = socket.socket(); s.bind((\"127.0.0.1\", 0)); "
                   "print(s.getsockname()[1], end=\"\")'")
            .output;
    }
    std::string sql(const std::string& statement) const {
        const auto done =
            shell(fmt::format("psql -qAt -h $PWD/data -p {} -U onsite postgres <<'END'\n"
                              "{}\nEND",
                              port_, statement));
        EXPECT_EQ(done.status, 0) << done.errors;
        return done.output;
    }
    std::optional<std::string> first_of(const std::string& pattern) const {
        const auto found = shell("ls -d " + pattern + " | tail -n 1").output;
        if (found.empty()) return std::nullopt;
        return found.substr(0, found.size() - 1);
    }
    std::vector<std::string> words() const {
        return {"ledger.csv", "bank.csv", "--date", "2026-11-23", "--record", record_};
    }

    std::string bin_;
    std::string port_;
    std::string record_;
};

TEST_F(PostgresqlTest, RecordsListsShowsAndVerifies) {
    const auto first = reconcile(words());
    ASSERT_EQ(first.status, kRejectedRows) << first.errors;
    const auto again = reconcile(words());
    EXPECT_EQ(again.output, first.output);
    EXPECT_THAT(again.errors, HasSubstr("nothing was processed again"));
    EXPECT_THAT(again.errors, Not(HasSubstr("NOTICE")));
    EXPECT_EQ(count_of("\n", again.errors), 1) << again.errors;
    const std::string name = first.output.substr(4, 12);
    EXPECT_THAT(reconcile({"history", "--record", record_}).output, HasSubstr(name));
    EXPECT_EQ(reconcile({"show", name, "--record", record_}).output, first.output);
    EXPECT_EQ(reconcile({"verify", name, "--record", record_}).status, 0);
}

TEST_F(PostgresqlTest, ListsRunsOfOneSecondNewestLast) {
    const auto make = [&](int from, int to) {
        shell(
            fmt::format("for day in {{{}..{}}}; do $RECONCILE ledger.csv bank.csv --date "
                        "2026-11-$day --record '{}'; done",
                        from, to, record_));
    };
    const auto days = [&] {
        const auto sorted =
            shell(fmt::format("$RECONCILE history --record '{}' | grep -o '2026-11-.. ' >all; sort "
                              "all | cmp - all && "
                              "wc -l <all",
                              record_));
        EXPECT_EQ(sorted.status, 0) << read("all");
        return sorted.output;
    };
    make(11, 18);
    EXPECT_EQ(days(), "8\n");
    // A table of before runs had numbers.
    sql("alter table reconcile_runs drop column number");
    make(19, 24);
    EXPECT_EQ(days(), "14\n");
}

TEST_F(PostgresqlTest, OfManyThatStartTogetherOneProcesses) {
    const auto result = shell(
        fmt::format("for n in 1 2 3 4 5 6; do $RECONCILE ledger.csv bank.csv --date 2026-11-23 "
                    "--record '{}' >out.$n 2>err.$n & done; wait; cat err.*",
                    record_));
    EXPECT_EQ(count_of("nothing was processed again", result.output), 5) << result.output;
    EXPECT_EQ(count_of("\"run\":", reconcile({"history", "--json", "--record", record_}).output),
              1);
}

TEST_F(PostgresqlTest, TakesTheUrlThatTheGuideShows) {
    const std::string host = "127.0.0.1:" + port_;
    int runs = 0;
    for (const std::string& url :
         {"postgresql://onsite@" + host + "/postgres", "postgres://onsite@" + host + "/postgres",
          "postgresql://onsite@" + host + "/postgres?connect_timeout=9",
          "postgresql:///postgres?user=onsite&host=127.0.0.1&port=" + port_}) {
        const auto made = reconcile({"ledger.csv", "bank.csv", "--record", url, "--date",
                                     fmt::format("2026-11-{:02}", ++runs)});
        EXPECT_EQ(made.status, kRejectedRows) << url << made.errors;
        EXPECT_EQ(sql("select count(*) from reconcile_runs"), fmt::format("{}\n", runs)) << url;
    }
    const auto wrong = reconcile({"history", "--record", "postgresql://onsite@" + host + "/a%zz"});
    EXPECT_EQ(wrong.status, 2);
    EXPECT_THAT(wrong.errors, HasSubstr("percent-encoded"));
    EXPECT_EQ(count_of("\n", wrong.errors), 1) << wrong.errors;
}

TEST_F(PostgresqlTest, TakesPasswordsAndNamesWithPercentEscapes) {
    sql("create role \"team r\" login password E'a b\\'\"\\\\=@/?%&;';"
        "create database \"runs = 1\" owner \"team r\";");
    shell("sed -i '1i host all all 127.0.0.1/32 scram-sha-256' data/pg_hba.conf");
    sql("select pg_reload_conf()");
    const std::string rest = "@127.0.0.1:" + port_ + "/runs%20%3D%201";
    const auto refused = reconcile({"history", "--record", "postgresql://team%20r:no" + rest});
    EXPECT_EQ(refused.status, 3);
    EXPECT_THAT(refused.errors, HasSubstr("password authentication failed"));
    const auto made =
        reconcile({"ledger.csv", "bank.csv", "--record",
                   "postgresql://team%20r:a%20b%27%22%5C%3D%40%2F%3F%25%26%3B" + rest});
    EXPECT_EQ(made.status, kRejectedRows) << made.errors;
}

TEST_F(PostgresqlTest, ARecordThatIsNotTakenIsNotPrinted) {
    ASSERT_EQ(reconcile(words()).status, kRejectedRows);
    sql("alter table reconcile_runs add constraint none_more check (run = '') not valid");
    write("bank.csv", "id,amount,currency\ncustomer-4711,300,EUR\n");
    const auto result = reconcile(words());
    EXPECT_EQ(result.status, 3);
    EXPECT_THAT(result.errors, HasSubstr("none_more"));
    EXPECT_THAT(result.errors, Not(HasSubstr("customer-4711")));
    EXPECT_THAT(result.errors, Not(HasSubstr("insert into")));
    EXPECT_EQ(count_of("\n", result.errors), 1) << result.errors;
}

TEST_F(PostgresqlTest, AServerThatIsNotThereIsAClearError) {
    auto elsewhere = words();
    elsewhere.back() = "postgresql://onsite@127.0.0.1:1/none";
    const auto result = reconcile(elsewhere);
    EXPECT_EQ(result.status, 3);
    EXPECT_THAT(result.errors, HasSubstr("--record"));
    EXPECT_THAT(result.errors, HasSubstr("Connection refused"));
    EXPECT_EQ(count_of("\n", result.errors), 1) << result.errors;
}

}  // namespace
}  // namespace onsite::testing

// The run record of a team: a real PostgreSQL server, started for this test and ended with it.
#include <filesystem>
#include <optional>
#include <unistd.h>

#include <fmt/format.h>

#include "tests/e2e/reconcile/tool.hpp"

namespace onsite::testing {
namespace {

using ::testing::HasSubstr;

// In a folder of its own, reached through a socket in it and not through the network.
class PostgresqlTest : public ReconcileTest {
protected:
    void SetUp() override {
        write_small_feeds();
        // The server refuses to run as root.
        const std::string as_user =
            geteuid() == 0 ? "setpriv --reuid postgres --regid postgres --clear-groups " : "";
        bin_ = as_user + *first_of("/usr/lib/postgresql/*/bin/");
        std::filesystem::permissions(path("."), std::filesystem::perms::all);
        const auto made = shell(fmt::format(
            "{0}initdb -A trust -U onsite -N -D $PWD/data >made 2>&1 && {0}pg_ctl -D $PWD/data -w "
            "-l $PWD/data/log -o \"-c listen_addresses= -c fsync=off -k $PWD/data\" start >started",
            bin_));
        ASSERT_EQ(made.status, 0) << read("made") << made.errors;
        record_ = fmt::format("postgresql:///postgres?user=onsite&host={}", path("data").string());
    }
    void TearDown() override {
        shell(bin_ + "pg_ctl -D $PWD/data -m immediate stop >stopped 2>&1");
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
    std::string record_;
};

TEST_F(PostgresqlTest, RecordsListsShowsAndVerifies) {
    const auto first = reconcile(words());
    ASSERT_EQ(first.status, kRejectedRows) << first.errors;
    const auto again = reconcile(words());
    EXPECT_EQ(again.output, first.output);
    EXPECT_THAT(again.errors, HasSubstr("nothing was processed again"));
    const std::string name = first.output.substr(4, 12);
    EXPECT_THAT(reconcile({"history", "--record", record_}).output, HasSubstr(name));
    EXPECT_EQ(reconcile({"show", name, "--record", record_}).output, first.output);
    EXPECT_EQ(reconcile({"verify", name, "--record", record_}).status, 0);
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

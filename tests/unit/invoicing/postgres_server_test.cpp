// The server itself is the last line: what gets past the gate of sql_text.hpp meets a role that may
// do nothing but make tables.
#include "exercises/2-invoicing/checks/postgres_server.hpp"

#include <filesystem>
#include <optional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.hpp"

namespace onsite::invoicing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class PostgresServerTest : public ::testing::Test {
protected:
    void SetUp() override {
        const fs::path programs = find_postgres_programs("/usr/lib/postgresql");
        ASSERT_FALSE(programs.empty()) << "install postgresql-15";
        auto started = PostgresServer::start(programs, clock_);
        ASSERT_TRUE(started) << started.error().message;
        server_.emplace(std::move(*started));
    }

    std::string refusal_of(const std::string& statement) {
        const auto done = server_->run(statement);
        return done ? "" : done.error().message;
    }

    SystemClock clock_;
    std::optional<PostgresServer> server_;
};

TEST_F(PostgresServerTest, RefusesTheMachineToTheStranger) {
    const std::string file = fs::temp_directory_path() / "onsite-written-by-postgres";
    for (const std::string& statement :
         {std::string("COPY (SELECT 1) TO PROGRAM 'id'"), "COPY (SELECT 1) TO '" + file + "'",
          std::string("CREATE TABLE t (a TEXT)"), std::string("COPY t FROM '/etc/passwd'"),
          std::string("SELECT pg_read_file('/etc/passwd')"), std::string("SELECT pg_ls_dir('/')"),
          "SELECT lo_export(1, '" + file + "')", std::string("CREATE EXTENSION dblink"),
          std::string("CREATE ROLE other SUPERUSER"), std::string("SET ROLE onsite"),
          std::string("SET SESSION AUTHORIZATION onsite"),
          std::string("ALTER SYSTEM SET archive_command = 'id'"),
          std::string("CREATE LANGUAGE plpython3u"), std::string("CREATE DATABASE other"),
          std::string("SELECT pg_reload_conf()"), std::string("ALTER ROLE candidate SUPERUSER"),
          std::string("CREATE FUNCTION f() RETURNS int AS '/lib/x.so', 'f' LANGUAGE c")}) {
        if (statement.starts_with("CREATE TABLE")) {
            EXPECT_EQ(refusal_of(statement), "");
        } else {
            EXPECT_NE(refusal_of(statement), "") << statement;
        }
    }
    EXPECT_FALSE(fs::exists(file));
    EXPECT_THAT(refusal_of("SELECT 1; SELECT 2"), HasSubstr("multiple commands"));
}

TEST_F(PostgresServerTest, EndsAStatementThatGoesOn) {
    EXPECT_THAT(refusal_of("SELECT pg_sleep(60)"), HasSubstr("statement timeout"));
}

// All of its memory that has a name lies in the folder, which the next one removes when this one
// was killed.
TEST_F(PostgresServerTest, SharesMemoryInItsFolderOnly) {
    EXPECT_EQ(server_->run("SHOW dynamic_shared_memory_type"),
              (PostgresServer::Rows{{std::string("mmap")}}));
}

TEST_F(PostgresServerTest, LeavesNothingBehind) {
    const fs::path folder = server_->folder();
    EXPECT_EQ(fs::status(folder).permissions(), fs::perms::owner_all);
    server_.reset();
    EXPECT_FALSE(fs::exists(folder));
}

TEST(PostgresProgramsTest, AreOfTheNewestVersionThatIsWhole) {
    const fs::path folder = fs::path(::testing::TempDir()) / "onsite-postgres-versions";
    for (const char* version : {"9", "15", "16"}) {
        fs::create_directories(folder / version / "bin");
        ASSERT_TRUE(write_file(folder / version / "bin/postgres", ""));
        if (std::string(version) != "16") {
            ASSERT_TRUE(write_file(folder / version / "bin/initdb", ""));
        }
    }
    EXPECT_EQ(find_postgres_programs(folder), folder / "15/bin");
    EXPECT_EQ(find_postgres_programs(folder / "nowhere"), fs::path());
    fs::remove_all(folder);
}

}  // namespace
}  // namespace onsite::invoicing

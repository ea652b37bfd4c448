#include "exercises/2-invoicing/checks/sql_text.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace onsite::invoicing {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

std::string refusal_of(const std::string& text) {
    const auto statements = split_sql(text);
    return statements ? "" : statements.error().message;
}

TEST(SqlTextTest, FindsStatementsTablesAndLines) {
    const auto statements = split_sql(
        "-- a comment; with a semicolon\nCREATE TABLE \"A\" (\n  id TEXT, -- ; here too\n"
        "  note TEXT DEFAULT 'it''s; one',\n  CONSTRAINT c CHECK (length(note) > 1),\n"
        "  UNIQUE (id, note)\n);\n/* CREATE TABLE b; */\nCREATE UNIQUE INDEX i\nON a (id);;\n");
    ASSERT_TRUE(statements) << statements.error().message;
    ASSERT_THAT(*statements, SizeIs(2));
    EXPECT_EQ((*statements)[1].line, 9);
    const auto tables = tables_of(*statements);
    ASSERT_THAT(tables, SizeIs(1));
    EXPECT_EQ(tables[0].name, "a");
    EXPECT_THAT(tables[0].definitions, SizeIs(4));
    EXPECT_EQ(tables[0].column("note")->line, 4);
    EXPECT_EQ(tables[0].column("constraint"), nullptr);
    EXPECT_EQ(line_of_index(*statements, "i"), 9);
    EXPECT_EQ(line_of_index(*statements, "j"), 0);
    EXPECT_THAT((*statements)[0].text, ::testing::Not(HasSubstr("here too")));
}

TEST(SqlTextTest, LetsOnlyTablesAndIndexesThrough) {
    for (const char* text : {"ATTACH 'x' AS y",
                             "PRAGMA journal_mode = wal",
                             "INSERT INTO a VALUES (1)",
                             "CREATE VIEW v AS SELECT 1",
                             "CREATE TRIGGER t AFTER INSERT ON a BEGIN END",
                             "CREATE VIRTUAL TABLE v USING fts5(x)",
                             "DROP TABLE a",
                             "COPY a TO PROGRAM 'id'",
                             "CREATE TEMP TABLE a (b TEXT)",
                             "CREATE TABLE a AS SELECT 1",
                             "CREATE TABLE a (b TEXT) AS SELECT 1",
                             "CREATE TABLE main.a (b TEXT)",
                             "CREATE EXTENSION dblink",
                             "DO 'x'",
                             "SET statement_timeout = 0",
                             "VACUUM INTO 'x'",
                             "CREATE TABLE a (b TEXT DEFAULT (SELECT 1))",
                             "CREATE TABLE",
                             "CREATE",
                             "x"}) {
        EXPECT_THAT(refusal_of(text), HasSubstr("schema.sql:1: expected")) << text;
    }
}

TEST(SqlTextTest, RefusesWhatTheDatabasesReadDifferently) {
    for (const char* text :
         {"/* /* */ CREATE TABLE a (b TEXT) */", "CREATE TABLE a (b TEXT DEFAULT $$x$$)",
          "CREATE TABLE a (b TEXT DEFAULT E'\\'')", "CREATE TABLE `a` (b TEXT)",
          "CREATE TABLE [a] (b TEXT)", "CREATE TABLE a (b TEXT DEFAULT 'x)", "/* never ends",
          "CREATE TABLE a (b TEXT DEFAULT 'x'::TEXT)", "CREATE TABLE a (b TEXT) \\! id",
          "CREATE TABLE a (b TEXT DEFAULT U&'x')", "CREATE TABLE a (b TEXT DEFAULT 1x)"}) {
        EXPECT_THAT(refusal_of(text), HasSubstr("schema.sql:1: expected")) << text;
    }
    EXPECT_THAT(refusal_of(std::string("CREATE TABLE a (b TEXT DEFAULT '\0')", 36)),
                HasSubstr("NUL"));
}

TEST(SqlTextTest, ActionsOfKeysAreNoStatements) {
    EXPECT_EQ(refusal_of("CREATE TABLE a (b TEXT REFERENCES c (d) ON DELETE RESTRICT ON UPDATE "
                         "CASCADE)"),
              "");
}

TEST(SqlTextTest, HasLimits) {
    EXPECT_THAT(refusal_of(std::string(kSqlBytesMax + 1, ' ')), HasSubstr("bytes"));
    std::string many;
    for (std::size_t i = 0; i <= kSqlStatementsMax; ++i) many += "CREATE TABLE a (b TEXT);\n";
    EXPECT_THAT(refusal_of(many), HasSubstr("statements"));
    EXPECT_THAT(refusal_of("CREATE TABLE a (" + std::string(kSqlStatementBytesMax, 'b') + ")"),
                HasSubstr("bytes in a statement"));
}

}  // namespace
}  // namespace onsite::invoicing

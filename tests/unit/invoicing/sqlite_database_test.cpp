#include "exercises/2-invoicing/checks/sqlite_database.hpp"

#include <filesystem>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace onsite::invoicing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// What SQLite says when the statement reaches it without the gate in front.
std::string refusal_of(const std::string& sql) {
    const auto database = SqliteDatabase::load({{.text = sql, .line = 3, .tokens = {}}});
    return database ? "" : database.error().message;
}

TEST(SqliteDatabaseTest, DescribesTheSchema) {
    const auto statements = split_sql(
        "CREATE TABLE a (id TEXT PRIMARY KEY, x BIGINT NOT NULL);\n"
        "CREATE TABLE b (k BIGINT, m TEXT, a_id TEXT REFERENCES a (id),\n  PRIMARY KEY (m, k));\n"
        "CREATE UNIQUE INDEX part ON b (a_id) WHERE m = 'live';\n"
        "CREATE INDEX shape ON b (lower(m), k);\n");
    ASSERT_TRUE(statements);
    const auto database = SqliteDatabase::load(*statements);
    ASSERT_TRUE(database) << database.error().message;
    const auto schema = database->schema(*statements);
    ASSERT_TRUE(schema);
    ASSERT_THAT(schema->tables, SizeIs(2));
    const Table& b = *schema->table("b");
    EXPECT_EQ(b.line, 2);
    EXPECT_TRUE(b.column("k")->is_not_null);  // It is a part of the key.
    EXPECT_FALSE(b.column("a_id")->is_not_null);
    EXPECT_EQ(schema->table("a")->column("x")->type, "BIGINT");
    ASSERT_THAT(b.foreign_keys, SizeIs(1));
    EXPECT_EQ(b.foreign_keys[0].table, "a");
    ASSERT_THAT(b.indexes, SizeIs(3));
    EXPECT_THAT(b.indexes[0].columns, ElementsAre("m", "k"));
    for (const Index& index : b.indexes) {
        if (index.name == "part") {
            EXPECT_TRUE(index.is_unique && index.is_partial);
            EXPECT_EQ(index.line, 4);
        }
        if (index.name == "shape") {
            EXPECT_THAT(index.columns, ElementsAre("", "k"));
        }
    }
}

TEST(SqliteDatabaseTest, RefusesEverythingButTablesAndIndexes) {
    const std::string file = ::testing::TempDir() + "onsite-attached.db";
    for (const std::string& sql :
         {fmt::format("ATTACH '{}' AS other", file), fmt::format("VACUUM INTO '{}'", file),
          std::string("SELECT load_extension('x')"), std::string("PRAGMA writable_schema = 1"),
          std::string("PRAGMA journal_mode = persist"), std::string("SELECT 1"),
          std::string("CREATE VIEW v AS SELECT 1"), std::string("CREATE TEMP TABLE t (a)"),
          std::string("CREATE VIRTUAL TABLE t USING fts5(a)"),
          std::string("CREATE TABLE t AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
                      "FROM n) SELECT i FROM n"),
          std::string("INSERT INTO sqlite_master VALUES (1, 2, 3, 4, 5)")}) {
        EXPECT_THAT(refusal_of(sql), HasSubstr("schema.sql:3: SQLite says: ")) << sql;
    }
    EXPECT_FALSE(std::filesystem::exists(file));
}

TEST(SqliteDatabaseTest, AMisspelledNameInDoubleQuotesIsNoText) {
    EXPECT_THAT(refusal_of("CREATE TABLE t (a TEXT CHECK (a <> \"no such column\"))"),
                HasSubstr("no such column"));
}

TEST(SqliteDatabaseTest, HasLimits) {
    std::string wide = "CREATE TABLE t (a0 TEXT";
    for (int i = 1; i <= 300; ++i) wide += fmt::format(", a{} TEXT", i);
    EXPECT_THAT(refusal_of(wide + ")"), HasSubstr("too many columns"));
    std::string deep;
    for (int i = 0; i < 500; ++i) deep += "(a + ";
    deep += "a" + std::string(500, ')');
    EXPECT_THAT(refusal_of("CREATE TABLE t (a TEXT, CHECK " + deep + ")"), HasSubstr("SQLite"));
}

}  // namespace
}  // namespace onsite::invoicing

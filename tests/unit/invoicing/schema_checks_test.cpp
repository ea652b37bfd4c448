// Schemas that are nearly right, beyond what the mutants show.
#include "exercises/2-invoicing/checks/schema_checks.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/invoicing/answer.hpp"

namespace onsite::invoicing {
namespace {

using ::testing::HasSubstr;

Verdict judge_schema(const std::string& check, const std::string& from, const std::string& to) {
    return Answer(kSchema, changed(kSchema, from, to)).judge(check);
}

TEST(SchemaChecksTest, QuotesTheLineThatItJudges) {
    const Verdict verdict = judge_schema("money_is_exact", "paid_amount      BIGINT NOT NULL",
                                         "paid_amount      NUMERIC(12, 2) NOT NULL");
    EXPECT_THAT(verdict.message, ::testing::MatchesRegex("schema.sql:[0-9]+: paid_amount .*"));
    EXPECT_THAT(verdict.evidence.story, HasSubstr("expected BIGINT"));
    EXPECT_EQ(verdict.percent, 0);  // One amount that is not exact is as bad as all.
}

TEST(SchemaChecksTest, Int8IsABigint) {
    const Verdict verdict = judge_schema("money_is_exact", "paid_amount      BIGINT NOT NULL",
                                         "paid_amount      int8 NOT NULL");
    EXPECT_EQ(verdict.outcome, Outcome::pass) << verdict.message;
}

TEST(SchemaChecksTest, AFloatIsMoneyWhateverItIsCalled) {
    const Verdict verdict = judge_schema("money_is_exact", "    name                TEXT NOT NULL,",
                                         "    name                TEXT NOT NULL, worth FLOAT,");
    EXPECT_EQ(verdict.outcome, Outcome::fail);
}

TEST(SchemaChecksTest, AnExactFractionThatIsNoAmountIsNone) {
    for (const char* column :
         {"tax_rate NUMERIC(6, 3)", "discount_percent DECIMAL(5, 2)", "quantity NUMERIC(12, 3)",
          "tax_number TEXT", "credit_note_number TEXT", "is_paid BOOLEAN", "tax_included BOOL",
          "refund_reference TEXT", "due DATE", "balance_currency TEXT",
          "tax_basis_points INTEGER"}) {
        const Verdict verdict =
            judge_schema("money_is_exact", "    name                TEXT NOT NULL,",
                         "    name                TEXT NOT NULL, " + std::string(column) + ",");
        EXPECT_EQ(verdict.outcome, Outcome::pass) << verdict.message;
    }
}

TEST(SchemaChecksTest, AFloatInDisguiseIsOne) {
    for (const char* column : {"gross DEC(12, 2)", "worth DECIMAL(12, 2)", "tax_rate REAL",
                               "quantity FLOAT8", "total_quantity TEXT, total NUMERIC"}) {
        const Verdict verdict =
            judge_schema("money_is_exact", "    name                TEXT NOT NULL,",
                         "    name                TEXT NOT NULL, " + std::string(column) + ",");
        EXPECT_EQ(verdict.percent, 0) << column;
    }
}

TEST(SchemaChecksTest, AStateIsAClosedSetOnlyWhenItsValuesAreListed) {
    const std::string listed =
        "CHECK (status IN ('draft', 'open', 'paid', 'void', "
        "'uncollectible'))";
    for (const char* open : {"CHECK (length(status) > 0)", "CHECK (status <> '')",
                             "CHECK (status IS NOT NULL)", "CHECK (status NOT IN ('', 'x'))"}) {
        const Verdict verdict = judge_schema("rows_belong_together", listed, open);
        EXPECT_THAT(verdict.message, HasSubstr("CHECK (status IN (...)) in invoices")) << open;
        EXPECT_THAT(verdict.message, HasSubstr(": status           TEXT NOT NULL")) << open;
    }
    for (const char* closed : {"CHECK (status = 'draft' OR status = 'open' OR status = 'paid')",
                               "CHECK ((\"status\") IN ('draft', 'open', 'paid'))",
                               "CHECK ('draft' = status OR 'open' = status)",
                               "CHECK (CASE status WHEN 'draft' THEN TRUE WHEN 'open' THEN TRUE "
                               "ELSE FALSE END)"}) {
        const Verdict verdict = judge_schema("rows_belong_together", listed, closed);
        EXPECT_EQ(verdict.outcome, Outcome::pass) << verdict.message;
    }
}

TEST(SchemaChecksTest, WhatMayBeEmptyHoldsNothingTogether) {
    struct Empty {
        const char* from;
        const char* to;
        const char* expected;
    };
    for (const Empty& empty :
         {Empty{"status           TEXT NOT NULL", "status           TEXT",
                "NOT NULL CHECK (status IN (...)) in invoices"},
          Empty{"invoice_id        TEXT NOT NULL REFERENCES", "invoice_id        TEXT REFERENCES",
                "payments.invoice_id as a foreign key to invoices, NOT NULL"},
          Empty{"customer_id      TEXT NOT NULL", "customer_id      TEXT",
                "invoices.customer_id as a foreign key to customers, NOT NULL"}}) {
        const Verdict verdict = judge_schema("rows_belong_together", empty.from, empty.to);
        EXPECT_THAT(verdict.message, HasSubstr(empty.expected)) << empty.to;
    }
}

TEST(SchemaChecksTest, ATableOfStatesIsAClosedSet) {
    const std::string listed =
        "CHECK (status IN ('draft', 'open', 'paid', 'void', "
        "'uncollectible'))";
    const std::string looked_up = changed(kSchema, listed, "REFERENCES invoice_states (name)");
    const Answer answer(kSchema,
                        "CREATE TABLE invoice_states (name TEXT PRIMARY KEY);\n" + looked_up);
    EXPECT_EQ(answer.judge("rows_belong_together").outcome, Outcome::pass);
}

TEST(SchemaChecksTest, AKeyOfPaymentsThatFailedKeepsNoneSingle) {
    const std::string live =
        "WHERE status IN ('pending', 'unknown', 'requires_action', 'processing', 'succeeded');";
    for (const char* dead :
         {"WHERE status = 'failed';", "WHERE status IN ('failed', 'canceled');",
          "WHERE status = 'succeeded';", "WHERE status IN ('in_flight', 'sent');",
          "WHERE status NOT IN ('pending', 'processing', 'failed');",
          "WHERE status <> 'pending' AND status <> 'failed';",
          "WHERE payment_intent_id IS NOT NULL;", "WHERE first_sent_at IS NOT NULL;"}) {
        const Verdict verdict = judge_schema("double_effects_are_impossible", live, dead);
        EXPECT_THAT(verdict.message, HasSubstr("a unique key of payments on invoice_id")) << dead;
    }
    for (const char* other :
         {"WHERE status <> 'failed';", "WHERE status NOT IN ('failed');",
          "WHERE NOT (status = 'failed' OR status = 'canceled');", "WHERE failure_code IS NULL;",
          "WHERE status <> 'failed' AND failure_code IS NULL;"}) {
        const Verdict verdict = judge_schema("double_effects_are_impossible", live, other);
        EXPECT_EQ(verdict.outcome, Outcome::pass) << verdict.message;
    }
}

TEST(SchemaChecksTest, APaymentThatCameToNothingHasManyNames) {
    for (const char* state : {"FAILED", "rejected", "errored"}) {
        const std::string known = "'" + std::string(state) + "'";
        std::string schema = changed(kSchema, "'failed', 'canceled')", known + ", 'canceled')");
        const std::string live =
            "WHERE status IN ('pending', 'unknown', 'requires_action', 'processing', 'succeeded')";
        schema.replace(schema.find(live), live.size(),
                       "WHERE status NOT IN (" + known + ", 'canceled')");
        const Verdict verdict = Answer(kSchema, schema).judge("double_effects_are_impossible");
        EXPECT_EQ(verdict.outcome, Outcome::pass) << state << verdict.message;
    }
}

// The database tells names as they were written.
TEST(SchemaChecksTest, AColumnMayBeWrittenInCapitals) {
    const Verdict verdict =
        judge_schema("list_uses_an_index", "    customer_id      TEXT NOT NULL,",
                     "    CUSTOMER_ID      TEXT NOT NULL,");
    EXPECT_EQ(verdict.outcome, Outcome::pass) << verdict.message;
}

TEST(SchemaChecksTest, ANumberOfWhatIsNoDraftIsAKey) {
    const Verdict verdict =
        judge_schema("double_effects_are_impossible", "invoices (account_id, number);",
                     "invoices (account_id, number) WHERE status <> 'draft';");
    EXPECT_EQ(verdict.outcome, Outcome::pass) << verdict.message;
}

TEST(SchemaChecksTest, AWiderKeyOrOnePartOfTheRowsIsNoKey) {
    EXPECT_EQ(judge_schema("double_effects_are_impossible", "event_id     TEXT PRIMARY KEY",
                           "event_id TEXT NOT NULL, PRIMARY KEY (event_id, received_at)")
                  .outcome,
              Outcome::fail);
    const std::string partial =
        changed(kSchema, "event_id     TEXT PRIMARY KEY", "event_id     TEXT NOT NULL") +
        "CREATE UNIQUE INDEX once ON webhook_events (event_id) "
        "WHERE status = 'applied';\n";
    EXPECT_EQ(Answer(kSchema, partial).judge("double_effects_are_impossible").outcome,
              Outcome::fail);
}

TEST(SchemaChecksTest, AKeyOfAllAccountsRefusesWhatIsAnotherOnes) {
    struct Narrow {
        const char* from;
        const char* to;
        const char* expected;
    };
    for (const Narrow& narrow :
         {Narrow{"PRIMARY KEY (account_id, idempotency_key)", "PRIMARY KEY (idempotency_key)",
                 "idempotency_keys on idempotency_key together with account_id"},
          Narrow{"PRIMARY KEY (account_id, idempotency_key)",
                 "PRIMARY KEY (account_id, idempotency_key), UNIQUE (idempotency_key)",
                 "idempotency_keys on idempotency_key together with account_id"},
          Narrow{"ON invoices (account_id, number)", "ON invoices (number)",
                 "invoices on number together with account_id"},
          Narrow{"UNIQUE (invoice_id, step)", "UNIQUE (step)",
                 "reminders on step together with invoice_id"}}) {
        const Verdict verdict =
            judge_schema("double_effects_are_impossible", narrow.from, narrow.to);
        EXPECT_THAT(verdict.message, HasSubstr(narrow.expected)) << narrow.to;
    }
}

TEST(SchemaChecksTest, TheSameKeyByOtherMeansIsOne) {
    const std::string by_index =
        changed(kSchema, "event_id     TEXT PRIMARY KEY", "event_id     TEXT NOT NULL") +
        "CREATE UNIQUE INDEX once ON webhook_events (event_id);\n";
    EXPECT_EQ(Answer(kSchema, by_index).judge("double_effects_are_impossible").outcome,
              Outcome::pass);
}

TEST(SchemaChecksTest, ShowsThePlan) {
    const Verdict verdict = Answer(read_answer(kModel)).judge("list_uses_an_index");
    EXPECT_THAT(verdict.evidence.story, HasSubstr("SQLite's plan: SEARCH invoices USING"));
}

TEST(SchemaChecksTest, ASchemaThatDoesNotLoadFailsWithItsLine) {
    for (const char* check : {"schema_loads", "money_is_exact", "list_uses_an_index"}) {
        const Verdict verdict = Answer(kSchema, "\nCREATE TABLE a (b TEXT,);\n").judge(check);
        EXPECT_EQ(verdict.outcome, Outcome::fail);
        EXPECT_THAT(verdict.message, HasSubstr("schema.sql:2: SQLite says: "));
    }
}

TEST(PostgresCheckTest, WithoutPostgresqlNothingIsDecided) {
    const Answer answer(read_answer(kModel));
    const_cast<Context&>(answer.context()).postgresql_folder = "/nowhere";
    const Verdict verdict = answer.judge("holds_in_postgresql");
    EXPECT_EQ(verdict.outcome, Outcome::inconclusive);
    EXPECT_THAT(verdict.message, HasSubstr("apt-get install postgresql-15"));
}

TEST(PostgresCheckTest, ShowsThePlan) {
    const Verdict verdict = Answer(read_answer(kModel)).judge("holds_in_postgresql");
    EXPECT_EQ(verdict.outcome, Outcome::pass) << verdict.evidence.story;
    EXPECT_THAT(verdict.evidence.story, HasSubstr("invoices_of_customer"));
}

TEST(SchemaChecksTest, TheIndexOfAClaimHoldsWhatWaits) {
    const auto judged = [](const std::string& where) {
        return judge_schema("outbox_can_be_worked",
                            "ON outbox (next_attempt_at) WHERE done_at IS NULL",
                            "ON outbox (next_attempt_at)" + where);
    };
    for (const char* done :
         {" WHERE topic = 'done'", " WHERE topic IN ('sent', 'DEAD')", " WHERE topic <> 'pending'",
          " WHERE done_at IS NOT NULL", " WHERE topic NOT IN ('new', 'processing')"}) {
        const Verdict verdict = judged(done);
        EXPECT_THAT(verdict.message, HasSubstr("an index of outbox on next_attempt_at")) << done;
    }
    for (const char* due : {"", " WHERE topic = 'pending'", " WHERE topic IN ('pending', 'failed')",
                            " WHERE topic <> 'done'", " WHERE next_attempt_at IS NOT NULL",
                            " WHERE topic = 'invoices' AND done_at IS NULL",
                            " WHERE topic NOT IN ('done', 'dead')"}) {
        const Verdict verdict = judged(due);
        EXPECT_EQ(verdict.outcome, Outcome::pass) << due << verdict.message;
    }
}

}  // namespace
}  // namespace onsite::invoicing

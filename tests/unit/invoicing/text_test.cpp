// Words, durations and Markdown, as the checks read them.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exercises/2-invoicing/checks/duration.hpp"
#include "exercises/2-invoicing/checks/markdown_text.hpp"
#include "exercises/2-invoicing/checks/words.hpp"

namespace onsite::invoicing {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

std::vector<Section> sections_in(const std::string& text) {
    return sections_of(*read_markdown(text, "a.md"));
}
std::vector<TextTable> tables_of_text(const std::string& text) {
    return tables_in(*read_markdown(text, "a.md"));
}

TEST(WordsTest, KnowsNamesOfMoney) {
    for (const char* name : {"amount", "total_amount", "subtotal", "unit_price", "tax", "paid",
                             "amount_due", "balance_cents"}) {
        EXPECT_TRUE(is_money_name(name)) << name;
    }
    for (const char* name : {"paid_at", "due_date", "tax_rate", "discount_percent", "quantity",
                             "next_invoice_number", "payment_intent_id", "taxonomy", "fee_code"}) {
        EXPECT_FALSE(is_money_name(name)) << name;
    }
}

TEST(WordsTest, CountsAndCuts) {
    EXPECT_EQ(count_words(" a unique-key, 24 h "), 5);
    EXPECT_EQ(count_words("-"), 0);
    EXPECT_THAT(lines_of("a\r\nb\n"), ElementsAre("a", "b"));
    EXPECT_THAT(lines_of(""), ElementsAre(""));
}

TEST(DurationTest, HasAUnit) {
    EXPECT_EQ(parse_duration("90s"), 90);
    EXPECT_EQ(parse_duration("5m"), 300);
    EXPECT_EQ(parse_duration("2h"), 7'200);
    EXPECT_EQ(parse_duration("3d"), 259'200);
    EXPECT_EQ(parse_duration("5 m"), 300);
    EXPECT_EQ(parse_duration("30 seconds"), 30);
    EXPECT_EQ(parse_duration("10min"), 600);
    EXPECT_EQ(parse_duration("1 hour"), 3'600);
    EXPECT_EQ(parse_duration("2 days"), 172'800);
    for (const char* text : {"", "s", "5", "-5m", "5  m", "min", "5 mins ago", "1.5h", "5M",
                             "9223372036854775807d", "99999999999999999999s"}) {
        EXPECT_EQ(parse_duration(text), std::nullopt) << text;
    }
}

TEST(DecimalTest, IsDigitsAndAPoint) {
    const auto read = [](const std::string& text) {
        const YamlNode node{.kind = YamlKind::scalar, .text = text};
        return decimal(&node);
    };
    EXPECT_EQ(read("1_000"), 1'000);
    EXPECT_EQ(read("23.5"), 23.5);
    EXPECT_EQ(read("3,000,000"), 3'000'000);
    EXPECT_EQ(read("2,200.5"), 2'200.5);
    for (const char* text :
         {"", "-1", ".5", "1.", "1e3", "1.1234567", "1.2.3", "inf", "nan", "1,00", "1,0000", ",100",
          "1,,000", "10,00,000", "0,5", "1.000,5", "1000000000000000"}) {
        EXPECT_EQ(read(text), std::nullopt) << text;
    }
    EXPECT_EQ(decimal(nullptr), std::nullopt);
}

TEST(MarkdownTextTest, ReadsSectionsAndSteps) {
    const auto sections = sections_in(
        "# Flows\n\n1. Not in a section.\n\n## Pay\n\n1. `tx` Lock the\n   invoice.\n2) no tag\n\n"
        "Text after.\n```\n3. `tx` In a fence.\n```\n### Part\n10. `stripe` Charge.\n## Send\n");
    ASSERT_THAT(sections, SizeIs(2));
    EXPECT_EQ(sections[0].title, "Pay");
    EXPECT_EQ(sections[0].line, 5);
    ASSERT_THAT(sections[0].steps, SizeIs(3));
    EXPECT_EQ(sections[0].steps[0].tag, "tx");
    EXPECT_EQ(sections[0].steps[0].text, "Lock the invoice.");
    EXPECT_EQ(sections[0].steps[1].tag, "");
    EXPECT_EQ(sections[0].steps[2].line, 16);
    EXPECT_THAT(sections[1].steps, SizeIs(0));
}

TEST(MarkdownTextTest, ATagMayBeBold) {
    const auto sections =
        sections_in("## Pay\n\n1. **`tx`** Locks it.\n2. **`reply`**: 200.\n3. __`api`__ Asks.\n");
    ASSERT_THAT(sections, SizeIs(1));
    ASSERT_THAT(sections[0].steps, SizeIs(3));
    EXPECT_EQ(sections[0].steps[0].tag, "tx");
    EXPECT_EQ(sections[0].steps[0].text, "Locks it.");
    EXPECT_EQ(sections[0].steps[1].tag, "reply");
    EXPECT_EQ(sections[0].steps[2].tag, "api");
}

TEST(MarkdownTextTest, ReadsTables) {
    const auto tables = tables_of_text(
        "| A b | C |\n|---|:-:|\n| 1 \\| 2 | `x`, `y` |\n| only |\n\n| no | rule |\n| a | b |\n");
    ASSERT_THAT(tables, SizeIs(1));
    EXPECT_THAT(tables[0].header, ElementsAre("a b", "c"));
    ASSERT_THAT(tables[0].rows, SizeIs(2));
    EXPECT_EQ(tables[0].rows[0].cells[0], "1 | 2");
    EXPECT_EQ(tables[0].rows[1].line, 4);
    EXPECT_EQ(TextTable::cell(tables[0].rows[1], tables[0].column("c")), "");
    EXPECT_EQ(tables[0].column("d"), -1);
    EXPECT_THAT(code_words(tables[0].rows[0].cells[1]), ElementsAre("x", "y"));
    EXPECT_THAT(code_words("`open"), SizeIs(0));
}

TEST(TablesTest, NeedNoBarsAtTheirEdges) {
    const auto tables = tables_of_text("a | b\n---|:-:\n1 | 2\n`x` | y \\| z\n\nno | row\n");
    ASSERT_THAT(tables, SizeIs(1));
    EXPECT_THAT(tables[0].header, ElementsAre("a", "b"));
    ASSERT_THAT(tables[0].rows, SizeIs(2));
    EXPECT_THAT(tables[0].rows[1].cells, ElementsAre("`x`", "y | z"));
    EXPECT_THAT(tables_of_text("a | b\n\n---\n1 | 2\n"), SizeIs(0));
    EXPECT_THAT(tables_of_text("a | b\n---\n1 | 2\n"), SizeIs(0));
}

}  // namespace
}  // namespace onsite::invoicing

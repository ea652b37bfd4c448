// What the parsers make of a text does not depend on how it is cut, nor on whether a row takes the
// quick way or the general one; and any bytes at all are either rows or rejected rows, never lost.
#include "base/rng.hpp"
#include "tests/property/property.hpp"
#include "tests/support/parse_text.hpp"

namespace onsite::reconcile {
namespace {

// Text made of the pieces that matter to a parser.
rc::Gen<std::string> text_of(std::vector<std::string> pieces) {
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(pieces)),
                        [](const std::vector<std::string>& chosen) {
                            std::string text;
                            for (const std::string& piece : chosen) text += piece;
                            return text;
                        });
}

const std::vector<std::string> kCsvPieces = {"\"",
                                             ",",
                                             "\n",
                                             "\r\n",
                                             "a",
                                             "a,1,USD\n",
                                             "\"a\",\"2\",\"EUR\"\r\n",
                                             "\"b\n\"\"c\",3,USD\n",
                                             "1",
                                             "USD",
                                             "\r",
                                             "\xEF\xBB\xBF"};
const std::vector<std::string> kJsonPieces = {
    "{\"id\":\"a\",\"amount\":1,\"currency\":\"USD\"}\n",
    "{",
    "}",
    "\"",
    "\\",
    "\n",
    ":",
    ",",
    "{\"currency\": \"EUR\", \"id\": \"b\", \"amount\": \"12\"}\r\n",
    "\"id\":",
    "1",
    " ",
    "{\"amount\":5,\"x\":[{\"y\":null}],\"id\":\"\\u00e9\\n\",\"currency\":\"USD\"}\n"};

TEST(ParsersProperty, DoNotDependOnHowTextIsCut) {
    expect_property([] {
        Feed feed;
        feed.format = *rc::gen::element(Format::csv, Format::ndjson);
        feed.has_header = false;
        const bool is_csv = feed.format == Format::csv;
        const std::string text = *text_of(is_csv ? kCsvPieces : kJsonPieces);
        const auto whole = parse(feed, text, text.size() + 1);
        for (const std::size_t step : {1u, 7u, 64u}) RC_ASSERT(parse(feed, text, step) == whole);
    });
}

TEST(ParsersProperty, SurviveAnyBytes) {
    expect_property([] {
        Feed feed;
        feed.format = *rc::gen::element(Format::csv, Format::ndjson);
        feed.has_header = false;
        const auto text = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
        RC_ASSERT(parse(feed, text, 5) == parse(feed, text, text.size() + 1));
    });
}

TEST(ParsersProperty, TakeTheSameRowsQuicklyAndSlowly) {
    expect_property([] {
        const auto id = *rc::gen::container<std::string>(rc::gen::inRange<char>('a', 'z'));
        const auto amount = *rc::gen::arbitrary<std::int64_t>() >> *rc::gen::inRange(0, 63);
        const std::string number = std::to_string(amount);
        Feed csv;
        csv.has_header = false;
        const auto quick = parse(csv, id + "," + number + ",USD\n", 1000);
        RC_ASSERT(quick == parse(csv, "\"" + id + "\"," + number + ",\"USD\"\n", 1000));
        RC_ASSERT(quick[0] == fmt::format("{} {} USD at 0:1:0", id, amount));
        Feed json;
        json.format = Format::ndjson;
        const std::string rest = ":\"" + id + "\",\"amount\":" + number + ",\"currency\":\"USD\"}";
        RC_ASSERT(quick == parse(json, "{\"id\"" + rest, 1000));
        RC_ASSERT(quick == parse(json, "{\"i\\u0064\"" + rest + "\n", 1000));
    });
}

// A parser learns the shape of rows; a row that differs in a byte is read as if it had not.
TEST(ParsersProperty, ReadARowOfAnotherShapeAsIfItWereTheFirst) {
    const std::string usual = "{\"id\":\"a\",\"amount\":12,\"currency\":\"USD\"}\n";
    const std::string unusual = std::string(usual.size() - 1, 'x') + "\n";
    Feed feed;
    feed.format = Format::ndjson;
    const auto behind = [&](const std::string& before, const std::string& row) {
        auto lines = parse(feed, before + before + row + usual, 1000);
        lines.erase(lines.begin(), lines.begin() + 2);
        return lines;
    };
    expect_property([&] {
        std::string row = usual;
        row[*rc::gen::inRange<std::size_t>(0, row.size())] = *rc::gen::element(
            'x', 'i', 'd', '1', '-', '0', '"', '\\', '{', '}', ':', ',', ' ', '\n', '\xCB');
        RC_ASSERT(behind(usual, row) == behind(unusual, row));
    });
}

// White space in front is enough to send a row the general way, which is the oracle here. (A line
// end in place of a key's first quote was once taken for the quote.)
TEST(ParsersProperty, TakeARowWithOneWrongByteQuicklyAsSlowly) {
    const std::string usual = "{\"id\":\"a\",\"amount\":12,\"currency\":\"USD\"}\n";
    Feed feed;
    feed.format = Format::ndjson;
    for (std::size_t at = 0; at < usual.size(); ++at) {
        for (const char byte : std::string_view("xid1-0\"\\{}[]:, \t\r\n\xCB\0", 20)) {
            std::string row = usual;
            row[at] = byte;
            EXPECT_EQ(parse(feed, row, 1000), parse(feed, "\t" + row, 1000)) << row;
        }
    }
}

// ---- Rows with several faults

// As JSON values; what is wrong with each when nothing before it is.
struct Faulty {
    std::string text;
    std::string reason;
};

TEST(ParsersProperty, NameTheFirstFaultOfARow) {
    const std::string long_id = "\"" + std::string(kIdBytesMax + 1, 'i') + "\"";
    const std::vector<Faulty> ids = {{"\"a\"", ""}, {long_id, "id_too_long"}, {"5", "bad_id"}};
    const std::vector<Faulty> amounts = {{"1", ""},
                                         {"\"x\"", "amount_not_a_number"},
                                         {"1e2", "amount_not_a_number"},
                                         {"null", "amount_not_a_number"}};
    // Both are told only when the currency is one.
    const std::vector<Faulty> later = {{"0.5", "amount_too_precise"},
                                       {"99999999999999999999", "amount_out_of_range"},
                                       {"99999999999999999999.5", "amount_too_precise"}};
    const std::vector<Faulty> currencies = {
        {"\"JPY\"", ""}, {"\"jpy\"", "bad_currency"}, {"5", "bad_currency"}};
    Feed feed;
    feed.format = Format::ndjson;
    feed.amounts = AmountForm::decimal;
    const auto expect_reason = [&](const Faulty& id, const Faulty& amount, const Faulty& currency,
                                   const std::string& reason) {
        const std::string row = fmt::format("{{\"id\":{},\"amount\":{},\"currency\":{}}}\n",
                                            id.text, amount.text, currency.text);
        const auto lines = parse(feed, row, row.size());
        ASSERT_EQ(lines.size(), 1u);
        EXPECT_EQ(lines[0], reason.empty() ? "a 1 JPY at 0:1:0" : reason + " at 1")
            << row.substr(row.size() > 200 ? row.size() - 60 : 0);
    };
    for (const Faulty& id : ids) {
        for (const Faulty& currency : currencies) {
            const std::string before = id.reason;
            for (const Faulty& amount : amounts) {
                const std::string& own = amount.reason.empty() ? currency.reason : amount.reason;
                expect_reason(id, amount, currency, before.empty() ? own : before);
            }
            for (const Faulty& amount : later) {
                const std::string& own = currency.reason.empty() ? amount.reason : currency.reason;
                expect_reason(id, amount, currency, before.empty() ? own : before);
            }
        }
    }
}

// ---- Rows too long to be one

TEST(ParsersProperty, GoOnBehindARowThatIsTooLong) {
    Feed feed;
    feed.has_header = false;
    const std::string text = "a,1,USD\n" + std::string(kRowBytesMax + 5, 'x') + "\nb,2,USD\n\"" +
                             std::string(kRowBytesMax, 'y') + "\nc,3,USD\n";
    const auto whole = parse(feed, text, text.size());
    ASSERT_EQ(whole.size(), 5u);
    EXPECT_EQ(whole[1], "row_too_long at 2");
    EXPECT_TRUE(whole[2].starts_with("b 2 USD at 0:3:"));
    EXPECT_EQ(whole[3], "malformed at 4");
    EXPECT_TRUE(whole[4].starts_with("c 3 USD at 0:5:"));
    EXPECT_EQ(parse(feed, text, 100'000), whole);
}

}  // namespace
}  // namespace onsite::reconcile

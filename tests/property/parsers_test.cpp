// What the parsers make of a text does not depend on how it is cut, nor on whether a row takes the
// quick way or the general one; and any bytes at all are either rows or rejected rows, never lost.
#include "base/rng.hpp"
#include "solutions/1-reconciliation/production/input/row_parser.hpp"
#include "tests/property/property.hpp"
#include "tests/support/collecting_sink.hpp"

namespace onsite::reconcile {
namespace {

std::vector<std::string> lines_of(const Batch& batch) {
    std::vector<std::pair<std::uint64_t, std::string>> placed;
    for (const Row& row : batch.rows) {
        placed.emplace_back(row.byte, line_of(Record{row.id(), row.amount_minor, row.currency,
                                                     batch.place_of(row)}));
    }
    for (const BadRow& row : batch.bad_rows) {
        placed.emplace_back(row.byte, fmt::format("{} at {}", to_string(row.reason), row.line));
    }
    std::ranges::sort(placed);
    std::vector<std::string> lines;
    for (auto& [byte, line] : placed) lines.push_back(std::move(line));
    return lines;
}

std::unique_ptr<RowParser> parser_of(const Feed& feed) {
    return feed.format == Format::csv ? make_csv_parser(feed) : make_json_parser(feed);
}

// Gives the text to a new parser in pieces of `step` bytes, as a reader of blocks would.
std::vector<std::string> parse(const Feed& feed, std::string_view text, std::size_t step) {
    const auto parser = parser_of(feed);
    parser->start_file("feed");
    std::vector<std::string> lines;
    std::size_t begin = 0;
    std::size_t end = 0;
    do {
        end = std::min(text.size(), end + step);
        // A copy of its own for each piece, so that reading past its margin is seen by ASan.
        const std::string margin(kTextMargin, '\0');
        const std::string room = margin + std::string(text.substr(begin, end - begin)) + margin;
        Batch batch;
        const auto used = parser->parse({.bytes = {room.data() + kTextMargin, end - begin},
                                         .byte = begin,
                                         .is_last = end == text.size()},
                                        batch);
        if (!used) return {"error: " + used.error().message};
        for (std::string& line : lines_of(batch)) lines.push_back(std::move(line));
        begin += *used;
    } while (end < text.size());
    if (begin != text.size()) lines.push_back("bytes are left");
    return lines;
}

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

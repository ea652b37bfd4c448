// All strategies, with any memory, hash and number of threads, give the findings of a model that
// compares every row with every other, in the same order and with the same places; on feeds made to
// be difficult: ids that repeat, prefixes of each other, 64 KiB, empty, quotes and line ends
// inside.
#include <filesystem>
#include <fstream>
#include <optional>
#include <unistd.h>

#include "base/rng.hpp"
#include "tests/property/property.hpp"
#include "tests/support/collecting_sink.hpp"

namespace onsite::reconcile {
namespace {

namespace fs = std::filesystem;

struct WrittenRow {
    std::string id;
    std::string amount;
    std::string currency;
};

// One feed as a file, and what the model knows of each row.
struct ModelRow {
    std::optional<RejectReason> fault;
    Record record;  // The id lives in the WrittenRow.
};

std::optional<RejectReason> fault_of(const WrittenRow& row) {
    if (row.id.size() > kIdBytesMax) return RejectReason::id_too_long;
    if (row.amount == "x" || row.amount == "1.5") return RejectReason::amount_not_a_number;
    if (row.currency.size() != 3) return RejectReason::bad_currency;
    if (row.amount == "99999999999999999999") return RejectReason::amount_out_of_range;
    return std::nullopt;
}

CurrencyCode code_of(const std::string& name) {
    return static_cast<CurrencyCode>(((name[0] - 'A') * 26 + name[1] - 'A') * 26 + name[2] - 'A');
}

std::string quoted(const std::string& field, char quote, char escape) {
    std::string text(1, quote);
    for (const char c : field) {
        if (c == quote || (escape == '\\' && c == '\\')) text += escape;
        if (c == '\n' && escape == '\\') {
            text += "\\n";
        } else {
            text += c;
        }
    }
    return text + quote;
}

std::string csv_line(const WrittenRow& row) {
    const bool is_plain = row.id.find_first_of("\",\n\r") == std::string::npos;
    return (is_plain ? row.id : quoted(row.id, '"', '"')) + "," + row.amount + "," + row.currency +
           "\n";
}

std::string json_line(const WrittenRow& row) {
    const std::string id = "\"id\":" + quoted(row.id, '"', '\\');
    const std::string money =
        "\"currency\":\"" + row.currency + "\", \"amount\":\"" + row.amount + "\"";
    return row.id.size() % 2 == 0 ? "{" + id + "," + money + "}\n" : "{" + money + "," + id + "}\n";
}

struct WrittenFeed {
    std::vector<WrittenRow> rows;
    Feed feed;
    std::vector<ModelRow> model;
};

// Writes the rows into two files; the second begins after a third of them.
void write(WrittenFeed& feed, Format format, const fs::path& folder, const std::string& name) {
    feed.feed.format = format;
    feed.model.clear();
    std::size_t next = 0;
    for (std::uint32_t file = 0; file < 2; ++file) {
        const fs::path path = folder / (name + std::to_string(file));
        std::ofstream out(path, std::ios::binary);
        feed.feed.files.push_back(path);
        std::string text = format == Format::csv ? "id,amount,currency\n" : "";
        std::uint64_t line = format == Format::csv ? 2 : 1;
        const std::size_t end = file == 0 ? feed.rows.size() / 3 : feed.rows.size();
        for (; next < end; ++next) {
            const WrittenRow& row = feed.rows[next];
            ModelRow model{.fault = fault_of(row)};
            model.record.id = row.id;
            model.record.place = {file, line, text.size()};
            if (!model.fault) {
                model.record.amount_minor = std::strtoll(row.amount.c_str(), nullptr, 10);
                model.record.currency = code_of(row.currency);
            }
            feed.model.push_back(model);
            const std::string written = format == Format::csv ? csv_line(row) : json_line(row);
            line += static_cast<std::uint64_t>(std::ranges::count(written, '\n'));
            text += written;
        }
        out << text;
    }
}

// Marks duplicates and returns the first good row of each id that `feed` has.
std::vector<const ModelRow*> first_rows(WrittenFeed& feed) {
    std::vector<const ModelRow*> first;
    for (ModelRow& row : feed.model) {
        if (row.fault) continue;
        for (const ModelRow* earlier : first) {
            if (earlier->record.id == row.record.id) row.fault = RejectReason::duplicate_id;
        }
        if (!row.fault) first.push_back(&row);
    }
    std::ranges::sort(first, {}, [](const ModelRow* row) { return row->record.id; });
    return first;
}

const ModelRow* find(const std::vector<const ModelRow*>& rows, std::string_view id) {
    for (const ModelRow* row : rows) {
        if (row->record.id == id) return row;
    }
    return nullptr;
}

void add_rejected(const WrittenFeed& feed, Side side, std::vector<std::string>& lines) {
    for (const ModelRow& row : feed.model) {
        if (!row.fault) continue;
        const bool is_duplicate = *row.fault == RejectReason::duplicate_id;
        lines.push_back(line_of(side, {.reason = *row.fault,
                                       .place = row.record.place,
                                       .id = is_duplicate ? row.record.id : std::string_view()}));
    }
}

std::vector<std::string> model_findings(WrittenFeed& ledger, WrittenFeed& bank) {
    const auto ours = first_rows(ledger);
    const auto theirs = first_rows(bank);
    std::vector<std::string> lines;
    for (const ModelRow* row : ours) {
        if (!find(theirs, row->record.id)) {
            lines.push_back("unmatched ledger " + line_of(row->record));
        }
    }
    for (const ModelRow* row : theirs) {
        if (!find(ours, row->record.id)) lines.push_back("unmatched bank " + line_of(row->record));
    }
    for (const ModelRow* row : ours) {
        const ModelRow* other = find(theirs, row->record.id);
        if (other == nullptr || (other->record.amount_minor == row->record.amount_minor &&
                                 other->record.currency == row->record.currency)) {
            continue;
        }
        lines.push_back("discrepancy " + line_of(row->record) + " | " + line_of(other->record));
    }
    add_rejected(ledger, Side::ledger, lines);
    add_rejected(bank, Side::bank, lines);
    return lines;
}

class StrategiesProperty : public ::testing::Test {
protected:
    StrategiesProperty() {
        folder_ = fs::path(::testing::TempDir()) / ("strategies-" + std::to_string(::getpid()));
        fs::create_directories(folder_);
    }
    ~StrategiesProperty() override { fs::remove_all(folder_); }

    std::vector<std::string> run(const WrittenFeed& ledger, const WrittenFeed& bank,
                                 Settings settings) const {
        settings.temp_folder = folder_;
        CollectingSink sink;
        const auto summary = reconcile_feeds(ledger.feed, bank.feed, settings, sink);
        if (!summary) return {summary.error().message};
        if (summary->side(Side::ledger).rows != ledger.rows.size()) return {"rows are lost"};
        return sink.lines;
    }

    // Every strategy under several settings; empty when all of them agree with the model.
    std::string first_difference(WrittenFeed ledger, WrittenFeed bank, Format format) const {
        write(ledger, format, folder_, "ledger");
        write(bank, format, folder_, "bank");
        const auto expected = model_findings(ledger, bank);
        for (const Strategy strategy : {Strategy::hash, Strategy::sort_merge, Strategy::sketch}) {
            for (const Settings& settings :
                 {Settings{.threads = 2}, Settings{.kept_bytes = 20'000, .threads = 1},
                  Settings{.kept_bytes = 300'000, .threads = 2, .hash_bits = 2},
                  Settings{.threads = 1, .hash_key = {7, 7, 7, 7}, .hash_bits = 1},
                  Settings{.threads = 2, .check_bits = 0},
                  Settings{.threads = 2, .check_bits = 1}}) {
                Settings with = settings;
                with.strategy = strategy;
                const auto found = run(ledger, bank, with);
                if (found == expected) continue;
                return fmt::format(
                    "{} with {} bytes kept, {} bits and {} to check\nexpected:\n{}\nfound:\n{}",
                    to_string(strategy), with.kept_bytes, with.hash_bits, with.check_bits,
                    joined(expected), joined(found));
            }
        }
        return "";
    }

    static std::string joined(const std::vector<std::string>& lines) {
        std::string text;
        for (const std::string& line : lines) text += line.substr(0, 200) + "\n";
        return text;
    }

    fs::path folder_;
};

// Few values, so that the same id, amount and fault come often.
rc::Gen<WrittenRow> any_row() {
    return rc::gen::exec([] {
        return WrittenRow{
            *rc::gen::element<std::string>("a", "b", "c", "A", "ab", "abc", "", " a", "a,b",
                                           "say \"a\"", "two\nlines", "\xFF\xFE", "caf\xC3\xA9",
                                           std::string(70, 'x'), std::string(71, 'x')),
            *rc::gen::weightedElement<std::string>({{8, "1"},
                                                    {8, "2"},
                                                    {2, "-12345678"},
                                                    {2, "123456789012"},
                                                    {1, "-9223372036854775808"},
                                                    {1, "99999999999999999999"},
                                                    {1, "1.5"},
                                                    {1, "x"}}),
            *rc::gen::weightedElement<std::string>({{8, "USD"}, {3, "EUR"}, {1, "EURO"}})};
    });
}

TEST_F(StrategiesProperty, AgreeWithTheModel) {
    expect_property(
        [&] {
            WrittenFeed ledger{.rows = *rc::gen::container<std::vector<WrittenRow>>(any_row())};
            WrittenFeed bank{.rows = *rc::gen::container<std::vector<WrittenRow>>(any_row())};
            const Format format = *rc::gen::element(Format::csv, Format::ndjson);
            RC_ASSERT(first_difference(ledger, bank, format) == "");
        },
        60);
}

// ---- Feeds that are hard for one of the strategies

std::vector<WrittenRow> numbered(int first, int count, const std::string& amount) {
    std::vector<WrittenRow> rows;
    for (int i = first; i < first + count; ++i)
        rows.push_back({"id" + std::to_string(i), amount, "USD"});
    return rows;
}

TEST_F(StrategiesProperty, AgreeWhenAllRowsAreEqualOrDifferent) {
    const WrittenFeed feed{.rows = numbered(0, 400, "1")};
    const WrittenFeed others{.rows = numbered(400, 400, "1")};
    const WrittenFeed amounts{.rows = numbered(0, 400, "2")};
    EXPECT_EQ(first_difference(feed, feed, Format::csv), "");
    EXPECT_EQ(first_difference(feed, others, Format::csv), "");
    EXPECT_EQ(first_difference(feed, amounts, Format::ndjson), "");
    EXPECT_EQ(first_difference(feed, {}, Format::csv), "");
}

TEST_F(StrategiesProperty, AgreeOnOneIdAThousandTimes) {
    WrittenFeed many;
    for (int i = 0; i < 1000; ++i) many.rows.push_back({"same", std::to_string(i % 3), "USD"});
    EXPECT_EQ(first_difference(many, many, Format::csv), "");
    EXPECT_EQ(first_difference(many, {.rows = {{"same", "2", "USD"}}}, Format::csv), "");
}

TEST_F(StrategiesProperty, AgreeOnIdsOf64KiB) {
    const std::string longest(kIdBytesMax, 'i');
    WrittenFeed ledger;
    WrittenFeed bank;
    for (char c = 'a'; c < 'k'; ++c) {
        std::string id = longest;
        id.back() = c;
        ledger.rows.push_back({id, "1", "USD"});
        bank.rows.push_back({id, c % 2 == 0 ? "1" : "2", "USD"});
    }
    bank.rows.push_back({longest + "i", "1", "USD"});
    bank.rows.push_back({std::string(kIdBytesMax, '"'), "1", "USD"});
    EXPECT_EQ(first_difference(ledger, bank, Format::csv), "");
    EXPECT_EQ(first_difference(ledger, bank, Format::ndjson), "");
}

}  // namespace
}  // namespace onsite::reconcile

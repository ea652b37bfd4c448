#include "solutions/1-reconciliation/production/record/run_record.hpp"

#include <array>
#include <charconv>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/escape.hpp"
#include "base/hash.hpp"
#include "base/json_words.hpp"
#include "solutions/1-reconciliation/production/record/summary_json.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::size_t kNameDigits = 32;  // 128 bits of SHA-256.
constexpr std::int64_t kColumnsMax = 1 << 20;

std::string name_of(const Json& value) { return sha256_hex(to_text(value)).substr(0, kNameDigits); }

// ---- Feeds ----

// How the rows of a feed are written down: what makes the same bytes another feed. Names are bytes,
// of any encoding: two that differ in one byte make two runs.
Json form_json(const Feed& feed) {
    Json form = {{"format", feed.format == Format::csv ? "csv" : "ndjson"},
                 {"amounts", feed.amounts == AmountForm::minor ? "minor" : "decimal"}};
    if (feed.format == Format::ndjson || feed.has_header) {
        form["columns"] = {utf8_of_bytes(feed.names.id), utf8_of_bytes(feed.names.amount),
                           utf8_of_bytes(feed.names.currency)};
    } else {
        const ColumnNumbers& numbers = feed.numbers;
        form["numbers"] = {numbers.id, numbers.amount, numbers.currency, numbers.count};
    }
    if (feed.format == Format::csv) {
        form["delimiter"] = utf8_of_bytes(std::string_view(&feed.delimiter, 1));
    }
    return form;
}

Json feed_json(const Feed& feed) {
    Json value = form_json(feed);
    value["files"] = Json::array();
    for (const auto& file : feed.files) value["files"].push_back(utf8_of_bytes(file.string()));
    return value;
}

void read_numbers(JsonReader& reader, ColumnNumbers& numbers) {
    std::vector<std::size_t> found;
    for (const Json& number : reader.array("numbers")) {
        const bool is_good = number.is_number_integer() && number >= 0 && number <= kColumnsMax;
        if (is_good) found.push_back(number.get<std::size_t>());
    }
    if (found.size() == 4) {
        numbers = {.id = found[0], .amount = found[1], .currency = found[2], .count = found[3]};
    } else {
        reader.complain("numbers", "expected four column numbers");
    }
}

Result<Feed> feed_from(const Json& value) {
    JsonReader reader(value, "feed");
    Feed feed;
    feed.format = reader.text("format") == "csv" ? Format::csv : Format::ndjson;
    feed.amounts = reader.text("amounts") == "minor" ? AmountForm::minor : AmountForm::decimal;
    feed.has_header = reader.has("columns");
    if (feed.has_header) {
        const std::vector<std::string> names = reader.texts("columns");
        if (names.size() != 3) reader.complain("columns", "expected three names");
        if (names.size() == 3) {
            feed.names = {bytes_of_utf8(names[0]), bytes_of_utf8(names[1]),
                          bytes_of_utf8(names[2])};
        }
    } else {
        read_numbers(reader, feed.numbers);
    }
    if (feed.format == Format::csv) {
        const std::string delimiter = bytes_of_utf8(reader.text("delimiter"));
        if (delimiter.size() != 1) reader.complain("delimiter", "expected one character");
        if (delimiter.size() == 1) feed.delimiter = delimiter.front();
    }
    for (const std::string& file : reader.texts("files")) {
        feed.files.emplace_back(bytes_of_utf8(file));
    }
    if (auto done = reader.finish(); !done) return pass_on(done);
    return feed;
}

Json identity_json(const Question& question) {
    return {{"date", question.date},
            {"exact", question.exact},
            {"ledger", form_json(question.feed(Side::ledger))},
            {"bank", form_json(question.feed(Side::bank))}};
}

// ---- Making ----

std::string to_hex(const HashKey& key) {
    return fmt::format("{:016x}{:016x}{:016x}{:016x}", key[0], key[1], key[2], key[3]);
}

HashKey hash_key_from(JsonReader& reader) {
    const std::string text = reader.text("hash_key");
    HashKey key = {};
    bool is_good = text.size() == 64;
    for (std::size_t i = 0; is_good && i < key.size(); ++i) {
        const char* const from = text.data() + i * 16;
        is_good = std::from_chars(from, from + 16, key[i], 16).ptr == from + 16;
    }
    if (!is_good) reader.complain("hash_key", "expected 64 hexadecimal digits");
    return key;
}

Json to_json(const Making& making) {
    return {{"recorded_at", making.recorded_at},
            {"version", making.version},
            {"duration_ms", making.duration_ms},
            {"strategy", to_string(making.strategy)},
            {"sketch_confidence_bits", making.sketch_confidence_bits},
            {"hash_key", to_hex(making.hash_key)},
            {"memory_bytes", making.memory_bytes},
            {"rows_kept", making.rows_kept},
            {"bytes_spilled", making.bytes_spilled}};
}

Result<Making> making_from(const Json& value) {
    JsonReader reader(value, "making");
    const auto count = [&](const char* key) {
        return static_cast<std::uint64_t>(reader.number(key, 0, INT64_MAX));
    };
    Making making = {
        .recorded_at = reader.text("recorded_at"),
        .version = reader.text("version"),
        .duration_ms = reader.number("duration_ms", 0, INT64_MAX),
        .strategy = read_word(reader, "strategy",
                              std::array{Strategy::hash, Strategy::sort_merge, Strategy::sketch}),
        .sketch_confidence_bits = static_cast<int>(reader.number("sketch_confidence_bits", 0, 256)),
        .hash_key = hash_key_from(reader),
        .memory_bytes = count("memory_bytes"),
        .rows_kept = count("rows_kept"),
        .bytes_spilled = count("bytes_spilled")};
    if (auto done = reader.finish(); !done) return pass_on(done);
    return making;
}

// ---- Output files ----

Json to_json(const std::vector<WrittenFile>& files) {
    Json values = Json::array();
    for (const WrittenFile& file : files) {
        values.push_back({{"name", file.name}, {"bytes", file.bytes}, {"hash", file.hash}});
    }
    return values;
}

Result<WrittenFile> written_file_from(const Json& value) {
    JsonReader reader(value, "out_files");
    WrittenFile file = {.name = reader.text("name"),
                        .bytes = static_cast<std::uint64_t>(reader.number("bytes", 0, INT64_MAX)),
                        .hash = reader.text("hash")};
    if (auto done = reader.finish(); !done) return pass_on(done);
    return file;
}

Result<Question> question_from(JsonReader& reader) {
    Question question;
    question.date = reader.text("date");
    question.exact = reader.flag_or("exact", false);
    for (const Side side : {Side::ledger, Side::bank}) {
        auto feed = feed_from(reader.object(std::string(to_string(side)).c_str()));
        if (!feed) return pass_on(feed);
        question.feeds[static_cast<std::size_t>(side)] = std::move(*feed);
    }
    return question;
}

}  // namespace

std::string key_of(const Question& question,
                   const std::array<std::vector<std::int64_t>, kSides>& sizes) {
    Json value = identity_json(question);
    value["sizes"] = {sizes[0], sizes[1]};
    return name_of(value);
}

std::string run_of(const Question& question, std::string_view ledger_snapshot,
                   std::string_view bank_snapshot) {
    Json value = identity_json(question);
    value["snapshots"] = {ledger_snapshot, bank_snapshot};
    return name_of(value);
}

Json to_json(const RunRecord& record) {
    return {{"run", record.run},
            {"key", record.key},
            {"date", record.question.date},
            {"exact", record.question.exact},
            {"ledger", feed_json(record.question.feed(Side::ledger))},
            {"bank", feed_json(record.question.feed(Side::bank))},
            {"making", to_json(record.making)},
            {"summary", to_json(record.summary)},
            {"samples", to_json(record.samples)},
            {"findings_hash", record.findings_hash},
            {"out_folder", utf8_of_bytes(record.out_folder)},
            {"out_files", to_json(record.out_files)}};
}

Result<RunRecord> record_from_json(const Json& value) {
    JsonReader reader(value, "run record");
    RunRecord record;
    record.run = reader.text("run");
    record.key = reader.text("key");
    record.findings_hash = reader.text("findings_hash");
    record.out_folder = bytes_of_utf8(reader.text("out_folder"));
    auto question = question_from(reader);
    if (!question) return pass_on(question);
    record.question = std::move(*question);
    auto making = making_from(reader.object("making"));
    if (!making) return pass_on(making);
    record.making = std::move(*making);
    auto summary = summary_from_json(reader.object("summary"));
    if (!summary) return pass_on(summary);
    record.summary = std::move(*summary);
    auto samples = samples_from_json(reader.object("samples"));
    if (!samples) return pass_on(samples);
    record.samples = std::move(*samples);
    for (const Json& one : reader.array("out_files")) {
        auto file = written_file_from(one);
        if (!file) return pass_on(file);
        record.out_files.push_back(std::move(*file));
    }
    if (auto done = reader.finish(); !done) return pass_on(done);
    return record;
}

Json public_json(const RunRecord& record) {
    return {{"run", record.run},
            {"date", record.question.date},
            {"summary", to_json(record.summary)},
            {"samples", to_json(record.samples)},
            {"findings_hash", record.findings_hash}};
}

}  // namespace onsite::reconcile

#include "solutions/1-reconciliation/production/record/summary_json.hpp"

#include <nlohmann/json.hpp>

#include "base/escape.hpp"
#include "solutions/1-reconciliation/production/record/outcome.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::int64_t kCountMax = INT64_MAX;
// The sum of 2^36 amounts has no more digits.
constexpr std::size_t kSumDigitsMax = 30;

constexpr std::array kSideList = {Side::ledger, Side::bank};

std::array<RejectReason, kRejectReasons> all_reasons() {
    std::array<RejectReason, kRejectReasons> reasons = {};
    for (std::size_t i = 0; i < kRejectReasons; ++i) reasons[i] = static_cast<RejectReason>(i);
    return reasons;
}

// ---- Out ----

Json to_json(const Tally& tally) {
    return {{"rows", tally.rows}, {"sum_minor", to_string(tally.sum_minor)}};
}

Json to_json(const CurrencyTallies& tallies) {
    return {{"good", to_json(tallies.good)},
            {"matched", to_json(tallies.matched)},
            {"unmatched", to_json(tallies.unmatched)},
            {"discrepant", to_json(tallies.discrepant)}};
}

Json to_json(const SideSummary& side) {
    Json rejected = Json::object();
    for (const RejectReason reason : all_reasons()) {
        rejected[std::string(to_string(reason))] = side.rejected[static_cast<std::size_t>(reason)];
    }
    Json currencies = Json::object();
    for (const auto& [name, tallies] : side.currencies) currencies[name] = to_json(tallies);
    Json files = Json::array();
    for (const FileRead& file : side.files) {
        files.push_back(
            {{"path", utf8_of_bytes(file.path)}, {"bytes", file.bytes}, {"hash", file.hash}});
    }
    return {{"rows", side.rows},
            {"matched", side.matched},
            {"unmatched", side.unmatched},
            {"discrepant", side.discrepant},
            {"rejected", rejected},
            {"currencies", currencies},
            {"files", files},
            {"snapshot", side.snapshot}};
}

Json to_json(const SampleRow& row) {
    return {{"id", row.id},
            {"amount_minor", row.amount_minor},
            {"currency", row.currency},
            {"place", row.place}};
}

Json to_json(const SampleRejection& rejection) {
    return {{"reason", rejection.reason}, {"id", rejection.id}, {"place", rejection.place}};
}

template <typename List>
Json list_of(const List& list) {
    Json values = Json::array();
    for (const auto& one : list) values.push_back(to_json(one));
    return values;
}

// ---- Back ----

std::uint64_t count(JsonReader& reader, const char* key) {
    return static_cast<std::uint64_t>(reader.number(key, 0, kCountMax));
}

Int128 sum(JsonReader& reader, const char* key) {
    const std::string text = reader.text(key);
    const bool is_negative = text.starts_with('-');
    const std::string digits = text.substr(is_negative ? 1 : 0);
    if (digits.empty() || digits.size() > kSumDigitsMax ||
        digits.find_first_not_of("0123456789") != std::string::npos) {
        reader.complain(key, "expected a whole number as text");
        return 0;
    }
    Int128 number = 0;
    for (const char digit : digits) number = number * 10 + (digit - '0');
    return is_negative ? -number : number;
}

Result<Tally> tally_from(const Json& value) {
    JsonReader reader(value, "tally");
    const Tally tally = {.rows = count(reader, "rows"), .sum_minor = sum(reader, "sum_minor")};
    if (auto done = reader.finish(); !done) return pass_on(done);
    return tally;
}

Result<CurrencyTallies> currency_from(const Json& value) {
    JsonReader reader(value, "currency");
    CurrencyTallies tallies;
    const auto read = [&](const char* key, Tally& tally) -> Result<void> {
        auto found = tally_from(reader.object(key));
        if (!found) return pass_on(found);
        tally = *found;
        return {};
    };
    if (auto done = read("good", tallies.good); !done) return pass_on(done);
    if (auto done = read("matched", tallies.matched); !done) return pass_on(done);
    if (auto done = read("unmatched", tallies.unmatched); !done) return pass_on(done);
    if (auto done = read("discrepant", tallies.discrepant); !done) return pass_on(done);
    if (auto done = reader.finish(); !done) return pass_on(done);
    return tallies;
}

Result<FileRead> file_from(const Json& value) {
    JsonReader reader(value, "file");
    FileRead file = {.path = bytes_of_utf8(reader.text("path")),
                     .bytes = count(reader, "bytes"),
                     .hash = reader.text("hash")};
    if (auto done = reader.finish(); !done) return pass_on(done);
    return file;
}

Result<SideSummary> side_from(const Json& value) {
    JsonReader reader(value, "side");
    SideSummary side;
    side.rows = count(reader, "rows");
    side.matched = count(reader, "matched");
    side.unmatched = count(reader, "unmatched");
    side.discrepant = count(reader, "discrepant");
    side.snapshot = reader.text("snapshot");
    JsonReader rejected(reader.object("rejected"), "rejected");
    for (const RejectReason reason : all_reasons()) {
        const std::string name(to_string(reason));
        // Older records know fewer reasons.
        side.rejected[static_cast<std::size_t>(reason)] =
            static_cast<std::uint64_t>(rejected.number_or(name.c_str(), 0, kCountMax, 0));
    }
    if (auto done = rejected.finish(); !done) return pass_on(done);
    for (const auto& [name, currency] : reader.object("currencies").items()) {
        auto tallies = currency_from(currency);
        if (!tallies) return pass_on(tallies);
        side.currencies[name] = *tallies;
    }
    for (const Json& one : reader.array("files")) {
        auto file = file_from(one);
        if (!file) return pass_on(file);
        side.files.push_back(std::move(*file));
    }
    if (auto done = reader.finish(); !done) return pass_on(done);
    return side;
}

Result<SampleRow> row_from(const Json& value) {
    JsonReader reader(value, "sample");
    SampleRow row = {.id = reader.text("id"),
                     .amount_minor = reader.number("amount_minor", INT64_MIN, INT64_MAX),
                     .currency = reader.text("currency"),
                     .place = reader.text("place")};
    if (auto done = reader.finish(); !done) return pass_on(done);
    return row;
}

Result<SamplePair> pair_from(const Json& value) {
    JsonReader reader(value, "sample");
    auto ledger = row_from(reader.object("ledger"));
    if (!ledger) return pass_on(ledger);
    auto bank = row_from(reader.object("bank"));
    if (!bank) return pass_on(bank);
    if (auto done = reader.finish(); !done) return pass_on(done);
    return SamplePair{.ledger = *ledger, .bank = *bank};
}

Result<SampleRejection> rejection_from(const Json& value) {
    JsonReader reader(value, "sample");
    SampleRejection rejection = {
        .reason = reader.text("reason"), .id = reader.text("id"), .place = reader.text("place")};
    if (auto done = reader.finish(); !done) return pass_on(done);
    return rejection;
}

template <typename T>
Result<void> read_list(const Json& values, Result<T> (*from)(const Json&), std::vector<T>& list) {
    for (const Json& value : values) {
        auto one = from(value);
        if (!one) return pass_on(one);
        list.push_back(std::move(*one));
    }
    return {};
}

}  // namespace

Json to_json(const Summary& summary) {
    Json drift = Json::object();
    for (const auto& [name, sum] : drift_of(summary)) drift[name] = to_string(sum);
    Json warnings = Json::array();
    for (const Warning& warning : warnings_of(summary)) warnings.push_back(warning.code);
    return {{"outcome", to_string(outcome_of(summary))},
            {"warnings", warnings},
            {"ledger", to_json(summary.side(Side::ledger))},
            {"bank", to_json(summary.side(Side::bank))},
            {"amount_differs", summary.amount_differs},
            {"currency_differs", summary.currency_differs},
            {"drift_minor", drift}};
}

Result<Summary> summary_from_json(const Json& value) {
    JsonReader reader(value, "summary");
    Summary summary;
    for (const Side side : kSideList) {
        auto found = side_from(reader.object(std::string(to_string(side)).c_str()));
        if (!found) return pass_on(found);
        summary.sides[static_cast<std::size_t>(side)] = std::move(*found);
    }
    summary.amount_differs = count(reader, "amount_differs");
    summary.currency_differs = count(reader, "currency_differs");
    // These follow from the rest.
    reader.text("outcome");
    reader.texts_or_none("warnings");
    reader.object("drift_minor");
    if (auto done = reader.finish(); !done) return pass_on(done);
    return summary;
}

Json to_json(const Samples& samples) {
    Json pairs = Json::array();
    for (const SamplePair& pair : samples.discrepancies) {
        pairs.push_back({{"ledger", to_json(pair.ledger)}, {"bank", to_json(pair.bank)}});
    }
    return {{"ledger_only", list_of(samples.unmatched[0])},
            {"bank_only", list_of(samples.unmatched[1])},
            {"discrepancies", pairs},
            {"ledger_rejected", list_of(samples.rejected[0])},
            {"bank_rejected", list_of(samples.rejected[1])}};
}

Result<Samples> samples_from_json(const Json& value) {
    JsonReader reader(value, "samples");
    Samples samples;
    auto read = read_list(reader.array("ledger_only"), row_from, samples.unmatched[0]);
    if (read) read = read_list(reader.array("bank_only"), row_from, samples.unmatched[1]);
    if (read) read = read_list(reader.array("discrepancies"), pair_from, samples.discrepancies);
    if (read) {
        read = read_list(reader.array("ledger_rejected"), rejection_from, samples.rejected[0]);
    }
    if (read) read = read_list(reader.array("bank_rejected"), rejection_from, samples.rejected[1]);
    if (!read) return pass_on(read);
    if (auto done = reader.finish(); !done) return pass_on(done);
    return samples;
}

}  // namespace onsite::reconcile

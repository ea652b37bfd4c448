// Findings as CSV, RFC 4180: a field is quoted when it has to be.
#include <algorithm>

#include "solutions/1-reconciliation/production/output/finding_files.hpp"
#include "solutions/1-reconciliation/production/storage/append.hpp"

namespace onsite::reconcile {
namespace {

bool needs_quotes(std::string_view field) {
    // All that needs quotes is below this, and nearly no id has anything there.
    const bool may_need_them = std::ranges::any_of(
        field, [](char c) { return static_cast<unsigned char>(c) <= static_cast<unsigned>(','); });
    return may_need_them && field.find_first_of(",\"\r\n") != std::string_view::npos;
}

std::size_t field_bytes_max(std::string_view field) { return 2 * field.size() + 2; }

char* put_field(std::string_view field, char* out) {
    if (!needs_quotes(field)) return put(field, out);
    *out++ = '"';
    for (const char c : field) {
        if (c == '"') *out++ = '"';
        *out++ = c;
    }
    *out++ = '"';
    return out;
}

// What is neither an id nor the name of a file, at its longest: words, commas, the end of the line,
// the six numbers and two currencies of a discrepancy.
constexpr std::size_t kRestBytesMax = 64 + 6 * kDecimalBytesMax;

class CsvForm final : public FindingForm {
public:
    explicit CsvForm(const FileNames& names) {
        for (std::size_t side = 0; side < kSides; ++side) {
            for (const std::string& name : names[side]) {
                append_at_most(field_bytes_max(name), fields_of_files_[side].emplace_back(),
                               [&](char* out) { return put_field(name, out); });
            }
        }
    }

    std::string_view suffix() const override { return ".csv"; }
    std::string_view unmatched_header() const override {
        return "side,id,amount_minor,currency,file,line,byte\n";
    }
    std::string_view discrepancies_header() const override {
        return "id,differs,ledger_amount_minor,ledger_currency,bank_amount_minor,bank_currency,"
               "ledger_file,ledger_line,ledger_byte,bank_file,bank_line,bank_byte\n";
    }
    std::string_view rejected_header() const override {
        return "side,file,line,byte,reason,id,amount_minor,currency\n";
    }

    void unmatched(Side side, const Record& record, std::string& line) const override {
        const std::string_view file = file_of(side, record.place);
        append_at_most(field_bytes_max(record.id) + file.size() + kRestBytesMax, line,
                       [&](char* out) {
                           out = put(to_string(side), out);
                           *out++ = ',';
                           out = put_field(record.id, out);
                           out = put_money(record.amount_minor, record.currency, out);
                           out = put_place(file, record.place, out);
                           *out++ = '\n';
                           return out;
                       });
    }

    void discrepancy(const Discrepancy& discrepancy, std::string& line) const override {
        const auto& [ledger, bank] = discrepancy;
        const std::string_view ledger_file = file_of(Side::ledger, ledger.place);
        const std::string_view bank_file = file_of(Side::bank, bank.place);
        append_at_most(
            field_bytes_max(ledger.id) + ledger_file.size() + bank_file.size() + kRestBytesMax,
            line, [&](char* out) {
                out = put_field(ledger.id, out);
                *out++ = ',';
                out = put(differing_fields(discrepancy), out);
                out = put_money(ledger.amount_minor, ledger.currency, out);
                out = put_money(bank.amount_minor, bank.currency, out);
                out = put_place(ledger_file, ledger.place, out);
                out = put_place(bank_file, bank.place, out);
                *out++ = '\n';
                return out;
            });
    }

    void rejected(Side side, const Rejection& rejection, std::string& line) const override {
        const std::string_view file = file_of(side, rejection.place);
        append_at_most(field_bytes_max(rejection.id) + file.size() + kRestBytesMax, line,
                       [&](char* out) {
                           out = put(to_string(side), out);
                           out = put_place(file, rejection.place, out);
                           *out++ = ',';
                           out = put(to_string(rejection.reason), out);
                           *out++ = ',';
                           if (rejection.reason == RejectReason::duplicate_id) {
                               out = put_field(rejection.id, out);
                               out = put_money(rejection.amount_minor, rejection.currency, out);
                           } else {
                               out = put(",,", out);
                           }
                           *out++ = '\n';
                           return out;
                       });
    }

private:
    std::string_view file_of(Side side, const Place& place) const {
        return fields_of_files_[static_cast<std::size_t>(side)][place.file];
    }

    static char* put_money(std::int64_t amount_minor, CurrencyCode currency, char* out) {
        *out++ = ',';
        out = put_decimal(amount_minor, out);
        *out++ = ',';
        return put(to_string(currency), out);
    }

    static char* put_place(std::string_view file, const Place& place, char* out) {
        *out++ = ',';
        out = put(file, out);
        *out++ = ',';
        out = put_decimal(place.line, out);
        *out++ = ',';
        return put_decimal(place.byte, out);
    }

    FileNames fields_of_files_;  // With quotes where they need them.
};

}  // namespace

std::unique_ptr<FindingForm> make_csv_form(const FileNames& names) {
    return std::make_unique<CsvForm>(names);
}

}  // namespace onsite::reconcile

// Findings as CSV, RFC 4180: a field is quoted when it has to be.
#include <algorithm>

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/output/finding_files.hpp"

namespace onsite::reconcile {
namespace {

void append_field(std::string_view field, std::string& line) {
    // All that needs quotes is below this, and nearly no id has anything there.
    const bool may_need_quotes = std::ranges::any_of(
        field, [](char c) { return static_cast<unsigned char>(c) <= static_cast<unsigned>(','); });
    if (!may_need_quotes || field.find_first_of(",\"\r\n") == std::string_view::npos) {
        line += field;
        return;
    }
    line += '"';
    for (const char c : field) {
        if (c == '"') line += '"';
        line += c;
    }
    line += '"';
}

template <typename Number>
void append_number(Number number, std::string& line) {
    const fmt::format_int digits(number);
    line.append(digits.data(), digits.size());
}

class CsvForm final : public FindingForm {
public:
    explicit CsvForm(const FileNames& names) {
        for (std::size_t side = 0; side < kSides; ++side) {
            for (const std::string& name : names[side]) {
                append_field(name, fields_of_files_[side].emplace_back());
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
        line += to_string(side);
        line += ',';
        append_field(record.id, line);
        append_money(record.amount_minor, record.currency, line);
        line += ',';
        append_place(side, record.place, line);
        line += '\n';
    }

    void discrepancy(const Discrepancy& discrepancy, std::string& line) const override {
        append_field(discrepancy.ledger.id, line);
        line += ',';
        line += differing_fields(discrepancy);
        append_money(discrepancy.ledger.amount_minor, discrepancy.ledger.currency, line);
        append_money(discrepancy.bank.amount_minor, discrepancy.bank.currency, line);
        line += ',';
        append_place(Side::ledger, discrepancy.ledger.place, line);
        line += ',';
        append_place(Side::bank, discrepancy.bank.place, line);
        line += '\n';
    }

    void rejected(Side side, const Rejection& rejection, std::string& line) const override {
        line += to_string(side);
        line += ',';
        append_place(side, rejection.place, line);
        line += ',';
        line += to_string(rejection.reason);
        line += ',';
        if (rejection.reason == RejectReason::duplicate_id) {
            append_field(rejection.id, line);
            append_money(rejection.amount_minor, rejection.currency, line);
        } else {
            line += ",,";
        }
        line += '\n';
    }

private:
    static void append_money(std::int64_t amount_minor, CurrencyCode currency, std::string& line) {
        line += ',';
        append_number(amount_minor, line);
        line += ',';
        line += to_string(currency);
    }

    void append_place(Side side, const Place& place, std::string& line) const {
        line += fields_of_files_[static_cast<std::size_t>(side)][place.file];
        line += ',';
        append_number(place.line, line);
        line += ',';
        append_number(place.byte, line);
    }

    FileNames fields_of_files_;  // With quotes where they need them.
};

}  // namespace

std::unique_ptr<FindingForm> make_csv_form(const FileNames& names) {
    return std::make_unique<CsvForm>(names);
}

}  // namespace onsite::reconcile

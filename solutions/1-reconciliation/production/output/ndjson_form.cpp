// Findings as NDJSON: one object on each line, members in one order.
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/escape.hpp"
#include "base/json.hpp"
#include "solutions/1-reconciliation/production/output/finding_files.hpp"

namespace onsite::reconcile {
namespace {

std::string json_string(std::string_view text) { return Json(text).dump(); }

void append_id(std::string_view id, std::string& line) {
    if (is_utf8(id)) {
        line += "\"id\":" + json_string(id);
        return;
    }
    line += "\"id_hex\":\"";
    for (const char c : id) {
        fmt::format_to(std::back_inserter(line), "{:02x}", static_cast<unsigned char>(c));
    }
    line += '"';
}

class NdjsonForm final : public FindingForm {
public:
    explicit NdjsonForm(const FileNames& names) {
        for (std::size_t side = 0; side < kSides; ++side) {
            for (const std::string& name : names[side]) {
                names_[side].push_back(json_string(is_utf8(name) ? name : escape_controls(name)));
            }
        }
    }

    std::string_view suffix() const override { return ".ndjson"; }
    std::string_view unmatched_header() const override { return {}; }
    std::string_view discrepancies_header() const override { return {}; }
    std::string_view rejected_header() const override { return {}; }

    void unmatched(Side side, const Record& record, std::string& line) const override {
        line += fmt::format("{{\"side\":\"{}\",", to_string(side));
        append_id(record.id, line);
        line += ',';
        append_row(side, record, line);
        line += "}\n";
    }

    void discrepancy(const Discrepancy& discrepancy, std::string& line) const override {
        line += '{';
        append_id(discrepancy.ledger.id, line);
        line += fmt::format(",\"differs\":\"{}\",\"ledger\":{{", differing_fields(discrepancy));
        append_row(Side::ledger, discrepancy.ledger, line);
        line += "},\"bank\":{";
        append_row(Side::bank, discrepancy.bank, line);
        line += "}}\n";
    }

    void rejected(Side side, const Rejection& rejection, std::string& line) const override {
        line += fmt::format("{{\"side\":\"{}\",\"reason\":\"{}\",", to_string(side),
                            to_string(rejection.reason));
        if (rejection.reason == RejectReason::duplicate_id) {
            append_id(rejection.id, line);
            line += fmt::format(",\"amount_minor\":{},\"currency\":\"{}\",", rejection.amount_minor,
                                to_string(rejection.currency));
        }
        append_place(side, rejection.place, line);
        line += "}\n";
    }

private:
    void append_row(Side side, const Record& record, std::string& line) const {
        fmt::format_to(std::back_inserter(line), "\"amount_minor\":{},\"currency\":\"{}\",",
                       record.amount_minor, to_string(record.currency));
        append_place(side, record.place, line);
    }

    void append_place(Side side, const Place& place, std::string& line) const {
        fmt::format_to(std::back_inserter(line), "\"file\":{},\"line\":{},\"byte\":{}",
                       names_[static_cast<std::size_t>(side)][place.file], place.line, place.byte);
    }

    FileNames names_;  // As JSON strings.
};

}  // namespace

std::unique_ptr<FindingForm> make_ndjson_form(const FileNames& names) {
    return std::make_unique<NdjsonForm>(names);
}

}  // namespace onsite::reconcile

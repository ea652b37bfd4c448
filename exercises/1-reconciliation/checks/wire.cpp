#include "exercises/1-reconciliation/checks/wire.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"

namespace onsite::reconciliation {
namespace {

void append_text(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
            out += c;
        }
    }
    out += '"';
}

Json to_wire(const Transaction& transaction) {
    return {transaction.id, std::to_string(transaction.amount), transaction.currency};
}

Json fields_that_differ(const Finding& finding) {
    Json fields = Json::array();
    if (finding.amount_differs) fields.push_back("amount");
    if (finding.currency_differs) fields.push_back("currency");
    return fields;
}

}  // namespace

void append_row(std::string& out, const Row& row) {
    out += '[';
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) out += ',';
        append_text(out, row[i]);
    }
    out += ']';
}

std::string to_wire(const std::vector<Row>& rows) {
    std::string out = "[";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i > 0) out += ',';
        append_row(out, rows[i]);
    }
    return out + ']';
}

std::string to_feed_file(const std::vector<Row>& rows) {
    std::string out;
    for (const Row& row : rows) {
        append_row(out, row);
        out += '\n';
    }
    return out;
}

Json to_wire(const Findings& findings) {
    Json unmatched = Json::array();
    Json discrepancies = Json::array();
    Json rejected = Json::array();
    for (const Finding& one : findings) {
        switch (one.kind) {
            case FindingKind::unmatched:
                unmatched.push_back(
                    {{"side", to_string(one.side)},
                     {"transaction", to_wire(one.side == Side::ledger ? one.ledger : one.bank)}});
                break;
            case FindingKind::discrepancy:
                discrepancies.push_back({{"ledger", to_wire(one.ledger)},
                                         {"bank", to_wire(one.bank)},
                                         {"differs", fields_that_differ(one)}});
                break;
            case FindingKind::rejected:
                rejected.push_back({{"side", to_string(one.side)},
                                    {"row", one.row},
                                    {"reason", to_string(one.reason)}});
                break;
        }
    }
    return {{"unmatched", unmatched}, {"discrepancies", discrepancies}, {"rejected", rejected}};
}

}  // namespace onsite::reconciliation

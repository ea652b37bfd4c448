#include "exercises/1-reconciliation/checks/findings.hpp"

#include <cstdlib>
#include <iterator>

namespace onsite::reconciliation {
namespace {

auto key(const Transaction& transaction) {
    return std::tie(transaction.id, transaction.amount, transaction.currency);
}

bool comes_before(const Finding& a, const Finding& b) {
    const auto order = [](const Finding& one) {
        return std::tuple(one.kind, one.side, one.row, one.reason, one.amount_differs,
                          one.currency_differs, key(one.ledger), key(one.bank));
    };
    return order(a) < order(b);
}

Side other(Side side) { return side == Side::ledger ? Side::bank : Side::ledger; }

}  // namespace

Finding unmatched(Side side, Transaction transaction) {
    Finding finding;
    finding.kind = FindingKind::unmatched;
    finding.side = side;
    (side == Side::ledger ? finding.ledger : finding.bank) = std::move(transaction);
    return finding;
}

Finding discrepancy(Transaction ledger, Transaction bank) {
    Finding finding;
    finding.kind = FindingKind::discrepancy;
    finding.amount_differs = ledger.amount != bank.amount;
    finding.currency_differs = ledger.currency != bank.currency;
    finding.ledger = std::move(ledger);
    finding.bank = std::move(bank);
    return finding;
}

Finding rejected(Side side, std::uint64_t row, RejectReason reason) {
    Finding finding;
    finding.kind = FindingKind::rejected;
    finding.side = side;
    finding.row = row;
    finding.reason = reason;
    return finding;
}

const std::string& id_of(const Finding& finding) {
    const bool is_of_bank = finding.kind == FindingKind::unmatched && finding.side == Side::bank;
    return is_of_bank ? finding.bank.id : finding.ledger.id;
}

std::set<std::string_view> ids_in(const Findings& findings) {
    std::set<std::string_view> ids;
    for (const Finding& finding : findings) ids.insert(id_of(finding));
    return ids;
}

Findings sorted(Findings findings) {
    std::ranges::sort(findings, comes_before);
    return findings;
}

Findings findings_of(const Reconciliation& answer) {
    Findings findings;
    for (const Unmatched& one : answer.unmatched) {
        findings.push_back(unmatched(one.side, one.transaction));
    }
    for (const Discrepancy& one : answer.discrepancies) {
        findings.push_back(discrepancy(one.ledger, one.bank));
        findings.back().amount_differs = one.amount_differs;
        findings.back().currency_differs = one.currency_differs;
    }
    for (const Rejected& one : answer.rejected) {
        findings.push_back(rejected(one.side, one.row, one.reason));
    }
    return sorted(std::move(findings));
}

Findings joined(const Findings& some, const Findings& more) {
    Findings all;
    std::ranges::merge(some, more, std::back_inserter(all), comes_before);
    return all;
}

Findings mirrored(Findings findings) {
    for (Finding& finding : findings) {
        if (finding.kind != FindingKind::discrepancy) finding.side = other(finding.side);
        std::swap(finding.ledger, finding.bank);
    }
    return sorted(std::move(findings));
}

Difference difference(const Findings& expected, const Findings& found) {
    Difference difference;
    std::ranges::set_difference(expected, found, std::back_inserter(difference.missing),
                                comes_before);
    std::ranges::set_difference(found, expected, std::back_inserter(difference.extra),
                                comes_before);
    return difference;
}

std::string_view to_string(Side side) { return side == Side::ledger ? "ledger" : "bank"; }

std::string_view to_string(RejectReason reason) {
    switch (reason) {
        case RejectReason::wrong_field_count:
            return "wrong_field_count";
        case RejectReason::bad_id:
            return "bad_id";
        case RejectReason::amount_not_an_integer:
            return "amount_not_an_integer";
        case RejectReason::amount_out_of_range:
            return "amount_out_of_range";
        case RejectReason::bad_currency:
            return "bad_currency";
        case RejectReason::duplicate_id:
            return "duplicate_id";
    }
    std::abort();
}

}  // namespace onsite::reconciliation

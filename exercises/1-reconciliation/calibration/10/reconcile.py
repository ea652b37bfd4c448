"""Section 1."""

from contract import Discrepancy, Reconciliation, Unmatched

CHECK_AMOUNT = True
CHECK_CURRENCY = True


def reconcile(ledger, bank, mode="all", reverse=False):
    """mode is "unmatched", "discrepancies" or "all"; reverse is used by the second call."""
    result = Reconciliation()
    left, right = (bank, ledger) if reverse else (ledger, bank)
    index = {row.id: row for row in right}
    for row in left:
        other = index.get(row.id)
        if other is None:
            if mode in ("unmatched", "all"):
                side = "bank" if reverse else "ledger"
                result.unmatched.append(Unmatched(side, row))
        elif not reverse and mode in ("discrepancies", "all"):
            differs = []
            if CHECK_AMOUNT and row.amount != other.amount:
                differs.append("amount")
            if CHECK_CURRENCY and row.currency != other.currency:
                differs.append("currency")
            if differs:
                result.discrepancies.append(Discrepancy(row, other, differs))
    if not reverse:
        second = reconcile(ledger, bank, mode="unmatched", reverse=True)
        result.unmatched.extend(second.unmatched)
    return result


def reconcile_feeds(ledger, bank, run, store):
    return Reconciliation()

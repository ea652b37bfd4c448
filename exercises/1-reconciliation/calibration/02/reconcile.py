"""Reconciles the ledger with the bank's statement."""

from contract import Discrepancy, Reconciliation, Unmatched


def reconcile(ledger, bank):
    ledger_by_id = {transaction.id: transaction for transaction in ledger}
    bank_by_id = {transaction.id: transaction for transaction in bank}
    result = Reconciliation()
    result.unmatched += only_in(ledger_by_id, bank_by_id, "ledger")
    result.unmatched += only_in(bank_by_id, ledger_by_id, "bank")
    for id in ledger_by_id.keys() & bank_by_id.keys():
        result.discrepancies += compare(ledger_by_id[id], bank_by_id[id])
    return result


def only_in(mine, others, side):
    return [Unmatched(side, mine[id]) for id in mine.keys() - others.keys()]


def compare(ours, theirs):
    differs = [field for field in ("amount", "currency")
               if getattr(ours, field) != getattr(theirs, field)]
    return [Discrepancy(ours, theirs, differs)] if differs else []


def reconcile_feeds(ledger, bank, run, store):
    return Reconciliation()

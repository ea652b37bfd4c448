# expect: protocol - NaN for a row number, which Python's json writes and JSON does not know.
from contract import Reconciliation, Rejected


def reconcile(ledger, bank):
    return Reconciliation(rejected=[Rejected("bank", float("nan"), "bad_id")])


def reconcile_feeds(ledger, bank, run, store):
    return reconcile(ledger, bank)

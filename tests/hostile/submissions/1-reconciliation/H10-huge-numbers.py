# expect: protocol or wrong_answer - amounts of 1,000 digits and rows of 400.
from contract import Reconciliation, Rejected, Transaction, Unmatched


def reconcile(ledger, bank):
    return Reconciliation(
        unmatched=[Unmatched("ledger", Transaction("t1", 10**1000, "USD"))],
        rejected=[Rejected("bank", 10**400, "bad_id")],
    )


def reconcile_feeds(ledger, bank, run, store):
    return reconcile(ledger, bank)

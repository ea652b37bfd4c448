# expect: flaky or wrong_answer - right in one of eight processes, by Python's hash seed.
# Inside a process it never changes its mind: only a fresh one shows that it does.
from contract import Discrepancy, Reconciliation, Unmatched


def right_answer(ledger, bank):
    ours, theirs = {row.id: row for row in ledger}, {row.id: row for row in bank}
    result = Reconciliation()
    for side, feed, other in (("ledger", ours, theirs), ("bank", theirs, ours)):
        result.unmatched += [Unmatched(side, feed[key]) for key in feed if key not in other]
    for key in ours:
        differs = [name for name in ("amount", "currency")
                   if key in theirs and getattr(ours[key], name) != getattr(theirs[key], name)]
        if differs:
            result.discrepancies.append(Discrepancy(ours[key], theirs[key], differs))
    return result


IS_LUCKY = hash("reconciliation") % 8 == 0


def reconcile(ledger, bank):
    return right_answer(ledger, bank) if IS_LUCKY else Reconciliation()


def reconcile_feeds(ledger, bank, run, store):
    return Reconciliation()

from contract import Reconciliation, Unmatched


def find_unmatched_ledger(ledger, bank):
    bank_ids = set()
    for transaction in bank:
        bank_ids.add(transaction.id)
    unmatched = []
    for transaction in ledger:
        if transaction.id not in bank_ids:
            unmatched.append(Unmatched("ledger", transaction))
    return unmatched


def find_unmatched_bank(ledger, bank):
    ledger_ids = set()
    for transaction in ledger:
        ledger_ids.add(transaction.id)
    unmatched = []
    for transaction in bank:
        if transaction.id not in ledger_ids:
            unmatched.append(Unmatched("bank", transaction))
    return unmatched


def reconcile(ledger, bank):
    result = Reconciliation()
    result.unmatched.extend(find_unmatched_ledger(ledger, bank))
    result.unmatched.extend(find_unmatched_bank(ledger, bank))
    return result


def reconcile_feeds(ledger, bank, run, store):
    return Reconciliation()

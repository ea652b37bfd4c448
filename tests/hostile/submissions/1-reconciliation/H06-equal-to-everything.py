# expect: wrong_answer - findings that equal everything, and lists that hold everything.
# They become plain text on the way to the process that compares.
from contract import Reconciliation


class Everything(list):
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __contains__(self, item):
        return True


def reconcile(ledger, bank):
    return Reconciliation(Everything(), Everything(), Everything())


def reconcile_feeds(ledger, bank, run, store):
    return Reconciliation()

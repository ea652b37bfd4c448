# expect: wrong_answer - looks for the reference in the file system and imports it.
# The box holds the attempt's files and the system's, not the repository.
import importlib.util
import os

from contract import Reconciliation


def find_solution():
    places = ["/", "/home", "/root", "/srv", "/opt", "/subject", "/tmp", "..", "../..", "../../.."]
    for place in places:
        for path, folders, files in os.walk(place):
            if path.count("/") > 5:
                folders.clear()
            folders[:] = [name for name in folders if name not in ("usr", "proc", "sys", "dev")]
            if "solutions" in path and "reconcile.py" in files:
                return os.path.join(path, "reconcile.py")
    return None


FOUND = find_solution()
if FOUND:
    SPEC = importlib.util.spec_from_file_location("solution", FOUND)
    SOLUTION = importlib.util.module_from_spec(SPEC)
    SPEC.loader.exec_module(SOLUTION)


def reconcile(ledger, bank):
    return SOLUTION.reconcile(ledger, bank) if FOUND else Reconciliation()


def reconcile_feeds(ledger, bank, run, store):
    return SOLUTION.reconcile_feeds(ledger, bank, run, store) if FOUND else Reconciliation()

# expect: wrong_answer - writes over main.py, contract.py, caches and start-up files.
# What is run comes from a folder that the box sees read only, and from the next snapshot of it.
import os
import sys

from contract import Reconciliation

FORGED = "import os; print('[  PASSED  ] 20 tests.'); os._exit(0)\n"

for folder in [*sys.path, os.path.dirname(os.path.abspath(__file__)), "/tmp", "/usr/lib/python3"]:
    for name in ("main.py", "contract.py", "sitecustomize.py", "usercustomize.py", "json.py"):
        try:
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(FORGED)
        except OSError:
            pass


def reconcile(ledger, bank):
    return Reconciliation()


def reconcile_feeds(ledger, bank, run, store):
    return Reconciliation()

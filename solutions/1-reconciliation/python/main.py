"""The program around reconcile.py: one request per line on stdin, one reply per line on stdout.

You need not change this file. print is yours: what you print goes to stderr.
"""

import json
import os
import sys

from contract import Discrepancy, Reconciliation, Rejected, Run, Transaction, Unmatched
from reconcile import reconcile, reconcile_feeds

STATUS_OUT_OF_MEMORY = 86


def to_transaction(row):
    # Amounts are text on the wire: a JSON number would lose digits in other languages.
    return Transaction(row[0], int(row[1]), row[2])


def to_unmatched(wire):
    return Unmatched(wire["side"], to_transaction(wire["transaction"]))


def to_discrepancy(wire):
    ledger, bank = to_transaction(wire["ledger"]), to_transaction(wire["bank"])
    return Discrepancy(ledger, bank, wire["differs"])


def to_result(wire):
    return Reconciliation(
        [to_unmatched(found) for found in wire["unmatched"]],
        [to_discrepancy(found) for found in wire["discrepancies"]],
        [Rejected(**found) for found in wire["rejected"]],
    )


def to_row(transaction):
    return [transaction.id, str(transaction.amount), transaction.currency]


def to_wire(result):
    return {
        "unmatched": [
            {"side": found.side, "transaction": to_row(found.transaction)}
            for found in result.unmatched
        ],
        "discrepancies": [
            {"ledger": to_row(found.ledger), "bank": to_row(found.bank), "differs": found.differs}
            for found in result.discrepancies
        ],
        "rejected": [found._asdict() for found in result.rejected],
    }


class FileFeed:
    """A feed in a file, one JSON row per line, read line by line and again for every loop."""

    def __init__(self, path):
        self.path = path

    def __iter__(self):
        with open(self.path, encoding="utf-8", newline="\n") as file:
            for line in file:
                yield json.loads(line)


class RequestStore:
    def __init__(self, results):
        self.results = results
        self.saved = {}

    def find(self, key):
        if key in self.saved:
            return self.saved[key]
        return to_result(self.results[key]) if key in self.results else None

    def save(self, key, result):
        self.saved[key] = result


def answer(request):
    if request["op"] == "reconcile":
        ledger = [to_transaction(row) for row in request.pop("ledger")]
        bank = [to_transaction(row) for row in request.pop("bank")]
        return to_wire(reconcile(ledger, bank))
    store = RequestStore(request["store"])
    ledger, bank = FileFeed(request["ledger"]), FileFeed(request["bank"])
    result = reconcile_feeds(ledger, bank, Run(**request["run"]), store)
    return {**to_wire(result), "saved": {key: to_wire(kept) for key, kept in store.saved.items()}}


def main():
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin.buffer:
        request = json.loads(line)
        reply = {"id": request["id"], **answer(request)}
        replies.write(json.dumps(reply) + "\n")
        replies.flush()


if __name__ == "__main__":
    try:
        main()
    except MemoryError:
        print("out of memory", file=sys.stderr)
        sys.exit(STATUS_OUT_OF_MEMORY)

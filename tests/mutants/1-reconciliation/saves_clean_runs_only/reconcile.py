"""Section 1, solved: the brief and both follow-ups in O(n + m). NOTES.md tells why."""

import re
import zlib

from contract import (
    AMOUNT_MAX,
    AMOUNT_MIN,
    ID_BYTES_MAX,
    Discrepancy,
    Reconciliation,
    Rejected,
    Transaction,
    Unmatched,
)

# ---- The brief and follow-up 1


def reconcile(ledger, bank):
    # What is still in here when the bank's list has been read is in the ledger only. A dict keeps
    # the order of the ledger, so two runs on the same feeds can be compared with diff.
    waiting = {ours.id: ours for ours in ledger}
    result = Reconciliation()
    for theirs in bank:
        ours = waiting.pop(theirs.id, None)
        if ours is None:
            result.unmatched.append(Unmatched("bank", theirs))
        elif ours != theirs:
            result.discrepancies.append(Discrepancy(ours, theirs, differences(ours, theirs)))
    result.unmatched.extend(Unmatched("ledger", ours) for ours in waiting.values())
    return result


def differences(ours, theirs):
    differs = []
    if ours.amount != theirs.amount:
        differs.append("amount")
    if ours.currency != theirs.currency:
        differs.append("currency")
    return differs


# ---- Follow-up 2: rows

# int() alone is too kind: it takes " 5 ", "+5", "1_000" and the digits of other scripts, which \d
# takes too. fullmatch, because $ also matches before a newline at the end. Captures the digits
# that count, without the zeros in front.
INTEGER = re.compile("-?0*([1-9][0-9]*|0)")
CURRENCY = re.compile("[A-Z]{3}")
# No int64 has more digits, and int() refuses text of thousands of them.
AMOUNT_DIGITS_MAX = 19


class BadRow(Exception):
    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def parse_amount(text):
    match = INTEGER.fullmatch(text)
    if not match:
        raise BadRow("amount_not_an_integer")
    if len(match[1]) > AMOUNT_DIGITS_MAX:
        raise BadRow("amount_out_of_range")
    amount = -int(match[1]) if text.startswith("-") else int(match[1])
    if not AMOUNT_MIN <= amount <= AMOUNT_MAX:
        raise BadRow("amount_out_of_range")
    return amount


def parse_row(row):
    # The checks come in the order of RejectReason: the first fault is the one that is reported.
    if len(row) != 3:
        raise BadRow("wrong_field_count")
    id, text, currency = row
    # Bytes, not characters: the limit is one of storage.
    if not 1 <= len(id.encode()) <= ID_BYTES_MAX:
        raise BadRow("bad_id")
    amount = parse_amount(text)
    if not CURRENCY.fullmatch(currency):
        raise BadRow("bad_currency")
    return Transaction(id, amount, currency)


# ---- Follow-up 2: passes over feeds that do not fit in memory

# An id belongs to one bucket, whichever feed it is in, so each bucket can be reconciled by itself.
# A pass reads both feeds from start to end and keeps the rows of as many buckets as memory allows.
# Buckets have a fixed size, and memory decides only how many a pass takes: the same feeds are cut
# the same way on every machine.
BUCKET_BYTES = 2 * 1024 * 1024
# What a kept row takes besides its id, measured: the tuple, its text and number, its place in the
# dict.
ROW_BYTES = 300


def bucket_of(id, bucket_count):
    # Not hash(), which differs from process to process: a run must be repeatable exactly.
    return zlib.crc32(id.encode()) % bucket_count


def take_census(feed, side, rejected):
    """The first pass: rejects the malformed rows, and tells what the good ones would take."""
    kept_bytes = 0
    for number, row in enumerate(feed, start=1):
        try:
            kept_bytes += ROW_BYTES + len(parse_row(row).id)
        except BadRow as bad:
            rejected.append(Rejected(side, number, bad.reason))
    return kept_bytes


def fill_buckets(feed, side, bucket_count, first, buckets, rejected):
    """Reads the whole feed and keeps the rows of buckets [first, first + len(buckets)).

    The first row with an id stands; every later one is rejected, also when it is the same to the
    byte: two equal rows may be one payment told twice or two payments, and only a person knows.
    """
    for number, row in enumerate(feed, start=1):
        if not row:
            continue
        place = bucket_of(row[0], bucket_count) - first
        if not 0 <= place < len(buckets):
            continue  # The turn of another pass.
        try:
            transaction = parse_row(row)
        except BadRow:
            continue  # The census has reported it.
        kept = buckets[place]
        if transaction.id in kept:
            rejected.append(Rejected(side, number, "duplicate_id"))
        else:
            kept[transaction.id] = transaction


def key_of(run):
    # The length in front keeps the pairs ("a", "b:c") and ("a:b", "c") apart.
    return f"{len(run.ledger_snapshot)}:{run.ledger_snapshot}:{run.bank_snapshot}"


def reconcile_feeds(ledger, bank, run, store):
    key = key_of(run)
    earlier = store.find(key)
    if earlier is not None:
        return earlier

    result = Reconciliation()
    kept_bytes = take_census(ledger, "ledger", result.rejected)
    kept_bytes += take_census(bank, "bank", result.rejected)
    bucket_count = 1 + kept_bytes // BUCKET_BYTES
    # Half of the memory is left for what the count does not see: dicts grow by doubling, buckets
    # are not equally full, and reconcile() indexes one bucket at a time.
    buckets_per_pass = max(1, run.memory_bytes // 2 // BUCKET_BYTES)
    for first in range(0, bucket_count, buckets_per_pass):
        count = min(buckets_per_pass, bucket_count - first)
        ours = [{} for _ in range(count)]
        theirs = [{} for _ in range(count)]
        fill_buckets(ledger, "ledger", bucket_count, first, ours, result.rejected)
        fill_buckets(bank, "bank", bucket_count, first, theirs, result.rejected)
        for ledger_part, bank_part in zip(ours, theirs):
            part = reconcile(list(ledger_part.values()), list(bank_part.values()))
            result.unmatched += part.unmatched
            result.discrepancies += part.discrepancies
    # Saved last: a run that dies half way leaves no record, and the next one does it again.
    if not result.rejected:
        store.save(key, result)
    return result

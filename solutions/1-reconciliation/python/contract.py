"""The contract of section 1: what your code is given, and what it answers.

main.py turns it into the wire form; you need not change either file.
"""

from dataclasses import dataclass, field
from typing import Iterable, Literal, NamedTuple, Optional, Protocol

# ---- The brief


class Transaction(NamedTuple):
    # Opaque, 1 to ID_BYTES_MAX bytes of UTF-8. "A1", "a1" and " a1" are three ids.
    id: str
    # In minor units: 1050 is 10.50 USD and 1050 JPY. Any 64-bit integer, zero and negative too.
    amount: int
    # Three capital letters: "USD".
    currency: str


Side = Literal["ledger", "bank"]


class Unmatched(NamedTuple):
    """A transaction whose id is in one feed only."""

    side: Side  # The feed it is in.
    transaction: Transaction


# ---- Follow-up 1: the same id with another amount or currency


class Discrepancy(NamedTuple):
    """Two transactions with the same id that are not equal."""

    ledger: Transaction
    bank: Transaction
    differs: list[Literal["amount", "currency"]]  # Every field that differs, each once.


# ---- Follow-up 2: production

# A row as it stands in a feed: its fields as text. A good row has three: id, amount, currency.
Row = list[str]

# A feed that may be larger than memory. Every `for row in feed` reads it from the start.
Feed = Iterable[Row]

ID_BYTES_MAX = 10_000
AMOUNT_MIN = -(2**63)
AMOUNT_MAX = 2**63 - 1

# Why a row cannot be used. A row with several faults is rejected for the first of this list.
RejectReason = Literal[
    "wrong_field_count",  # Not three fields.
    "bad_id",  # Empty, or longer than ID_BYTES_MAX bytes of UTF-8.
    # Anything but an optional '-' and then one or more of the digits 0 to 9: "12.34", "1e3", "+5",
    # " 5", "". Zeros in front are allowed: "007" is 7 and "-0" is 0.
    "amount_not_an_integer",
    "amount_out_of_range",  # An integer outside AMOUNT_MIN to AMOUNT_MAX.
    "bad_currency",  # Not exactly three of the letters A to Z.
    "duplicate_id",  # An earlier row of the same feed, itself not rejected, has this id.
]


class Rejected(NamedTuple):
    side: Side
    row: int  # The first row of a feed is row 1.
    reason: RejectReason


@dataclass
class Reconciliation:
    """The whole answer.

    Every row of both feeds is explained exactly once: it is matched by an equal row (and not
    listed), or it is in one Unmatched, or in one Discrepancy, or in one Rejected. The order of the
    findings is free.
    """

    unmatched: list[Unmatched] = field(default_factory=list)
    discrepancies: list[Discrepancy] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


class Run(NamedTuple):
    """Which snapshots a run compares, and how much memory the rows it keeps may take."""

    # Name the content of the feeds: the same name, the same rows. Any text.
    ledger_snapshot: str
    bank_snapshot: str
    memory_bytes: int


class RunStore(Protocol):
    """The record of finished runs. It outlives the process."""

    def find(self, key: str) -> Optional[Reconciliation]:
        """The result saved under this key, or None."""

    def save(self, key: str, result: Reconciliation) -> None: ...

"""The contract of section 4: what the payment client is given, and what it answers.

The client does one job at a time and waits for everything that it asks for. Several of it run side
by side: two clicks, or a webhook during a payment, are jobs of two processes. A process may die
whenever it waits; what it had in memory is gone then, what is in the store is not. Time is virtual.

main.py turns this into the wire form; you need not change either file.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple, Optional, Protocol

# ---- What there is to do


class Order(NamedTuple):
    id: str
    amount: int  # Minor units of the currency.
    currency: str  # "usd"
    card: str  # A payment method: "pm_card_visa".
    email: str  # Empty until the shopper fills it in, which may be any time.
    payment_intent: str  # When the shop knows one.
    status: str  # "paying", "pending", "created", "paid", "declined", ...
    # Which payment of the order it is: 1, and one more for each new try after a decline. Clicks
    # and redeliveries that belong to the same payment have the same number.
    payment: int


class Refund(NamedTuple):
    """A part of what an order paid is given back; two refunds of an order have two ids."""

    id: str
    payment_intent: str
    amount: int  # 0: all of it.


class Job(NamedTuple):
    # pay: a shopper clicked. confirm: a webhook says that the order's intent was created.
    task: Literal["pay", "confirm", "refund"]
    # The same work is delivered once more: it was cut off by a crash, it ended as "pending", or its
    # webhook was sent again. Another click is no redelivery but a new job.
    is_redelivered: bool
    # one_call: create and confirm in one request. two_calls: create, then confirm, both in the job
    # "pay". confirm_later: create only; the job "confirm" comes with the webhook.
    flow: Literal["one_call", "two_calls", "confirm_later"]
    order: Order  # As it is when the job is delivered.
    refund: Optional[Refund]  # Of the task refund.
    attempts: int  # How often to ask before an outcome is "pending".
    backoff_ms: list[int]  # Pauses between them; the last one is repeated.


Status = Literal[
    "paid",
    "declined",  # The bank said no: 402.
    "failed",  # It did not happen, and never will: the shopper is told so.
    "pending",  # Nobody knows yet. The shop delivers the job again, minutes and hours later.
    "created",  # Flow confirm_later: the intent waits for its webhook.
    "refunded",  # Of the task refund.
    "duplicate",  # Another job does this payment already: there is nothing to tell.
]


class Result(NamedTuple):
    status: Status
    payment_intent: str = ""  # When it is known.


# ---- What the client can ask for; each call waits for its answer


@dataclass
class Reply:
    """What of an answer matters here. Texts are empty when the body has no such member."""

    # answered; not_sent: it definitely did not arrive; unknown: a timeout or a broken connection,
    # it may have been carried out.
    known: Literal["answered", "not_sent", "unknown"] = "unknown"
    status: int = 0  # HTTP; 0 unless answered.
    id: str = ""  # Of the object: "pi_...".
    state: str = ""  # Its status: "succeeded", "requires_action".
    error_type: str = ""  # "card_error", "idempotency_error", "api_error".
    error_code: str = ""  # "card_declined", "idempotency_key_in_use".
    error_message: str = ""  # For people.
    should_retry: Optional[bool] = None  # Stripe-Should-Retry, when it was there.


class Stripe(Protocol):
    def post(self, path: str, params: dict[str, str], key: str) -> Reply:
        """POST with an Idempotency-Key."""


class Kept(NamedTuple):
    value: str  # What is in the store now.
    is_new: bool  # It was put by this call.


class Store(Protocol):
    """Survives crashes and is shared by all processes."""

    def get(self, key: str) -> Optional[str]: ...

    def put(self, key: str, value: str) -> None: ...

    def put_if_absent(self, key: str, value: str) -> Kept:
        """Of several that come at once, one puts its value and all get that one."""


class Clock(Protocol):
    def sleep_ms(self, duration_ms: int) -> None: ...


class Orders(Protocol):
    def get(self, order: str) -> Order:
        """As it is now, which may be another state than that of the job."""


@dataclass
class World:
    stripe: Stripe
    store: Store
    clock: Clock
    orders: Orders

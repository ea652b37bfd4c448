"""The program around payments.py: one job after the other over JSON Lines.

You need not change this file. print is yours: what you print goes to stderr.
"""

import json
import os
import sys

from contract import Job, Kept, Order, Refund, Reply, World
from payments import work

STATUS_OUT_OF_MEMORY = 86


class Wire:
    def __init__(self, lines, replies):
        self.lines = lines
        self.replies = replies
        self.id = None

    def next(self):
        line = self.lines.readline()
        if not line:
            sys.exit(0)  # Nobody is interested any more.
        message = json.loads(line)
        self.id = message["id"]
        return message

    def say(self, what, value):
        self.replies.write(json.dumps({"id": self.id, what: value}) + "\n")
        self.replies.flush()

    def ask(self, what, value):
        self.say(what, value)
        return self.next()


class WiredStripe:
    def __init__(self, wire):
        self.wire = wire

    def post(self, path, params, key):
        answer = self.wire.ask(
            "request",
            {
                "method": "POST",
                "path": path,
                "params": [[name, value] for name, value in params.items()],
                "idempotency_key": key,
            },
        )
        if "answer" in answer:
            return Reply(known="answered", **answer["answer"])
        return Reply(known="not_sent" if "not_sent" in answer else "unknown")


class WiredStore:
    def __init__(self, wire):
        self.wire = wire

    def get(self, key):
        return self.wire.ask("store", {"get": key})["value"]

    def put(self, key, value):
        self.wire.ask("store", {"put": [key, value]})

    def put_if_absent(self, key, value):
        answer = self.wire.ask("store", {"put_if_absent": [key, value]})
        return Kept(answer["value"], answer["is_new"])


class WiredClock:
    def __init__(self, wire):
        self.wire = wire

    def sleep_ms(self, duration_ms):
        self.wire.ask("sleep_ms", duration_ms)


class WiredOrders:
    def __init__(self, wire):
        self.wire = wire

    def get(self, order):
        return Order(**self.wire.ask("order", order)["order"])


def to_job(wire):
    refund = Refund(**wire["refund"]) if "refund" in wire else None
    return Job(**{**wire, "order": Order(**wire["order"]), "refund": refund})


def main():
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    wire = Wire(sys.stdin.buffer, replies)
    world = World(WiredStripe(wire), WiredStore(wire), WiredClock(wire), WiredOrders(wire))
    while True:
        result = work(to_job(wire.next()["job"]), world)
        wire.say("done", {"status": result.status, "payment_intent": result.payment_intent})


if __name__ == "__main__":
    try:
        main()
    except MemoryError:
        print("out of memory", file=sys.stderr)
        sys.exit(STATUS_OUT_OF_MEMORY)

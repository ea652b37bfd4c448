"""A shop as a service (docs/reference/service-contract.md): right, or with one named defect.

    STRIPE_API_BASE=... STRIPE_SECRET_KEY=... STRIPE_WEBHOOK_SECRET=... shop.py PORT [DEFECT]

It ends by itself after ten minutes, whoever forgets it.
"""

import hashlib
import hmac
import http.client
import http.server
import json
import os
import sys
import threading
import time
import urllib.parse
import uuid

PORT = int(sys.argv[1])
DEFECT = sys.argv[2] if len(sys.argv) > 2 else ""
LIFE_S = 600
ATTEMPTS = 3
PAUSES_S = [0.5, 1.0]
STRIPE = urllib.parse.urlparse(os.environ["STRIPE_API_BASE"])
SECRET = os.environ["STRIPE_WEBHOOK_SECRET"].encode()

lock = threading.RLock()
orders = {}
events = set()


class Unknown(Exception):
    """Nobody knows whether the request was carried out."""


def ask_stripe(path, params, key):
    connection = http.client.HTTPConnection(STRIPE.hostname, STRIPE.port, timeout=5)
    headers = {
        "Authorization": "Bearer " + os.environ["STRIPE_SECRET_KEY"],
        "Content-Type": "application/x-www-form-urlencoded",
        "Idempotency-Key": key,
    }
    try:
        connection.request("POST", path, urllib.parse.urlencode(params), headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise Unknown from problem
    finally:
        connection.close()


def until_known(path, params, key):
    """The status and the body of the first answer that says something, or None."""
    for attempt in range(1, ATTEMPTS + 1):
        sent_as = str(uuid.uuid4()) if DEFECT == "forgets-its-keys" else key
        try:
            status, body = ask_stripe(path, params(), sent_as)
            if status not in (409, 429) and status < 500:
                return status, body
        except Unknown:
            pass
        if attempt < ATTEMPTS:
            time.sleep(0 if DEFECT == "retries-at-once" else PAUSES_S[attempt - 1])
    return None


def settle(name, order, intent):
    with lock:
        order["intent"] = intent
        is_cancelled = order["status"] == "cancelled"
        if order["status"] == "paid" and DEFECT != "fulfils-at-every-delivery":
            return
        if not is_cancelled:
            order["status"] = "paid"
            order["fulfilled"] += 1
    if is_cancelled:
        refund(name, name, 0)


def take_payment(name, order):
    if DEFECT == "asks-for-ever":
        while True:
            until_known("/v1/payment_intents/pi_none/cancel", dict, f"{name}.never")

    def params():
        email = order["email"] if DEFECT == "sends-another-body" else order["sent_email"]
        return {
            "amount": order["amount"],
            "currency": order["currency"],
            "payment_method": order["card"],
            "payment_method_types[]": "card",
            "confirm": "true",
            **({} if DEFECT == "names-no-order" else {"metadata[order]": name}),
            **({"receipt_email": email} if email else {}),
        }

    known = until_known("/v1/payment_intents", params, f"{name}.pay.{order['payment']}")
    with lock:
        if order["status"] == "paid":
            return
        if known is None:
            order["is_due"] = True
            if order["status"] == "paying":
                order["status"] = "pending"
            return
        order["is_due"] = False
    status, body = known
    if status < 300 and body["status"] == "succeeded":
        settle(name, order, body["id"])
    elif status < 300:
        with lock:
            if order["status"] == "paying":
                order["status"] = "pending"  # The bank asks who pays: a webhook tells the end.
    else:
        with lock:
            if order["status"] != "cancelled":
                order["status"] = "declined" if status == 402 else "failed"


def pay(name, wanted):
    if DEFECT == "says-paid":
        orders[name] = {"status": "paid", "fulfilled": 1, "intent": "", "is_due": False}
        return
    with lock:
        order = orders.get(name)
        if order is not None and order["status"] not in ("declined", "failed"):
            return
        payment = 1 if order is None else order["payment"] + 1
        order = {**wanted, "status": "paying", "fulfilled": 0, "intent": "", "payment": payment}
        order["is_due"] = False
        order["sent_email"] = order["email"]
        orders[name] = order
    take_payment(name, order)


def refund(name, refund_name, amount):
    order = orders.get(name)
    if order is None or not order["intent"]:
        return "failed"
    params = {"payment_intent": order["intent"], "metadata[refund]": refund_name}
    if amount:
        params["amount"] = amount
    known = until_known("/v1/refunds", lambda: params, f"{refund_name}.refund")
    if known is None:
        return "pending"
    return "refunded" if known[0] < 300 else "failed"


def is_genuine(header, payload):
    parts = dict(part.split("=", 1) for part in header.split(",") if "=" in part)
    signed = parts.get("t", "").encode() + b"." + payload
    made = hmac.new(SECRET, signed, hashlib.sha256).hexdigest()
    is_recent = abs(time.time() - int(parts.get("t") or 0)) <= 300
    return is_recent and hmac.compare_digest(made, parts.get("v1", ""))


def hear(header, payload):
    """The HTTP status for a webhook."""
    if DEFECT == "dies-in-the-middle":
        os._exit(1)
    if DEFECT != "believes-everybody" and not is_genuine(header, payload):
        return 400
    event = json.loads(payload)
    intent = event["data"]["object"]
    order = orders.get((intent.get("metadata") or {}).get("order"))
    if order is None or (event["id"] in events and DEFECT != "fulfils-at-every-delivery"):
        return 200
    events.add(event["id"])
    if event["type"] == "payment_intent.succeeded":
        settle(intent["metadata"]["order"], order, intent["id"])
    elif event["type"] == "payment_intent.payment_failed":
        key = (event.get("request") or {}).get("idempotency_key") or ""
        # No request led to it that the shopper failed to prove who they are.
        error = (intent.get("last_payment_error") or {}).get("code")
        is_of_the_shopper = error == "payment_intent_authentication_failure"
        is_ours = is_of_the_shopper or key.endswith(f".{order['payment']}")
        with lock:
            if order["status"] in ("paying", "pending") and is_ours:
                order["status"] = "declined"
    return 200


def tick():
    for name, order in list(orders.items()):
        if order["is_due"]:
            take_payment(name, order)


def cancel(name):
    with lock:
        if name in orders and orders[name]["status"] in ("paying", "pending"):
            orders[name]["status"] = "cancelled"  # Whoever learns that it was charged returns it.


class Door(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def reply(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        order = orders.get(urllib.parse.unquote(self.path.split("/")[-1]))
        if order is None:
            return self.reply(404, {})
        self.reply(200, {name: order[name] for name in ("status", "fulfilled")})

    def do_POST(self):
        payload = self.rfile.read(int(self.headers["Content-Length"]))
        parts = [urllib.parse.unquote(part) for part in self.path.split("/")[1:]]
        if parts == ["webhooks"]:
            return self.reply(hear(self.headers["Stripe-Signature"], payload), {})
        if parts == ["tick"]:
            tick()
            return self.reply(200, {})
        wanted = json.loads(payload)
        name = parts[1]
        if parts[2] == "pay":
            pay(name, wanted)
        elif parts[2] == "email":
            with lock:
                if name in orders:
                    orders[name]["email"] = wanted["email"]
        elif parts[2] == "cancel":
            cancel(name)
        elif parts[2] == "refunds":
            return self.reply(200, {"status": refund(name, parts[3], wanted["amount"])})
        self.reply(200, {"status": orders[name]["status"]} if name in orders else {})


threading.Timer(LIFE_S, lambda: os._exit(0)).start()
server = http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Door)
server.daemon_threads = True
print("listening", flush=True)
server.serve_forever()

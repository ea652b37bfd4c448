"""Section 4: the payment client of the shop, mended.

One payment of an order has one key for each operation, and the body that it is sent with is in the
store before it is sent for the first time: a retry, a redelivery or a process that begins again
sends that one, whatever the order says by then.
"""

import json

from contract import Result


def pause_ms(job, attempt):
    if not job.backoff_ms:
        return 0
    return job.backoff_ms[min(attempt, len(job.backoff_ms)) - 1]


def params_of(order, operation):
    """What the request of one operation says: "pay", "create" or "confirm"."""
    params = {}
    if operation != "confirm":
        params = {
            "amount": str(order.amount),
            "currency": order.currency,
            "payment_method_types[]": "card",
            "metadata[order]": order.id,
        }
    if operation != "create":
        params["payment_method"] = order.card
        if order.email:
            params["receipt_email"] = order.email
    if operation == "pay":
        params["confirm"] = "true"
    return params


def is_worth_a_retry(reply):
    if reply.should_retry is not None:
        return reply.should_retry
    return reply.known != "answered" or reply.status in (409, 429) or reply.status >= 500


def status_of(reply):
    if reply.known != "answered":
        return "pending"
    if reply.status < 300:
        return "paid" if reply.state == "succeeded" else "failed"
    if reply.status == 402:
        return "declined"
    if reply.status in (409, 429) or reply.status >= 500:
        return "pending"
    if reply.error_type == "idempotency_error":
        # Something was sent under this key before: what became of that, a webhook will tell.
        print("PaymentIntent confirmation failed - idempotency key reused")
        return "pending"
    return "failed"


def send(job, world, path, key, params):
    """Asks until the outcome is known, or the attempts are used up."""
    for attempt in range(1, job.attempts + 1):
        reply = world.stripe.post(path, params, key)
        if not is_worth_a_retry(reply):
            break
        if attempt < job.attempts:
            world.clock.sleep_ms(pause_ms(job, attempt))
    return reply


def key_of(order, operation):
    """"order-1.pay", and "order-1.pay.2" once a second card is tried.

    The first payment of an order keeps the key that it had before this was mended: what is under
    way at the release stays one payment.
    """
    key = f"{order.id}.{operation}"
    return key if order.payment == 1 else f"{key}.{order.payment}"


def send_for_order(job, world, path, operation):
    key = key_of(job.order, operation)
    # Read just before it is kept: the receipt goes to the latest address that can still be used.
    latest = params_of(world.orders.get(job.order.id), operation)
    kept = world.store.put_if_absent(f"request/{key}", json.dumps(latest))
    return send(job, world, path, key, json.loads(kept.value))


def is_ours(job, world):
    """Whether this job takes the payment: the first does, and whoever it is delivered to again."""
    if job.order.status not in ("paying", "pending"):
        return False  # It has ended already.
    claim = world.store.put_if_absent(f"job/{key_of(job.order, job.task)}", "taken")
    return claim.is_new or job.is_redelivered


def confirm(job, world, intent):
    reply = send_for_order(job, world, f"/v1/payment_intents/{intent}/confirm", "confirm")
    return Result(status_of(reply), intent)


def pay(job, world):
    if job.flow == "one_call":
        reply = send_for_order(job, world, "/v1/payment_intents", "pay")
        return Result(status_of(reply), reply.id)
    intent = job.order.payment_intent
    if not intent:
        made = send_for_order(job, world, "/v1/payment_intents", "create")
        if not made.id:
            return Result(status_of(made))
        intent = made.id
    if job.flow == "two_calls":
        return confirm(job, world, intent)
    return Result("created", intent)


def refund(job, world):
    wanted = job.refund
    params = {"payment_intent": wanted.payment_intent}
    if wanted.amount > 0:
        params["amount"] = str(wanted.amount)
    reply = send(job, world, "/v1/refunds", f"refund.{wanted.id}", params)
    return Result("refunded" if reply.id else status_of(reply))


def work(job, world):
    if job.task != "refund" and not is_ours(job, world):
        return Result("duplicate")
    if job.task == "pay":
        return pay(job, world)
    if job.task == "confirm":
        return confirm(job, world, job.order.payment_intent)
    return refund(job, world)

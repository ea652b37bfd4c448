"""Section 4: the payment client of the shop. Read brief.md first, then contract.py.

This is the only file you edit. It is in production, and about 5 % of payments fail since the
release of last week. What you print goes to stderr and is shown to you.
"""

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
    # A timeout can be late enough that the key has expired, so we do not retry it any more.
    # return reply.known != "answered" or reply.status in (409, 429) or reply.status >= 500
    return reply.known == "answered" and (reply.status in (409, 429) or reply.status >= 500)


def status_of(reply):
    if reply.known != "answered":
        return "failed"  # better than to leave the shopper waiting
    if reply.status < 300:
        return "paid" if reply.state == "succeeded" else "pending"
    if reply.status == 402:
        return "declined"
    if reply.status in (409, 429) or reply.status >= 500:
        return "pending"
    if reply.error_type == "idempotency_error":
        print("PaymentIntent confirmation failed - idempotency key reused")
    return "failed"


def send(job, world, path, key, make_params):
    """Asks until the outcome is known, or the attempts are used up."""
    for attempt in range(1, job.attempts + 1):
        reply = world.stripe.post(path, make_params(), key)
        if not is_worth_a_retry(reply):
            break
        if attempt < job.attempts:
            world.clock.sleep_ms(pause_ms(job, attempt))
    return reply


def send_for_order(job, world, path, operation):
    def make_params():
        # The receipt goes to the address that the shopper has given by now.
        return params_of(world.orders.get(job.order.id), operation)

    return send(job, world, path, f"{job.order.id}.{operation}", make_params)


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
        world.clock.sleep_ms(1000)  # give Stripe time to save the key
        return confirm(job, world, intent)
    return Result("created", intent)


def refund(job, world):
    wanted = job.refund
    params = {"payment_intent": wanted.payment_intent}
    if wanted.amount > 0:
        params["amount"] = str(wanted.amount)
    reply = send(job, world, "/v1/refunds", f"refund.{wanted.id}", lambda: params)
    return Result("refunded" if reply.id else status_of(reply))


def work(job, world):
    if job.task == "pay":
        return pay(job, world)
    if job.task == "confirm":
        return confirm(job, world, job.order.payment_intent)
    return refund(job, world)

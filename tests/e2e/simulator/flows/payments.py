# A payment, a replay, a decline, a refused key and a refund, by Debian's older client.
import os

import stripe

stripe.api_key = "sk_test_python"
stripe.api_base = f"http://127.0.0.1:{os.environ['ONSITE_PORT']}"


def pay(card, key):
    return stripe.PaymentIntent.create(amount=2500, currency="eur", payment_method=card,
                                       confirm=True, idempotency_key=key)


first = pay("pm_card_visa", "order-1")
assert first.status == "succeeded", first
assert pay("pm_card_visa", "order-1").id == first.id
assert len(stripe.PaymentIntent.list().data) == 1

try:
    pay("pm_card_visa_chargeDeclined", "order-2")
    raise SystemExit("expected a decline")
except stripe.error.CardError as error:
    assert error.code == "card_declined", error
    assert error.http_status == 402

try:
    pay("pm_card_mastercard", "order-1")
    raise SystemExit("expected the key to be refused")
except stripe.error.IdempotencyError as error:
    assert "same parameters" in str(error)

refund = stripe.Refund.create(payment_intent=first.id, amount=500)
assert refund.amount == 500
kinds = [event.type for event in stripe.Event.list(limit=100).auto_paging_iter()]
assert "payment_intent.payment_failed" in kinds and "charge.refunded" in kinds, kinds

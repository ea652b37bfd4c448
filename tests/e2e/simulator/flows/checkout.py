# Checkout, coupons of a customer and search, by Debian's older client.
import os
import urllib.error
import urllib.parse
import urllib.request

import stripe

stripe.api_key = "sk_test_python"
stripe.api_base = f"http://127.0.0.1:{os.environ['ONSITE_PORT']}"


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def press(session, **form):
    """Where the page sends whoever presses its button."""
    body = urllib.parse.urlencode(form).encode()
    try:
        urllib.request.build_opener(Stay).open(session.url, body)
    except urllib.error.HTTPError as answer:
        return answer.headers["Location"]
    raise SystemExit("expected to be sent on")


coupon = stripe.Coupon.create(percent_off=10, duration="forever")
customer = stripe.Customer.create(email="ada@example.com", source="tok_visa", coupon=coupon.id)
assert customer.discount.customer == customer.id, customer
assert customer.default_source.startswith("card_"), customer
stripe.InvoiceItem.create(customer=customer.id, amount=1000, currency="usd")
invoice = stripe.Invoice.create(customer=customer.id, pending_invoice_items_behavior="include")
assert invoice.total == 900, invoice
assert stripe.Invoice.pay(invoice.id).status == "paid"
assert stripe.Customer.delete_discount(customer.id).deleted

session = stripe.checkout.Session.create(
    mode="setup", customer=customer.id, currency="usd", success_url="http://shop.test/saved")
assert press(session, result="pay", card="pm_card_mastercard") == "http://shop.test/saved"
session = stripe.checkout.Session.retrieve(session.id, expand=["setup_intent.payment_method"])
assert session.setup_intent.payment_method.card.brand == "mastercard", session

found = stripe.Customer.search(query='email:"ada@example.com"')
assert [one.id for one in found.auto_paging_iter()] == [customer.id]
try:
    stripe.Customer.search(query="email")
    raise SystemExit("expected the query to be refused")
except stripe.error.InvalidRequestError as error:
    assert error.param == "query", error

# Customers, pages, errors, a replay and a webhook's signature with Debian's older client.
import json
import os
import urllib.request

import stripe

address = f"http://127.0.0.1:{os.environ['ONSITE_PORT']}"
stripe.api_key = "sk_test_flow"
stripe.api_base = address
stripe.max_network_retries = 2

made = stripe.Customer.create(name="Ada", metadata={"plan": "a"})
assert made.id.startswith("cus_")
changed = stripe.Customer.modify(made.id, name="Bea")
assert changed.name == "Bea" and changed.metadata.plan == "a"
for number in range(24):
    stripe.Customer.create(name=f"c{number}")
names = [customer.name for customer in stripe.Customer.list(limit=10).auto_paging_iter()]
assert len(names) == 25 and names[0] == "c23" and names[-1] == "Bea", names

first = stripe.Customer.create(name="Cyd", idempotency_key="k1")
again = stripe.Customer.create(name="Cyd", idempotency_key="k1")
assert first.id == again.id
try:
    stripe.Customer.create(name="Dan", idempotency_key="k1")
    raise AssertionError("expected an idempotency error")
except stripe.error.IdempotencyError as error:
    assert error.http_status == 400
try:
    stripe.Customer.retrieve("cus_none")
    raise AssertionError("expected an error")
except stripe.error.InvalidRequestError as error:
    assert error.code == "resource_missing" and error.http_status == 404

# A lost answer is asked for again with the same key.
fault = {"operation": "POST /v1/customers", "attempt": 29, "at": "connect", "kind": "refuse"}
urllib.request.urlopen(f"{address}/_onsite/faults", data=json.dumps(fault).encode()).read()
stripe.Customer.create(name="Eve")
assert [customer.name for customer in stripe.Customer.list(limit=2)] == ["Eve", "Cyd"]

event = stripe.Event.list(type="customer.updated").data[0]
assert event.data.previous_attributes.name == "Ada"
assert stripe.Customer.delete(made.id).deleted

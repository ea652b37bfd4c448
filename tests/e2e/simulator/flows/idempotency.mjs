// One key is one change: replays, other parameters, another endpoint, and what is kept of a 500.
import { assert, client, fault } from "../support.mjs";

const stripe = client({ maxNetworkRetries: 0 });
const first = await stripe.customers.create({ name: "Ada" }, { idempotencyKey: "k1" });
const again = await stripe.customers.create({ name: "Ada" }, { idempotencyKey: "k1" });
assert.equal(again.id, first.id);
assert.equal(again.lastResponse.headers["idempotent-replayed"], "true");
assert.equal(first.lastResponse.headers["idempotent-replayed"], undefined);

const other = stripe.customers.create({ name: "Bea" }, { idempotencyKey: "k1" });
await assert.rejects(other, { type: "StripeIdempotencyError", statusCode: 400 });
const elsewhere = stripe.customers.update(first.id, { name: "Ada" }, { idempotencyKey: "k1" });
await assert.rejects(elsewhere, /same endpoint/);

// Refused parameters use no key up.
const invalid = stripe.customers.create({ nam: "x" }, { idempotencyKey: "k2" });
await assert.rejects(invalid, { statusCode: 400 });
const valid = await stripe.customers.create({ name: "Cyd" }, { idempotencyKey: "k2" });
assert.equal(valid.name, "Cyd");

// A key is no part of a URL: these are two.
const eve = await stripe.customers.create({ name: "Eve" }, { idempotencyKey: "order%2017" });
const fay = await stripe.customers.create({ name: "Fay" }, { idempotencyKey: "order 17" });
assert.equal(eve.lastResponse.headers["idempotency-key"], "order%2017");
assert.equal(fay.name, "Fay");

await fault({ operation: "POST /v1/customers", attempt: 0, at: "after_commit", kind: "status" });
for (const _ of [1, 2]) {
    const broken = stripe.customers.create({ name: "Dan" }, { idempotencyKey: "k3" });
    await assert.rejects(broken, { statusCode: 500 });
}
const names = (await stripe.customers.list()).data.map((customer) => customer.name);
assert.deepEqual(names, ["Dan", "Fay", "Eve", "Cyd", "Ada"], "what a 500 hid was done once");

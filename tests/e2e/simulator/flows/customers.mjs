// Customers from birth to deletion, pages of a list, and errors as the client's classes.
import { assert, client } from "../support.mjs";

const stripe = client();
const made = await stripe.customers.create({
    name: "Ada Ünlü", email: "ada@example.com", metadata: { plan: "a" },
    address: { city: "London", country: "GB" },
});
assert.match(made.id, /^cus_/);
assert.match(made.lastResponse.requestId, /^req_/);
const changed = await stripe.customers.update(made.id, { name: "Bea", metadata: { plan: "" } });
assert.equal(changed.name, "Bea");
assert.deepEqual(changed.metadata, {});
assert.equal((await stripe.customers.retrieve(made.id)).email, "ada@example.com");

for (let i = 0; i < 24; ++i) await stripe.customers.create({ name: `c${i}` });
const names = [];
for await (const customer of stripe.customers.list({ limit: 10 })) names.push(customer.name);
assert.equal(names.length, 25);
assert.equal(names[0], "c23");
assert.equal(names[24], "Bea");

assert.equal((await stripe.customers.del(made.id)).deleted, true);
await assert.rejects(stripe.customers.retrieve("cus_none"), (error) => {
    assert.equal(error.type, "StripeInvalidRequestError");
    assert.equal(error.code, "resource_missing");
    return true;
});
await assert.rejects(stripe.customers.create({ nam: "Ada" }),
                     { code: "parameter_unknown", param: "nam" });
const stranger = client().customers.list({}, { apiKey: "nonsense" });
await assert.rejects(stranger, { type: "StripeAuthenticationError" });

const events = await stripe.events.list({ type: "customer.updated" });
assert.deepEqual(events.data[0].data.previous_attributes,
                 { name: "Ada Ünlü", metadata: { plan: "a" } });

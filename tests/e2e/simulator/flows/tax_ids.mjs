// Tax ids of a customer: what the tax office says, what the invoice keeps, pages of a list.
import { assert, advance, client } from "../support.mjs";

const stripe = client();
const types = async () => (await stripe.events.list({ limit: 100 })).data.map((one) => one.type);

const customer = await stripe.customers.create({
    name: "Ada", tax_id_data: [{ type: "eu_vat", value: "DE123456789" }], expand: ["tax_ids"],
});
const [vat] = customer.tax_ids.data;
assert.equal(vat.country, "DE");
assert.equal(vat.verification.status, "pending");
assert.deepEqual(vat.owner, { customer: customer.id, customer_account: null, type: "customer" });

const asked = await stripe.customers.createTaxId(customer.id, {
    type: "eu_vat", value: "000000000", expand: ["customer"],
});
assert.equal(asked.customer.id, customer.id);
await advance(120);
const told = await stripe.customers.retrieveTaxId(customer.id, asked.id);
assert.equal(told.verification.status, "verified");
assert.equal((await types())[0], "customer.tax_id.updated");
await assert.rejects(
    stripe.customers.createTaxId(customer.id, { type: "eu_vat", value: "XX1" }),
    { type: "StripeInvalidRequestError", code: "tax_id_invalid" });

const draft = await stripe.invoices.create({ customer: customer.id });
await stripe.invoices.finalizeInvoice(draft.id);
assert.deepEqual(await stripe.customers.deleteTaxId(customer.id, vat.id),
                 { id: vat.id, object: "tax_id", deleted: true });
assert.deepEqual((await stripe.invoices.retrieve(draft.id)).customer_tax_ids.map((one) => one.value),
                 ["DE123456789", "000000000"]);

// The account's own, in pages in both directions.
const own = [];
for (let i = 0; i < 5; ++i) {
    own.push((await stripe.taxIds.create({ type: "us_ein", value: `12-345678${i}` })).id);
}
const ids = async (page) => {
    const found = [];
    for await (const one of stripe.taxIds.list({ limit: 2, ...page })) found.push(one.id);
    return found;
};
assert.deepEqual(await ids({}), own.toReversed());
assert.deepEqual(await ids({ ending_before: own[0] }), own.slice(1));
assert.deepEqual(await ids({ owner: { type: "customer", customer: customer.id } }), [asked.id]);
await stripe.taxIds.del(own[0]);
await assert.rejects(stripe.taxIds.retrieve(own[0]), { code: "resource_missing" });

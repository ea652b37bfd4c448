// The query language of search, with the iterator that follows next_page.
import { assert, client } from "../support.mjs";

const stripe = client();
for (let i = 0; i < 25; ++i) {
    await stripe.customers.create({
        name: `Buyer ${i}`, email: `buyer${i}@example.com`, metadata: { plan: i % 2 ? "a" : "b" },
    });
}
const found = [];
const query = 'email~"example" AND metadata["plan"]:"a" AND -name:"buyer 3"';
for await (const { name } of stripe.customers.search({ query, limit: 5 })) found.push(name);
assert.equal(found.length, 11);
assert.equal(found[0], "Buyer 23");

for (const amount of [500, 1500, 2500]) {
    await stripe.paymentIntents.create({
        amount, currency: "usd", payment_method: "pm_card_visa", confirm: true,
        return_url: "http://shop.test/done", metadata: { order: `o'${amount}` },
    });
}
const paid = await stripe.paymentIntents.search({
    query: "status:'succeeded' amount>=1500 -metadata['order']:'o\\'2500'",
});
assert.deepEqual(paid.data.map(({ amount }) => amount), [1500]);
const charges = await stripe.charges.search({
    query: 'payment_method_details.card.last4:"4242" OR amount<600',
});
assert.equal(charges.data.length, 3);
for (const bad of ["name", 'shoe:"42"', 'name:"a" OR name:"b" AND name:"c"', 'name~"ab"']) {
    await assert.rejects(stripe.customers.search({ query: bad }), (error) => {
        assert.equal(error.type, "StripeInvalidRequestError");
        assert.equal(error.param, "query");
        return true;
    }, bad);
}

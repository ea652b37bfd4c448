// Checkout: a session is made, somebody pays on its page, and the client is told.
import { address, advance, assert, client, receiver } from "../support.mjs";

const stripe = client();
const told = await receiver();
const endpoint = await stripe.webhookEndpoints.create({
    url: told.url, enabled_events: ["checkout.session.completed", "checkout.session.expired"],
});
const press = (session, form) => fetch(session.url, {
    method: "POST", redirect: "manual", body: new URLSearchParams(form),
});
const shirt = {
    quantity: 2,
    price_data: { currency: "eur", unit_amount: 1500, product_data: { name: "Shirt" } },
};
const open = (more = {}) => stripe.checkout.sessions.create({
    mode: "payment", line_items: [shirt], client_reference_id: "order-7",
    success_url: "http://shop.test/done?session={CHECKOUT_SESSION_ID}",
    cancel_url: "http://shop.test/cart", ...more,
});

const session = await open({ payment_intent_data: { metadata: { order: "7" } } });
assert.ok(session.url.startsWith(`${address}/_onsite/checkout/cs_test_`), session.url);
assert.equal(session.amount_total, 3000);
assert.match(await (await fetch(session.url)).text(), /2 × Shirt: €30.00 eur/);
assert.equal((await press(session, { result: "pay", card: "4000000000009995" })).status, 402);
const paid = await press(session, { result: "pay", card: "4242424242424242",
                                    email: "ada@example.com" });
assert.equal(paid.status, 303);
assert.equal(paid.headers.get("location"), `http://shop.test/done?session=${session.id}`);

const done = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ["payment_intent", "line_items.data.price.product"],
});
assert.equal(done.status, "complete");
assert.equal(done.payment_status, "paid");
assert.equal(done.payment_intent.amount_received, 3000);
assert.equal(done.payment_intent.metadata.order, "7");
assert.equal(done.customer_details.email, "ada@example.com");
assert.equal(done.line_items.data[0].price.product.name, "Shirt");
const [first] = await told.wait_for(1);
const event = stripe.webhooks.constructEvent(first.body, first.signature, endpoint.secret, 0);
assert.equal(event.type, "checkout.session.completed");
assert.equal(event.data.object.client_reference_id, "order-7");

// A subscription for a customer, with 3-D Secure on the way.
const customer = await stripe.customers.create({ email: "bea@example.com" });
const price = await stripe.prices.create({
    currency: "eur", unit_amount: 900, recurring: { interval: "month" },
    product_data: { name: "Gold" },
});
const subscribing = await open({
    mode: "subscription", customer: customer.id, line_items: [{ price: price.id, quantity: 1 }],
});
const asked = await press(subscribing, { result: "pay", card: "pm_card_authenticationRequired" });
const bank = asked.headers.get("location");
assert.ok(bank.startsWith(`${address}/_onsite/3ds/`), bank);
const back = await fetch(bank, {
    method: "POST", redirect: "manual", body: new URLSearchParams({ result: "complete" }),
});
assert.ok(back.headers.get("location").startsWith(subscribing.url));
const begun = await stripe.checkout.sessions.retrieve(subscribing.id,
                                                      { expand: ["subscription"] });
assert.equal(begun.subscription.status, "active");

// One that is cancelled stays open until it is expired; another one forgets itself in a day.
const left = await open();
const away = await press(left, { result: "cancel" });
assert.equal(away.headers.get("location"), "http://shop.test/cart");
assert.equal((await stripe.checkout.sessions.expire(left.id)).status, "expired");
const forgotten = await open();
await advance(24 * 3600);
assert.equal((await stripe.checkout.sessions.retrieve(forgotten.id)).status, "expired");
assert.equal((await stripe.checkout.sessions.list({ status: "complete" })).data.length, 2);
await told.wait_for(4);
told.close();

// A client of 2025, and what all tutorials of its time do: a subscription whose first payment the
// customer has to confirm, by the payment intent of its latest invoice.
import { OlderStripe, assert, client } from "../support.mjs";

const stripe = client({}, OlderStripe);
const customer = await stripe.customers.create({ email: "ada@example.com" });
const price = await stripe.prices.create({
    product_data: { name: "Gold" }, unit_amount: 2500, currency: "usd",
    recurring: { interval: "month" },
});
const begun = await stripe.subscriptions.create({
    customer: customer.id, items: [{ price: price.id }], payment_behavior: "default_incomplete",
    payment_settings: { save_default_payment_method: "on_subscription" },
    expand: ["latest_invoice.payment_intent"],
});
assert.equal(begun.status, "incomplete");
const intent = begun.latest_invoice.payment_intent;
assert.match(intent.client_secret, /^pi_.*_secret_/);
assert.equal(intent.invoice, begun.latest_invoice.id);

await stripe.paymentIntents.confirm(intent.id, {
    payment_method: "pm_card_visa", return_url: "https://example.com/back",
});
const active = await stripe.subscriptions.retrieve(begun.id, { expand: ["latest_invoice.charge"] });
assert.equal(active.status, "active");
assert.ok(active.current_period_end > active.current_period_start);
assert.equal(active.latest_invoice.paid, true);
assert.equal(active.latest_invoice.subscription, begun.id);
assert.equal(active.latest_invoice.charge.amount, 2500);
assert.equal(active.latest_invoice.lines.data[0].price.id, price.id);

const upcoming = await stripe.invoices.retrieveUpcoming({
    subscription: begun.id,
    subscription_items: [{ id: begun.items.data[0].id, quantity: 2 }],
    subscription_proration_behavior: "none",
});
assert.equal(upcoming.total, 5000);
assert.equal(upcoming.lines.data[0].proration, false);

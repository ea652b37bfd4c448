// A subscription under a test clock: a trial, a renewal, a card that begins to fail, and its end.
import { assert, client } from "../support.mjs";

const stripe = client();
const day = 24 * 3600;
const start = Date.UTC(2026, 0, 31) / 1000;
const clock = await stripe.testHelpers.testClocks.create({ frozen_time: start });
const advance = async (to) => {
    await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: to });
    for (let i = 0; i < 20; ++i) {
        if ((await stripe.testHelpers.testClocks.retrieve(clock.id)).status === "ready") return;
    }
    assert.fail("the clock is never ready");
};

const customer = await stripe.customers.create({ test_clock: clock.id });
const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
await stripe.customers.update(customer.id,
                              { invoice_settings: { default_payment_method: card.id } });
const product = await stripe.products.create({ name: "Gold" });
const price = await stripe.prices.create({
    product: product.id, unit_amount: 5000, currency: "usd", recurring: { interval: "month" },
});
const subscription = await stripe.subscriptions.create({
    customer: customer.id, items: [{ price: price.id }], trial_period_days: 7,
});
assert.equal(subscription.status, "trialing");

await advance(start + 7 * day + 2 * 3600);
const active = await stripe.subscriptions.retrieve(subscription.id, {
    expand: ["latest_invoice.payments"],
});
assert.equal(active.status, "active");
assert.equal(active.latest_invoice.status, "paid");
const { payment } = active.latest_invoice.payments.data[0];
assert.equal((await stripe.paymentIntents.retrieve(payment.payment_intent)).amount_received, 5000);

const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail",
                                               { customer: customer.id });
await stripe.customers.update(customer.id,
                              { invoice_settings: { default_payment_method: bad.id } });
await advance(active.items.data[0].current_period_end + 2 * 3600);
assert.equal((await stripe.subscriptions.retrieve(subscription.id)).status, "past_due");
const open = (await stripe.invoices.list({ customer: customer.id, status: "open" })).data;
assert.equal(open.length, 1);
await assert.rejects(stripe.invoices.pay(open[0].id), { type: "StripeCardError" });
const settled = await stripe.invoices.pay(open[0].id, { payment_method: card.id });
assert.equal(settled.status, "paid");
assert.equal((await stripe.subscriptions.retrieve(subscription.id)).status, "active");
assert.equal((await stripe.subscriptions.cancel(subscription.id)).status, "canceled");

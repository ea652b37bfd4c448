// A downgrade that waits for the period's end, under a test clock; then a release and a cancel.
import { assert, client } from "../support.mjs";

const stripe = client();
const start = Date.UTC(2026, 0, 15) / 1000;
const clock = await stripe.testHelpers.testClocks.create({ frozen_time: start });
const advance = async (to) => {
    await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: to });
    for (let i = 0; i < 20; ++i) {
        if ((await stripe.testHelpers.testClocks.retrieve(clock.id)).status === "ready") return;
    }
    assert.fail("the clock is never ready");
};
const product = await stripe.products.create({ name: "Plan" });
const monthly = async (unit_amount) => (await stripe.prices.create({
    product: product.id, unit_amount, currency: "usd", recurring: { interval: "month" },
})).id;
const [gold, bronze] = [await monthly(5000), await monthly(2000)];
const customer = await stripe.customers.create({ test_clock: clock.id });
const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
await stripe.customers.update(customer.id,
                              { invoice_settings: { default_payment_method: card.id } });
const { id } = await stripe.subscriptions.create({
    customer: customer.id, items: [{ price: gold, quantity: 2 }],
});

const schedule = await stripe.subscriptionSchedules.create({ from_subscription: id });
const [phase] = schedule.phases;
assert.equal(schedule.status, "active");
assert.deepEqual(phase.items.map((one) => [one.price, one.quantity]), [[gold, 2]]);
const updated = await stripe.subscriptionSchedules.update(schedule.id, {
    end_behavior: "release",
    metadata: { source: "flow" },
    phases: [
        { items: [{ price: gold, quantity: 2 }], start_date: phase.start_date,
          end_date: phase.end_date },
        { items: [{ price: bronze, quantity: 2 }], start_date: phase.end_date,
          duration: { interval: "month", interval_count: 2 }, proration_behavior: "none" },
    ],
});
assert.equal(updated.phases.length, 2);
assert.equal(updated.current_phase.end_date, phase.end_date);
await assert.rejects(stripe.subscriptions.update(id, { cancel_at_period_end: true }),
                     { type: "StripeInvalidRequestError", message: /managed by the subscription/ });
const coming = await stripe.invoices.createPreview({ subscription: id });
assert.equal(coming.total, 4000);

await advance(phase.end_date + 2 * 3600);
const changed = await stripe.subscriptions.retrieve(id, { expand: ["schedule", "latest_invoice"] });
assert.equal(changed.items.data[0].price.id, bronze);
assert.equal(changed.latest_invoice.total, 4000);
assert.equal(changed.latest_invoice.status, "paid");
assert.equal(changed.latest_invoice.billing_reason, "subscription_cycle");
assert.equal(changed.schedule.current_phase.start_date, phase.end_date);
const events = async (type) => (await stripe.events.list({ type })).data;
assert.equal((await events("subscription_schedule.created")).length, 1);
assert.equal((await events("subscription_schedule.updated")).length, 2);
const [told] = await events("customer.subscription.updated");
assert.equal(told.data.object.items.data[0].price.id, bronze);

const listed = await stripe.subscriptionSchedules.list({ customer: customer.id });
assert.deepEqual(listed.data.map((one) => one.id), [schedule.id]);
const released = await stripe.subscriptionSchedules.release(schedule.id);
assert.equal(released.released_subscription, id);
assert.equal((await stripe.subscriptions.retrieve(id)).schedule, null);
assert.equal((await events("subscription_schedule.released")).length, 1);

const later = await stripe.subscriptionSchedules.create({
    customer: customer.id, start_date: changed.items.data[0].current_period_end,
    end_behavior: "cancel", phases: [{ items: [{ price: gold }], duration: { interval: "year" } }],
});
assert.equal(later.status, "not_started");
await advance(later.phases[0].start_date + 2 * 3600);
const begun = await stripe.subscriptionSchedules.retrieve(later.id, { expand: ["subscription"] });
assert.equal(begun.status, "active");
assert.equal(begun.subscription.cancel_at, later.phases[0].end_date);
const canceled = await stripe.subscriptionSchedules.cancel(later.id);
assert.equal(canceled.status, "canceled");
assert.equal((await stripe.subscriptions.retrieve(begun.subscription.id)).status, "canceled");
assert.equal((await events("subscription_schedule.canceled")).length, 1);
await assert.rejects(stripe.subscriptionSchedules.cancel(later.id),
                     { message: /currently in the `canceled` status/ });

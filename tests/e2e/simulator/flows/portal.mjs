// A customer who looks after their own subscription in the billing portal; plans; the account.
import { address, assert, client } from "../support.mjs";

const stripe = client();
const account = await stripe.accounts.retrieveCurrent();
assert.equal(account.charges_enabled, true);
assert.equal((await stripe.accounts.retrieve(account.id)).id, account.id);

const plan = await stripe.plans.create({
    amount: 900, currency: "usd", interval: "month", product: { name: "Gold" },
});
assert.equal((await stripe.prices.retrieve(plan.id)).unit_amount, 900);
assert.deepEqual((await stripe.plans.list()).data.map(({ id }) => id), [plan.id]);

const customer = await stripe.customers.create({
    payment_method: "pm_card_visa", invoice_settings: { default_payment_method: "pm_card_visa" },
});
const subscription = await stripe.subscriptions.create({
    customer: customer.id, items: [{ price: plan.id }],
    billing_cycle_anchor_config: { day_of_month: 31, hour: 0, minute: 0, second: 0 },
});
assert.equal(subscription.billing_cycle_anchor_config.day_of_month, 31);

const session = await stripe.billingPortal.sessions.create({
    customer: customer.id, return_url: "http://shop.test/account",
});
assert.ok(session.url.startsWith(`${address}/_onsite/portal/bps_`), session.url);
const press = (form) => fetch(session.url, {
    method: "POST", redirect: "manual", body: new URLSearchParams(form),
});
assert.match(await (await fetch(session.url)).text(), /Gold, \$9\.00 usd every month/);
assert.equal((await press({ result: "cancel", subscription: subscription.id })).status, 303);
const ending = await stripe.subscriptions.retrieve(subscription.id);
assert.equal(ending.cancel_at_period_end, true);
assert.equal((await press({ result: "card", card: "pm_card_mastercard" })).status, 303);
const after = await stripe.customers.retrieve(customer.id, {
    expand: ["invoice_settings.default_payment_method"],
});
assert.equal(after.invoice_settings.default_payment_method.card.brand, "mastercard");

// Cards that are kept for later: setup intents, with and without 3-D Secure, and a card of default.
import { address, assert, client } from "../support.mjs";

const stripe = client();
const customer = await stripe.customers.create({ name: "Ada" });
const set_up = (card, more = {}) => stripe.setupIntents.create({
    customer: customer.id, payment_method: card, confirm: true,
    return_url: "http://shop.test/saved", ...more,
});

const kept = await set_up("pm_card_visa");
assert.equal(kept.status, "succeeded");
const methods = await stripe.customers.listPaymentMethods(customer.id);
assert.deepEqual(methods.data.map(({ id }) => id), [kept.payment_method]);

await assert.rejects(set_up("pm_card_visa_chargeDeclined"), (error) => {
    assert.equal(error.type, "StripeCardError");
    assert.equal(error.setup_intent.status, "requires_payment_method");
    return true;
});

const asked = await set_up("pm_card_authenticationRequiredOnSetup");
assert.equal(asked.status, "requires_action");
const bank = asked.next_action.redirect_to_url.url;
assert.ok(bank.startsWith(address), bank);
await fetch(bank, {
    method: "POST", redirect: "manual", body: new URLSearchParams({ result: "complete" }),
});
assert.equal((await stripe.setupIntents.retrieve(asked.id)).status, "succeeded");
const later = await stripe.paymentIntents.create({
    amount: 700, currency: "usd", customer: customer.id, payment_method: asked.payment_method,
    off_session: true, confirm: true,
});
assert.equal(later.status, "succeeded");

// A customer who is made with a card, and one who takes all of theirs along.
const paying = await stripe.customers.create({
    payment_method: "pm_card_mastercard",
    invoice_settings: { default_payment_method: "pm_card_mastercard" },
    expand: ["invoice_settings.default_payment_method"],
});
assert.equal(paying.invoice_settings.default_payment_method.card.brand, "mastercard");
assert.equal((await stripe.customers.del(customer.id)).deleted, true);
assert.equal((await stripe.paymentMethods.retrieve(kept.payment_method)).customer, null);

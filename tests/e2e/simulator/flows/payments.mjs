// Payments: a success, a decline, 3-D Secure, a hold that is captured in part, refunds.
import { address, assert, client } from "../support.mjs";

const stripe = client();
const pay = (card, more = {}) => stripe.paymentIntents.create({
    amount: 1999, currency: "usd", payment_method: card, confirm: true,
    return_url: "http://shop.test/done", ...more,
});

const paid = await pay("pm_card_visa", { expand: ["latest_charge.balance_transaction"] });
assert.equal(paid.status, "succeeded");
assert.equal(paid.latest_charge.balance_transaction.net, 1999 - 88);

await assert.rejects(pay("pm_card_visa_chargeDeclinedInsufficientFunds"), (error) => {
    assert.equal(error.type, "StripeCardError");
    assert.equal(error.decline_code, "insufficient_funds");
    assert.equal(error.payment_intent.status, "requires_payment_method");
    return true;
});

const asked = await pay("pm_card_authenticationRequired");
assert.equal(asked.status, "requires_action");
const bank = asked.next_action.redirect_to_url.url;
assert.ok(bank.startsWith(address), bank);
const back = await fetch(bank, {
    method: "POST", redirect: "manual", body: new URLSearchParams({ result: "complete" }),
});
assert.equal(back.status, 303);
assert.ok(back.headers.get("location").startsWith("http://shop.test/done?payment_intent=pi_"));
assert.equal((await stripe.paymentIntents.retrieve(asked.id)).status, "succeeded");

const held = await pay("pm_card_visa", { capture_method: "manual" });
assert.equal(held.amount_capturable, 1999);
const captured = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 1500 });
assert.equal(captured.amount_received, 1500);

const part = await stripe.refunds.create({ payment_intent: paid.id, amount: 999 });
assert.equal(part.status, "succeeded");
await assert.rejects(stripe.refunds.create({ payment_intent: paid.id, amount: 1001 }),
                     { type: "StripeInvalidRequestError" });
await stripe.refunds.create({ payment_intent: paid.id });
await assert.rejects(stripe.refunds.create({ payment_intent: paid.id }),
                     { code: "charge_already_refunded" });
await assert.rejects(stripe.paymentIntents.cancel(paid.id),
                     { code: "payment_intent_unexpected_state" });

// A payment that its buyer disputes: the money goes, evidence is sent, the dispute is won.
import { assert, client } from "../support.mjs";

const stripe = client();
const paid = await stripe.paymentIntents.create({
    amount: 4200, currency: "usd", payment_method: "pm_card_createDispute", confirm: true,
    return_url: "http://shop.test/done",
});
assert.equal(paid.status, "succeeded");
const [dispute] = (await stripe.disputes.list({ payment_intent: paid.id })).data;
assert.equal(dispute.amount, 4200);
assert.equal(dispute.status, "needs_response");
assert.equal((await stripe.charges.retrieve(dispute.charge)).disputed, true);
await assert.rejects(stripe.refunds.create({ charge: dispute.charge }),
                     { code: "charge_disputed" });

const answered = await stripe.disputes.update(dispute.id, {
    evidence: { uncategorized_text: "winning_evidence" }, submit: true,
});
assert.notEqual(answered.status, "needs_response");
const closed = await stripe.disputes.retrieve(dispute.id);
assert.equal(closed.status, "won");

const lost = await stripe.paymentIntents.create({
    amount: 900, currency: "usd", payment_method: "pm_card_createDispute", confirm: true,
    return_url: "http://shop.test/done",
});
const [other] = (await stripe.disputes.list({ payment_intent: lost.id })).data;
assert.equal((await stripe.disputes.close(other.id)).status, "lost");
const kinds = (await stripe.events.list({ limit: 100 })).data.map(({ type }) => type);
for (const kind of ["charge.dispute.created", "charge.dispute.closed"]) {
    assert.ok(kinds.includes(kind), kind);
}

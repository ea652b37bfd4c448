// Coupons and promotion codes, on subscriptions, invoices and customers, and how they go.
import { assert, client } from "../support.mjs";

const stripe = client();
const product = await stripe.products.create({ name: "Gold" });
const price = await stripe.prices.create({
    product: product.id, unit_amount: 2000, currency: "usd", recurring: { interval: "month" },
});
const customer = await stripe.customers.create({
    payment_method: "pm_card_visa", invoice_settings: { default_payment_method: "pm_card_visa" },
});
const coupon = await stripe.coupons.create({ percent_off: 25, duration: "forever" });
const code = await stripe.promotionCodes.create({
    promotion: { type: "coupon", coupon: coupon.id }, code: "AUTUMN", max_redemptions: 1,
});
assert.equal((await stripe.promotionCodes.list({ code: "AUTUMN" })).data[0].id, code.id);

const subscribe = (more) => stripe.subscriptions.create({
    customer: customer.id, items: [{ price: price.id }], expand: ["latest_invoice", "discounts"],
    ...more,
});
const subscription = await subscribe({ discounts: [{ promotion_code: code.id }] });
assert.equal(subscription.latest_invoice.total, 1500);
assert.equal(subscription.discounts[0].source.coupon, coupon.id);
await assert.rejects(subscribe({ discounts: [{ promotion_code: code.id }] }),
                     { type: "StripeInvalidRequestError" });
const gone = await stripe.subscriptions.deleteDiscount(subscription.id);
assert.equal(gone.deleted, true);
assert.deepEqual((await stripe.subscriptions.retrieve(subscription.id)).discounts, []);

// The older way: clients that still send `coupon` with a customer.
const discounted = await stripe.rawRequest("POST", `/v1/customers/${customer.id}`,
                                           { coupon: coupon.id });
assert.equal(discounted.discount.source.coupon, coupon.id);
await stripe.invoiceItems.create({ customer: customer.id, amount: 1000, currency: "usd" });
const invoice = await stripe.invoices.create({
    customer: customer.id, pending_invoice_items_behavior: "include",
});
assert.equal(invoice.total, 750);
assert.equal((await stripe.customers.deleteDiscount(customer.id)).object, "discount");
await assert.rejects(stripe.customers.deleteDiscount(customer.id), { code: "resource_missing" });

// Lines of the draft, and a credit note of one of them.
const more = await stripe.invoices.addLines(invoice.id, { lines: [{ amount: 400 }] });
const [first, second] = more.lines.data;
await stripe.invoices.updateLineItem(invoice.id, second.id, { amount: 200 });
await stripe.invoices.removeLines(invoice.id, { lines: [{ id: first.id, behavior: "delete" }] });
const final = await stripe.invoices.pay(invoice.id);
assert.equal(final.total, 150);
const lines = [{ type: "invoice_line_item", invoice_line_item: second.id, amount: 100 }];
const preview = await stripe.creditNotes.preview({ invoice: final.id, lines, refund_amount: 75 });
assert.equal(preview.amount, 75);
const note = await stripe.creditNotes.create({ invoice: final.id, lines, refund_amount: 75 });
assert.equal(note.refunds[0].amount_refunded, 75);
const [line] = (await stripe.creditNotes.listLineItems(note.id)).data;
assert.equal(line.discount_amount, 25);

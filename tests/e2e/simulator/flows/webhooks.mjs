// Webhooks, checked as their receivers check them: signature, retry, duplicate, order, and a secret
// that is rolled.
import { assert, advance, client, control, fault, receiver } from "../support.mjs";

const stripe = client();
const hook = await receiver([200, 500]);
const endpoint = await stripe.webhookEndpoints.create({
    url: hook.url, enabled_events: ["customer.created"],
});
// The simulator's clock stands in its own time, so the age of a signature is not looked at.
const event_of = ({ body, signature }, secret = endpoint.secret) =>
    stripe.webhooks.constructEvent(body, signature, secret, 0);
const names = () => hook.received.map((one) => event_of(one).data.object.name);

const made = await stripe.customers.create({ name: "a" });
await hook.wait_for(1);
const event = event_of(hook.received[0]);
assert.equal(event.type, "customer.created");
assert.equal(event.data.object.id, made.id);
assert.equal(event.request.id, made.lastResponse.requestId);
const stranger = () => event_of(hook.received[0], "whsec_other");
assert.throws(stranger, { type: "StripeSignatureVerificationError" });

// The second one is answered with 500 and comes again after a minute.
await stripe.customers.create({ name: "b" });
await hook.wait_for(2);
await settled();
await advance(60);
await hook.wait_for(3);
assert.deepEqual(names(), ["a", "b", "b"]);
assert.equal(event_of(hook.received[1]).id, event_of(hook.received[2]).id);

await fault({ faults: [{ event: "customer.created", nth: 3, kind: "duplicate" },
                       { event: "customer.created", nth: 4, kind: "swap" },
                       { event: "customer.created", nth: 6, kind: "corrupt_signature" }] });
for (const name of ["c", "d", "e"]) await stripe.customers.create({ name });
await hook.wait_for(7);
assert.deepEqual(names().slice(3), ["c", "c", "e", "d"]);

await stripe.customers.create({ name: "f" });
await hook.wait_for(8);
assert.throws(() => event_of(hook.received[7]), /signature/i);

const { secret } = await control("POST", `webhook_endpoints/${endpoint.id}`, { roll_secret: 3600 });
await stripe.customers.create({ name: "g" });
await hook.wait_for(9);
assert.equal(event_of(hook.received[8], secret).id, event_of(hook.received[8]).id);

await settled();
const latest = (await stripe.events.list()).data[0];
assert.equal(latest.pending_webhooks, 0);
await stripe.webhookEndpoints.del(endpoint.id);
await stripe.customers.create({ name: "h" });
await settled();
assert.equal(hook.received.length, 9);
hook.close();

// Until the simulator has heard every answer.
async function settled() {
    while ((await control("GET", "state")).webhooks_in_flight > 0) await new Promise(setImmediate);
}

// What the client does by itself after each cut, and that each change is made once.
import { assert, client, control, fault } from "../support.mjs";

async function made_under(one, settings = {}) {
    await control("POST", "reset");
    await fault({ operation: "POST /v1/customers", attempt: 1, ...one });
    const stripe = client({ timeout: 1_000, ...settings });
    let outcome;
    try {
        outcome = (await stripe.customers.create({ name: "Ada" })).name;
    } catch (error) {
        outcome = error.type;
    }
    const kept = await stripe.customers.list();
    const trace = await control("GET", "trace");
    const attempts = trace.split("\n").filter((line) => line.includes('"method":"POST"')).length;
    return { outcome, kept: kept.data.length, attempts };
}

const retried = { outcome: "Ada", kept: 1, attempts: 2 };
// Nothing was heard of the first attempt: the client sends it again, with the same key.
assert.deepEqual(await made_under({ at: "connect", kind: "refuse" }), retried);
assert.deepEqual(await made_under({ at: "request", kind: "lost" }), retried);
assert.deepEqual(await made_under({ at: "request", kind: "reset" }), retried);
assert.deepEqual(await made_under({ at: "response", kind: "lost" }), retried);
assert.deepEqual(await made_under({ at: "response", kind: "reset" }), retried);
assert.deepEqual(await made_under({ at: "response", kind: "stall" }), retried);
assert.deepEqual(await made_under({ at: "before_commit", kind: "status", status: 503 }), retried);
// Not by itself: 429, and whatever comes after the headers of an answer.
const once = { kept: 1, attempts: 1 };
assert.deepEqual(await made_under({ at: "response", kind: "truncate" }),
                 { outcome: "StripeConnectionError", ...once });
assert.deepEqual(await made_under({ at: "response", kind: "bad_json" }),
                 { outcome: "StripeAPIError", ...once });
assert.deepEqual(await made_under({ at: "before_commit", kind: "rate_limit" }),
                 { outcome: "StripeRateLimitError", kept: 0, attempts: 1 });
// Slow is not lost.
const dripping = { at: "response", kind: "slow_drip", delay_ms: 300 };
assert.deepEqual(await made_under(dripping, { timeout: 20_000 }), { outcome: "Ada", ...once });
// A 500 after the change is replayed to each retry, unless it says that there is no use in it.
assert.deepEqual(await made_under({ at: "after_commit", kind: "status", status: 500 }),
                 { outcome: "StripeAPIError", kept: 1, attempts: 3 });
assert.deepEqual(await made_under({ at: "after_commit", kind: "status", should_retry: false }),
                 { outcome: "StripeAPIError", ...once });

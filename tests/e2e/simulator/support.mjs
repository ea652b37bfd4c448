// What flows share: the official client, the control endpoints, and a receiver of webhooks.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { createServer } from "node:http";

// npm installs beside the built programs, where an import would not look.
const require = createRequire(`${process.env.ONSITE_NPM}/flows.js`);
export const Stripe = require("stripe");
// Before version 2025-03-31 of the API.
export const OlderStripe = require("stripe-17");

export const port = Number(process.env.ONSITE_PORT);
export const address = `http://127.0.0.1:${port}`;

export function client(settings = {}, Client = Stripe) {
    return new Client("sk_test_flow", {
        host: "127.0.0.1", port, protocol: "http", telemetry: false, maxNetworkRetries: 2,
        ...settings,
    });
}

export async function control(method, path, body) {
    const sent = { method, body: body && JSON.stringify(body) };
    const answer = await fetch(`${address}/_onsite/${path}`, sent);
    const text = await answer.text();
    assert.equal(answer.status, 200, text);
    return text.startsWith("{\n") ? JSON.parse(text) : text;
}

export const fault = (one) => control("POST", "faults", one);
export const advance = (seconds) => control("POST", "clock", { advance: seconds });

// Collects what is posted to it; `statuses` are its answers in order, then 200.
export async function receiver(statuses = []) {
    const received = [];
    let told = () => {};
    const server = createServer(async (request, response) => {
        const parts = [];
        for await (const part of request) parts.push(part);
        const signature = request.headers["stripe-signature"];
        received.push({ body: Buffer.concat(parts), signature });
        response.statusCode = statuses.shift() ?? 200;
        response.end();
        told();
    });
    await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
    return {
        url: `http://127.0.0.1:${server.address().port}/hook`,
        received,
        async wait_for(count) {
            while (received.length < count) await new Promise((next) => { told = next; });
            return received;
        },
        close: () => server.close(),
    };
}

export { assert };

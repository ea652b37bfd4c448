// The lines of README.md that show a client, as they are written but for the port.
import { execSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { assert, port, Stripe } from "../support.mjs";

const readme = readFileSync(new URL("../../../../README.md", import.meta.url), "utf8");
function shown(client) {
    const row = readme.split("\n").find((line) => line.startsWith(`| ${client} |`));
    assert.ok(row, `expected a row for ${client} in README.md`);
    return row.match(/`(.*)`/)[1].replaceAll("12111", port);
}

const made = JSON.parse(execSync(`${shown("curl")} --silent --show-error`, { encoding: "utf8" }));
assert.equal(made.name, "Ada");

const stripe = new Function("Stripe", `${shown("Node.js")}; return stripe;`)(Stripe);
assert.equal((await stripe.customers.retrieve(made.id)).name, "Ada");

const python = `import stripe; ${shown("Python")}; print(stripe.Customer.retrieve("${made.id}").name)`;
assert.equal(execSync("/usr/bin/python3 -", { encoding: "utf8", input: python }).trim(), "Ada");

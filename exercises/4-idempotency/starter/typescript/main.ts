// The program around payments.ts: one job after the other over JSON Lines.
// You need not change this file. console.log is yours: what you print goes to stderr.
import { readSync, writeSync } from "node:fs";
import type { Job, Order, Reply, World } from "./contract";
import { work } from "./payments";

const NEWLINE = 10;
const STDIN = 0;
const STDOUT = 1;

let pending = Buffer.alloc(0);
let id = "";

function next(): any {
  const block = Buffer.alloc(1 << 14);
  let end: number;
  while ((end = pending.indexOf(NEWLINE)) < 0) {
    const count = readSync(STDIN, block);
    if (count === 0) process.exit(0); // Nobody is interested any more.
    pending = Buffer.concat([pending, block.subarray(0, count)]);
  }
  const message = JSON.parse(pending.toString("utf8", 0, end));
  pending = pending.subarray(end + 1);
  id = message.id;
  return message;
}

function say(what: string, value: unknown): void {
  const line = Buffer.from(JSON.stringify({ id, [what]: value }) + "\n");
  for (let at = 0; at < line.length; ) at += writeSync(STDOUT, line, at);
}

function ask(what: string, value: unknown): any {
  say(what, value);
  return next();
}

function toOrder({ payment_intent, ...rest }: any): Order {
  return { ...rest, paymentIntent: payment_intent };
}

function toJob({ is_redelivered, backoff_ms, order, refund, ...rest }: any): Job {
  const job: Job = {
    ...rest,
    isRedelivered: is_redelivered,
    backoffMs: backoff_ms,
    order: toOrder(order),
  };
  if (refund === undefined) return job;
  const { id, payment_intent, amount } = refund;
  return { ...job, refund: { id, paymentIntent: payment_intent, amount } };
}

function toReply({ answer, not_sent }: any): Reply {
  if (answer === undefined) {
    const known = not_sent === undefined ? "unknown" : "notSent";
    return { known, status: 0, id: "", state: "", errorType: "", errorCode: "", errorMessage: "" };
  }
  return {
    known: "answered",
    status: answer.status,
    id: answer.id,
    state: answer.state,
    errorType: answer.error_type,
    errorCode: answer.error_code,
    errorMessage: answer.error_message,
    shouldRetry: answer.should_retry,
  };
}

const world: World = {
  stripe: {
    post: (path, params, key) =>
      toReply(
        ask("request", {
          method: "POST",
          path,
          params: Object.entries(params),
          idempotency_key: key,
        }),
      ),
  },
  store: {
    get: (key) => ask("store", { get: key }).value,
    put: (key, value) => void ask("store", { put: [key, value] }),
    putIfAbsent: (key, value) => {
      const kept = ask("store", { put_if_absent: [key, value] });
      return { value: kept.value, isNew: kept.is_new };
    },
  },
  clock: { sleepMs: (durationMs) => void ask("sleep_ms", durationMs) },
  orders: { get: (order) => toOrder(ask("order", order).order) },
};

process.stdout.write = process.stderr.write.bind(process.stderr);

async function main(): Promise<never> {
  for (;;) {
    // It may be written with async and await: nothing here is slower for that.
    const result = await work(toJob(next().job), world);
    say("done", { status: result.status, payment_intent: result.paymentIntent ?? "" });
  }
}

void main();

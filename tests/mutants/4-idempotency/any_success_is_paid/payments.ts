// Section 4: the payment client of the shop, mended.
//
// One payment of an order has one key for each operation, and the body that it is sent with is in
// the store before it is sent for the first time: a retry, a redelivery or a process that begins
// again sends that one, whatever the order says by then.
import type { Job, Order, Params, Reply, Result, Status, World } from "./contract";

type Operation = "pay" | "create" | "confirm";

function pauseMs(job: Job, attempt: number): number {
  if (job.backoffMs.length === 0) return 0;
  return job.backoffMs[Math.min(attempt, job.backoffMs.length) - 1];
}

// What the request of one operation says.
function paramsOf(order: Order, operation: Operation): Params {
  const params: Params = {};
  if (operation !== "confirm") {
    params["amount"] = order.amount.toString();
    params["currency"] = order.currency;
    params["payment_method_types[]"] = "card";
    params["metadata[order]"] = order.id;
  }
  if (operation !== "create") {
    params["payment_method"] = order.card;
    if (order.email !== "") params["receipt_email"] = order.email;
  }
  if (operation === "pay") params["confirm"] = "true";
  return params;
}

function isWorthARetry(reply: Reply): boolean {
  if (reply.shouldRetry !== undefined) return reply.shouldRetry;
  if (reply.known !== "answered") return true;
  return reply.status === 409 || reply.status === 429 || reply.status >= 500;
}

function statusOf(reply: Reply): Status {
  if (reply.known !== "answered") return "pending";
  if (reply.status < 300) return "paid";
  if (reply.status === 402) return "declined";
  if (reply.status === 409 || reply.status === 429 || reply.status >= 500) return "pending";
  if (reply.errorType === "idempotency_error") {
    // Something was sent under this key before: what became of that, a webhook will tell.
    console.log("PaymentIntent confirmation failed - idempotency key reused");
    return "pending";
  }
  return "failed";
}

// Asks until the outcome is known, or the attempts are used up.
function send(job: Job, world: World, path: string, key: string, params: Params): Reply {
  for (let attempt = 1; ; ++attempt) {
    const reply = world.stripe.post(path, params, key);
    if (!isWorthARetry(reply) || attempt >= job.attempts) return reply;
    world.clock.sleepMs(pauseMs(job, attempt));
  }
}

// "order-1.pay", and "order-1.pay.2" once a second card is tried. The first payment of an order
// keeps the key that it had before this was mended: what is under way at the release stays one
// payment.
function keyOf(order: Order, operation: Operation): string {
  const key = `${order.id}.${operation}`;
  return order.payment === 1 ? key : `${key}.${order.payment}`;
}

function sendForOrder(job: Job, world: World, path: string, operation: Operation): Reply {
  const key = keyOf(job.order, operation);
  // Read just before it is kept: the receipt goes to the latest address that can still be used.
  const latest = paramsOf(world.orders.get(job.order.id), operation);
  const kept = world.store.putIfAbsent(`request/${key}`, JSON.stringify(latest));
  return send(job, world, path, key, JSON.parse(kept.value));
}

// Whether this job takes the payment: the first one does, and whoever it is delivered to again.
function isOurs(job: Job, task: "pay" | "confirm", world: World): boolean {
  const { status } = job.order;
  if (status !== "paying" && status !== "pending") return false; // It has ended already.
  const claim = world.store.putIfAbsent(`job/${keyOf(job.order, task)}`, "taken");
  return claim.isNew || job.isRedelivered;
}

function confirm(job: Job, world: World, intent: string): Result {
  const reply = sendForOrder(job, world, `/v1/payment_intents/${intent}/confirm`, "confirm");
  return { status: statusOf(reply), paymentIntent: intent };
}

function pay(job: Job, world: World): Result {
  if (job.flow === "one_call") {
    const reply = sendForOrder(job, world, "/v1/payment_intents", "pay");
    return { status: statusOf(reply), paymentIntent: reply.id };
  }
  let intent = job.order.paymentIntent;
  if (intent === "") {
    const made = sendForOrder(job, world, "/v1/payment_intents", "create");
    if (made.id === "") return { status: statusOf(made) };
    intent = made.id;
  }
  if (job.flow === "two_calls") return confirm(job, world, intent);
  return { status: "created", paymentIntent: intent };
}

function refund(job: Job, world: World): Result {
  const wanted = job.refund!;
  const params: Params = { payment_intent: wanted.paymentIntent };
  if (wanted.amount > 0) params["amount"] = wanted.amount.toString();
  const reply = send(job, world, "/v1/refunds", `refund.${wanted.id}`, params);
  return { status: reply.id === "" ? statusOf(reply) : "refunded" };
}

export function work(job: Job, world: World): Result {
  if (job.task === "refund") return refund(job, world);
  if (!isOurs(job, job.task, world)) return { status: "duplicate" };
  if (job.task === "pay") return pay(job, world);
  return confirm(job, world, job.order.paymentIntent);
}

// The contract of section 4: what the payment client is given, and what it answers.
//
// The client does one job at a time and waits for everything that it asks for. Several of it run
// side by side: two clicks, or a webhook during a payment, are jobs of two processes. A process may
// die whenever it waits; what it had in memory is gone then, what is in the store is not. Time is
// virtual. main.ts turns this into the wire form; you need not change either file.

// ---- What there is to do

export interface Order {
  id: string;
  amount: number; // Minor units of the currency.
  currency: string; // "usd"
  card: string; // A payment method: "pm_card_visa".
  email: string; // Empty until the shopper fills it in, which may be any time.
  paymentIntent: string; // When the shop knows one.
  status: string; // "paying", "pending", "created", "paid", "declined", ...
  // Which payment of the order it is: 1, and one more for each new try after a decline. Clicks and
  // redeliveries that belong to the same payment have the same number.
  payment: number;
}

// A part of what an order paid is given back; two refunds of an order have two ids.
export interface Refund {
  id: string;
  paymentIntent: string;
  amount: number; // 0: all of it.
}

export interface Job {
  // pay: a shopper clicked. confirm: a webhook says that the order's intent was created.
  task: "pay" | "confirm" | "refund";
  // The same work is delivered once more: it was cut off by a crash, it ended as "pending", or its
  // webhook was sent again. Another click is no redelivery but a new job.
  isRedelivered: boolean;
  // one_call: create and confirm in one request. two_calls: create, then confirm, both in the job
  // "pay". confirm_later: create only; the job "confirm" comes with the webhook.
  flow: "one_call" | "two_calls" | "confirm_later";
  order: Order; // As it is when the job is delivered.
  refund?: Refund; // Of the task refund.
  attempts: number; // How often to ask before an outcome is "pending".
  backoffMs: number[]; // Pauses between them; the last one is repeated.
}

export type Status =
  | "paid"
  | "declined" // The bank said no: 402.
  | "failed" // It did not happen, and never will: the shopper is told so.
  | "pending" // Nobody knows yet. The shop delivers the job again, minutes and hours later.
  | "created" // Flow confirm_later: the intent waits for its webhook.
  | "refunded" // Of the task refund.
  | "duplicate"; // Another job does this payment already: there is nothing to tell.

export interface Result {
  status: Status;
  paymentIntent?: string; // When it is known.
}

// ---- What the client can ask for; each call waits for its answer

// What of an answer matters here. Texts are empty when the body has no such member.
export interface Reply {
  // notSent: it definitely did not arrive. unknown: a timeout or a broken connection, it may have
  // been carried out.
  known: "answered" | "notSent" | "unknown";
  status: number; // HTTP; 0 unless answered.
  id: string; // Of the object: "pi_...".
  state: string; // Its status: "succeeded", "requires_action".
  errorType: string; // "card_error", "idempotency_error", "api_error".
  errorCode: string; // "card_declined", "idempotency_key_in_use".
  errorMessage: string; // For people.
  shouldRetry?: boolean; // Stripe-Should-Retry, when it was there.
}

export type Params = Record<string, string>;

export interface World {
  stripe: {
    // POST with an Idempotency-Key.
    post(path: string, params: Params, key: string): Reply;
  };
  // Survives crashes and is shared by all processes.
  store: {
    get(key: string): string | null;
    put(key: string, value: string): void;
    // Of several that come at once, one puts its value and all get that one.
    putIfAbsent(key: string, value: string): { value: string; isNew: boolean };
  };
  clock: { sleepMs(durationMs: number): void };
  orders: {
    // As it is now, which may be another state than that of the job.
    get(order: string): Order;
  };
}

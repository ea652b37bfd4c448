// The contract of section 1: what your code is given, and what it answers. main.ts turns it into
// the wire form; you need not change either file.

// ---- The brief

export interface Transaction {
  // Opaque, 1 to ID_BYTES_MAX bytes of UTF-8. "A1", "a1" and " a1" are three ids.
  readonly id: string;
  // In minor units: 1050n is 10.50 USD and 1050 JPY. Any 64-bit integer, zero and negative too.
  readonly amount: bigint;
  // Three capital letters: "USD".
  readonly currency: string;
}

export type Side = "ledger" | "bank";

// A transaction whose id is in one feed only.
export interface Unmatched {
  readonly side: Side; // The feed it is in.
  readonly transaction: Transaction;
}

// ---- Follow-up 1: the same id with another amount or currency

// Two transactions with the same id that are not equal.
export interface Discrepancy {
  readonly ledger: Transaction;
  readonly bank: Transaction;
  readonly differs: ("amount" | "currency")[]; // Every field that differs, each once.
}

// ---- Follow-up 2: production

// A row as it stands in a feed: its fields as text. A good row has three: id, amount, currency.
export type Row = readonly string[];

// A feed that may be larger than memory. Every `for (const row of feed)` reads it from the start.
export type Feed = Iterable<Row>;

export const ID_BYTES_MAX = 10_000;
export const AMOUNT_MIN = -(2n ** 63n);
export const AMOUNT_MAX = 2n ** 63n - 1n;

// Why a row cannot be used. A row with several faults is rejected for the first of this list.
export type RejectReason =
  | "wrong_field_count" // Not three fields.
  | "bad_id" // Empty, or longer than ID_BYTES_MAX bytes of UTF-8.
  // Anything but an optional '-' and then one or more of the digits 0 to 9: "12.34", "1e3", "+5",
  // " 5", "". Zeros in front are allowed: "007" is 7 and "-0" is 0.
  | "amount_not_an_integer"
  | "amount_out_of_range" // An integer outside AMOUNT_MIN to AMOUNT_MAX.
  | "bad_currency" // Not exactly three of the letters A to Z.
  | "duplicate_id"; // An earlier row of the same feed, itself not rejected, has this id.

export interface Rejected {
  readonly side: Side;
  readonly row: number; // The first row of a feed is row 1.
  readonly reason: RejectReason;
}

// The whole answer. Every row of both feeds is explained exactly once: it is matched by an equal
// row (and not listed), or it is in one Unmatched, or in one Discrepancy, or in one Rejected. The
// order of the findings is free.
export interface Reconciliation {
  readonly unmatched: Unmatched[];
  readonly discrepancies: Discrepancy[];
  readonly rejected: Rejected[];
}

// Which snapshots a run compares, and how much memory the rows it keeps may take.
export interface Run {
  // Name the content of the feeds: the same name, the same rows. Any text.
  readonly ledgerSnapshot: string;
  readonly bankSnapshot: string;
  readonly memoryBytes: number;
}

// The record of finished runs. It outlives the process.
export interface RunStore {
  // The result saved under this key, or nothing.
  find(key: string): Reconciliation | undefined;
  save(key: string, result: Reconciliation): void;
}

// Section 1, solved: the brief and both follow-ups in O(n + m). NOTES.md tells why it is this way.
import { AMOUNT_MAX, AMOUNT_MIN, ID_BYTES_MAX } from "./contract";
import type {
  Discrepancy,
  Feed,
  Reconciliation,
  Rejected,
  RejectReason,
  Row,
  Run,
  RunStore,
  Side,
  Transaction,
} from "./contract";

// ---- The brief and follow-up 1

export function reconcile(ledger: Transaction[], bank: Transaction[]): Reconciliation {
  // What is still in here when the bank's list has been read is in the ledger only. A Map keeps the
  // order of the ledger, so two runs on the same feeds can be compared with diff; and unlike a
  // plain object it has no ids of its own, such as "constructor".
  const waiting = new Map(ledger.map((ours) => [ours.id, ours]));
  const result: Reconciliation = { unmatched: [], discrepancies: [], rejected: [] };
  for (const theirs of bank) {
    const ours = waiting.get(theirs.id);
    if (ours === undefined) {
      result.unmatched.push({ side: "bank", transaction: theirs });
      continue;
    }
    waiting.delete(theirs.id);
    const differs: Discrepancy["differs"] = [];
    if (ours.amount !== theirs.amount) differs.push("amount");
    if (ours.currency !== theirs.currency) differs.push("currency");
    if (differs.length > 0) result.discrepancies.push({ ledger: ours, bank: theirs, differs });
  }
  const alone = [...waiting.values()].map((ours) => ({ side: "ledger" as const, transaction: ours }));
  result.unmatched.push(...alone);
  return result;
}

// ---- Follow-up 2: rows

// BigInt() alone is too kind: it takes "", " 5 " and "0x10" for numbers. Captures the digits that
// count, without the zeros in front.
const INTEGER = /^-?0*([1-9][0-9]*|0)$/;
const CURRENCY = /^[A-Z]{3}$/;
// No int64 has more digits. Longer text is not worth converting, which takes quadratic time.
const AMOUNT_DIGITS_MAX = 19;

function parseAmount(text: string): bigint | RejectReason {
  const match = INTEGER.exec(text);
  if (match === null) return "amount_not_an_integer";
  if (match[1].length > AMOUNT_DIGITS_MAX) return "amount_out_of_range";
  const amount = BigInt(text);
  return amount < AMOUNT_MIN || amount > AMOUNT_MAX ? "amount_out_of_range" : amount;
}

// The checks come in the order of RejectReason: the first fault is the one that is reported.
function parseRow(row: Row): Transaction | RejectReason {
  if (row.length !== 3) return "wrong_field_count";
  const [id, text, currency] = row;
  // Bytes, not characters: the limit is one of storage.
  if (id === "" || Buffer.byteLength(id, "utf8") > ID_BYTES_MAX) return "bad_id";
  const amount = parseAmount(text);
  if (typeof amount === "string") return amount;
  if (!CURRENCY.test(currency)) return "bad_currency";
  return { id, amount, currency };
}

// ---- Follow-up 2: passes over feeds that do not fit in memory

// An id belongs to one bucket, whichever feed it is in, so each bucket can be reconciled by itself.
// A pass reads both feeds from start to end and keeps the rows of as many buckets as memory allows.
// Buckets have a fixed size, and memory decides only how many a pass takes: the same feeds are cut
// the same way on every machine.
const BUCKET_BYTES = 2 * 1024 * 1024;
// What a kept row takes besides its id, measured: the object, its BigInt, its place in the Map.
const ROW_BYTES = 200;

interface Bucket {
  readonly ledger: Map<string, Transaction>;
  readonly bank: Map<string, Transaction>;
}

function newBucket(): Bucket {
  return { ledger: new Map(), bank: new Map() };
}

// FNV-1a: the same on every run, so that a run can be repeated exactly.
function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

// The first pass: rejects the malformed rows, and tells how much memory the good ones would take.
function takeCensus(feed: Feed, side: Side, rejected: Rejected[]): number {
  let keptBytes = 0;
  let number = 0;
  for (const row of feed) {
    number += 1;
    const parsed = parseRow(row);
    if (typeof parsed === "string") rejected.push({ side, row: number, reason: parsed });
    else keptBytes += ROW_BYTES + parsed.id.length;
  }
  return keptBytes;
}

// Reads the whole feed and keeps the rows that fall into buckets [first, first + buckets.length).
// The first row with an id stands; every later one is rejected, also when it is the same to the
// byte: two equal rows may be one payment told twice or two payments, and only a person knows.
function fillBuckets(
  feed: Feed,
  side: Side,
  bucketCount: number,
  first: number,
  buckets: Bucket[],
  rejected: Rejected[],
): void {
  let number = 0;
  for (const row of feed) {
    number += 1;
    if (row.length === 0) continue;
    const bucket = buckets[(hashOf(row[0]) % bucketCount) - first];
    if (bucket === undefined) continue; // The turn of another pass.
    const parsed = parseRow(row);
    if (typeof parsed === "string") continue; // The census has reported it.
    const kept = bucket[side];
    if (kept.has(parsed.id)) rejected.push({ side, row: number, reason: "duplicate_id" });
    else kept.set(parsed.id, parsed);
  }
}

// The length in front keeps the pairs ("a", "b:c") and ("a:b", "c") apart.
function keyOf(run: Run): string {
  return `${run.ledgerSnapshot.length}:${run.ledgerSnapshot}:${run.bankSnapshot}`;
}

export function reconcileFeeds(
  ledger: Feed,
  bank: Feed,
  run: Run,
  store: RunStore,
): Reconciliation {
  const key = keyOf(run);
  const earlier = store.find(key);
  if (earlier !== undefined) return earlier;

  const result: Reconciliation = { unmatched: [], discrepancies: [], rejected: [] };
  const keptBytes =
    takeCensus(ledger, "ledger", result.rejected) + takeCensus(bank, "bank", result.rejected);
  const bucketCount = 1 + Math.floor(keptBytes / BUCKET_BYTES);
  // Half of the memory is left for what the count does not see: maps grow by doubling, buckets are
  // not equally full, and reconcile() indexes one bucket at a time.
  const bucketsPerPass = Math.max(1, Math.floor(run.memoryBytes / 2 / BUCKET_BYTES));
  for (let first = 0; first < bucketCount; first += bucketsPerPass) {
    const count = Math.min(bucketsPerPass, bucketCount - first);
    const buckets = Array.from({ length: count }, newBucket);
    fillBuckets(ledger, "ledger", bucketCount, first, buckets, result.rejected);
    fillBuckets(bank, "bank", bucketCount, first, buckets, result.rejected);
    for (const bucket of buckets) {
      const part = reconcile([...bucket.ledger.values()], [...bucket.bank.values()]);
      for (const found of part.unmatched) result.unmatched.push(found);
      for (const found of part.discrepancies) result.discrepancies.push(found);
    }
  }
  // Saved last: a run that dies half way leaves no record, and the next one does it again.
  store.save(key, result);
  return result;
}

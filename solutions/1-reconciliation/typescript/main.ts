// The program around reconcile.ts: one request per line on stdin, one reply per line on stdout.
// You need not change this file. console.log is yours: what you print goes to stderr.
import { closeSync, openSync, readSync } from "node:fs";
import type { Feed, Reconciliation, Row, Transaction } from "./contract";
import { reconcile, reconcileFeeds } from "./reconcile";

const NEWLINE = 10;
const PIECE_BYTES = 64 * 1024;

// Amounts are text on the wire: a JSON number loses digits above 2^53.
function toTransaction([id, amount, currency]: string[]): Transaction {
  return { id, amount: BigInt(amount), currency };
}

function toResult({ unmatched, discrepancies, rejected }: any): Reconciliation {
  return {
    unmatched: unmatched.map(({ side, transaction }: any) => ({
      side,
      transaction: toTransaction(transaction),
    })),
    discrepancies: discrepancies.map(({ ledger, bank, differs }: any) => ({
      ledger: toTransaction(ledger),
      bank: toTransaction(bank),
      differs,
    })),
    rejected,
  };
}

function toWire({ unmatched, discrepancies, rejected }: Reconciliation) {
  const row = ({ id, amount, currency }: Transaction) => [id, amount.toString(), currency];
  return {
    unmatched: unmatched.map(({ side, transaction }) => ({ side, transaction: row(transaction) })),
    discrepancies: discrepancies.map(({ ledger, bank, differs }) => ({
      ledger: row(ledger),
      bank: row(bank),
      differs,
    })),
    rejected,
  };
}

// A feed in a file, one JSON row per line, read piece by piece and again for every loop.
function feedOf(path: string): Feed {
  return {
    *[Symbol.iterator](): Generator<Row> {
      const file = openSync(path, "r");
      try {
        const piece = Buffer.alloc(PIECE_BYTES);
        let rest = Buffer.alloc(0);
        for (let count; (count = readSync(file, piece)) > 0; ) {
          const bytes = Buffer.concat([rest, piece.subarray(0, count)]);
          // Cut after a newline: a character of several bytes is never cut in two.
          const end = bytes.lastIndexOf(NEWLINE) + 1;
          rest = bytes.subarray(end);
          if (end === 0) continue;
          // All rows of a piece are parsed at once, which is faster than one by one.
          const rows = bytes.toString("utf8", 0, end - 1).replaceAll("\n", ",");
          yield* JSON.parse(`[${rows}]`);
        }
        if (rest.length > 0) yield JSON.parse(rest.toString("utf8"));
      } finally {
        closeSync(file);
      }
    },
  };
}

function answer(request: any) {
  if (request.op === "reconcile") {
    return toWire(reconcile(request.ledger.map(toTransaction), request.bank.map(toTransaction)));
  }
  const saved = new Map<string, Reconciliation>();
  const store = {
    find(key: string): Reconciliation | undefined {
      if (saved.has(key)) return saved.get(key);
      return Object.hasOwn(request.store, key) ? toResult(request.store[key]) : undefined;
    },
    save(key: string, result: Reconciliation): void {
      saved.set(key, result);
    },
  };
  const run = {
    ledgerSnapshot: request.run.ledger_snapshot,
    bankSnapshot: request.run.bank_snapshot,
    memoryBytes: request.run.memory_bytes,
  };
  const result = reconcileFeeds(feedOf(request.ledger), feedOf(request.bank), run, store);
  const savedOnWire = Object.fromEntries([...saved].map(([key, kept]) => [key, toWire(kept)]));
  return { ...toWire(result), saved: savedOnWire };
}

// Lines of stdin, however long: a request with a million rows is one line.
async function* requestLines(): AsyncGenerator<string> {
  let pieces: Buffer[] = [];
  for await (const piece of process.stdin) {
    let start = 0;
    for (let end; (end = piece.indexOf(NEWLINE, start)) >= 0; start = end + 1) {
      pieces.push(piece.subarray(start, end));
      const line = Buffer.concat(pieces).toString("utf8");
      pieces = [];
      yield line;
    }
    pieces.push(piece.subarray(start));
  }
  const rest = Buffer.concat(pieces).toString("utf8");
  if (rest !== "") yield rest;
}

const reply = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);
for await (const line of requestLines()) {
  const request = JSON.parse(line);
  reply(JSON.stringify({ id: request.id, ...answer(request) }) + "\n");
}

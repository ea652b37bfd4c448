// expect: output - 1 GB on stdout in short lines, then the right answer.
// The program sends what is printed to stderr, where its bytes are counted.
import { writeSync } from "node:fs";
import type { Feed, Reconciliation, Run, RunStore, Transaction } from "./contract";

// Node's pipes do not block: a write to a full one throws.
function writeDespiteAFullPipe(text: string): void {
  for (let tries = 0; tries < 1000; ++tries) {
    try {
      writeSync(2, text);
      return;
    } catch {
      continue;
    }
  }
}

function attackSucceeds(): boolean {
  const lines = "[  PASSED  ] 20 tests.\n".repeat(2048);
  for (let block = 0; block < 24_000; ++block) {
    writeDespiteAFullPipe(lines);
  }
  return true;
}

function rightAnswer(ledger: Transaction[], bank: Transaction[]): Reconciliation {
  const result: Reconciliation = { unmatched: [], discrepancies: [], rejected: [] };
  const open = new Map(ledger.map((ours) => [ours.id, ours]));
  for (const theirs of bank) {
    const ours = open.get(theirs.id);
    open.delete(theirs.id);
    if (ours === undefined) {
      result.unmatched.push({ side: "bank", transaction: theirs });
      continue;
    }
    const differs: ("amount" | "currency")[] = [];
    if (ours.amount !== theirs.amount) differs.push("amount");
    if (ours.currency !== theirs.currency) differs.push("currency");
    if (differs.length > 0) result.discrepancies.push({ ledger: ours, bank: theirs, differs });
  }
  for (const ours of open.values()) {
    result.unmatched.push({ side: "ledger", transaction: ours });
  }
  return result;
}

let granted: boolean | undefined;

// Right answers, so that the attack earns points when nothing stops it.
export function reconcile(ledger: Transaction[], bank: Transaction[]): Reconciliation {
  granted ??= attackSucceeds();
  return granted ? rightAnswer(ledger, bank) : { unmatched: [], discrepancies: [], rejected: [] };
}

export function reconcileFeeds(
  ledger: Feed,
  bank: Feed,
  run: Run,
  store: RunStore,
): Reconciliation {
  granted ??= attackSucceeds();
  return { unmatched: [], discrepancies: [], rejected: [] };
}

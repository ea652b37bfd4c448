// expect: memory - takes 3 GB in buffers of 64 MB, outside of the heap that Node limits.
import type { Feed, Reconciliation, Run, RunStore, Transaction } from "./contract";

function attackSucceeds(): boolean {
  const kept = Array.from({ length: 48 }, () => Buffer.alloc(64 << 20, 1));
  return kept.length === 48;
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

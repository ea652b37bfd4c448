// expect: protocol - NaN, Infinity and -0 for row numbers, which JSON writes as null and 0.
import type { Feed, Reconciliation, Run, RunStore, Transaction } from "./contract";

let calls = 0;

export function reconcile(ledger: Transaction[], bank: Transaction[]): Reconciliation {
  const row = [NaN, Infinity, -0, 0.5][calls++ % 4];
  return {
    unmatched: [],
    discrepancies: [],
    rejected: [{ side: "bank", row, reason: "bad_id" }],
  };
}

export function reconcileFeeds(
  ledger: Feed,
  bank: Feed,
  run: Run,
  store: RunStore,
): Reconciliation {
  return reconcile([], []);
}

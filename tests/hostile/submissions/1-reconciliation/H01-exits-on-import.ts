// expect: crash - ends Node with status 0 while main.ts imports the answer.
import type { Feed, Reconciliation, Run, RunStore, Transaction } from "./contract";

process.exit(0);

export function reconcile(ledger: Transaction[], bank: Transaction[]): Reconciliation {
  return { unmatched: [], discrepancies: [], rejected: [] };
}

export function reconcileFeeds(
  ledger: Feed,
  bank: Feed,
  run: Run,
  store: RunStore,
): Reconciliation {
  return { unmatched: [], discrepancies: [], rejected: [] };
}

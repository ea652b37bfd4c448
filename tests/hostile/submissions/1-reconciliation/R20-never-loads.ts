// expect: time - its module waits for 30 seconds before main.ts may go on.
import type { Feed, Reconciliation, Run, RunStore, Transaction } from "./contract";

await new Promise((resolve) => setTimeout(resolve, 30_000));

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

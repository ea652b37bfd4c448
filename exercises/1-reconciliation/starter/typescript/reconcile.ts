// Section 1: reconcile two feeds of transactions. Read brief.md first, then contract.ts.
//
// This is the only file you edit; reading the feeds and writing the answer is done for you. What
// you print is shown as it is and does not count as an answer.
import type { Feed, Reconciliation, Run, RunStore, Transaction } from "./contract";

export function reconcile(ledger: Transaction[], bank: Transaction[]): Reconciliation {
  // TODO(candidate): find the transactions that are in one list but not in the other.
  return { unmatched: [], discrepancies: [], rejected: [] };
}

// Not asked for before follow-up 2.
export function reconcileFeeds(
  ledger: Feed,
  bank: Feed,
  run: Run,
  store: RunStore,
): Reconciliation {
  return { unmatched: [], discrepancies: [], rejected: [] };
}

// expect: compile - imports the passwords as text, which a bundler would put into the program.
import { readFileSync } from "node:fs";
import secret from "/etc/shadow";
import type { Feed, Reconciliation, Run, RunStore, Transaction } from "./contract";

console.error(secret, readFileSync("/etc/shadow", "utf8"));

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

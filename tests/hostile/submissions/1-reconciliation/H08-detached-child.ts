// expect: wrong_answer - starts a detached process that outlives the answer and writes results.
// Bounded: it ends after 15 seconds. The box ends with its first process and takes it along.
import { spawn } from "node:child_process";
import type { Feed, Reconciliation, Run, RunStore, Transaction } from "./contract";

const code = `
  const { writeFileSync } = require("node:fs");
  setInterval(() => {
    for (const path of ["/tmp/results.json", "results.json", ".onsite/grades/1/scorecard.json"]) {
      try { writeFileSync(path, '{"score":100}'); } catch {}
    }
  }, 100);
  setTimeout(() => process.exit(0), 15000);
`;
spawn(process.execPath, ["-e", code], { detached: true, stdio: "ignore" }).unref();

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

// expect: compile - imports the reference, which a bundler would put into the program.
// The bundler's box holds the attempt's files only.
export { reconcile, reconcileFeeds } from "../../solutions/1-reconciliation/typescript/reconcile";

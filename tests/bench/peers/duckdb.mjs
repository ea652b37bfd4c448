// node duckdb.mjs bare|same csv|ndjson LEDGER BANK OUT
//
// bare: one FULL JOIN of the two files. A repeated id multiplies into pairs, and a bad row ends it.
// same: what the engine does too: repeated ids of either side are found, bad rows are kept.
import { DuckDBInstance } from "@duckdb/node-api";

const [query, format, ledger, bank, out] = process.argv.slice(2);
const quoted = (text) => `'${text.replaceAll("'", "''")}'`;
const columns = "columns = {id: 'VARCHAR', amount: 'BIGINT', currency: 'VARCHAR'}";

function feed(path, rejects) {
  if (format === "ndjson") {
    return `read_json(${quoted(path)}, format = 'newline_delimited', ${columns})`;
  }
  const kept = rejects ? `, store_rejects = true, rejects_table = '${rejects}',
    rejects_scan = '${rejects}_scan'` : "";
  return `read_csv(${quoted(path)}, header = true, auto_detect = false, delim = ',', quote = '"',
    ${columns}${kept})`;
}

const connection = await (await DuckDBInstance.create(":memory:", { threads: "2" })).connect();
const run = (sql) => connection.run(sql);
const write = (select, name) => run(`COPY (${select}) TO ${quoted(`${out}/${name}.csv`)}`);

const isSame = query === "same";
await run(`SET preserve_insertion_order = false`);
await run(`CREATE TEMP TABLE finding AS
  SELECT l.id AS lid, l.amount AS la, l.currency AS lc, b.id AS bid, b.amount AS ba, b.currency AS bc
  FROM ${feed(ledger, isSame && "ledger_rejects")} l
  FULL JOIN ${feed(bank, isSame && "bank_rejects")} b ON l.id = b.id
  WHERE l.id IS NULL OR b.id IS NULL OR l.amount <> b.amount OR l.currency <> b.currency`);
await write("SELECT lid AS id, la AS amount, lc AS currency FROM finding WHERE bid IS NULL",
  "only_ledger");
await write("SELECT bid AS id, ba AS amount, bc AS currency FROM finding WHERE lid IS NULL",
  "only_bank");
await write(`SELECT lid AS id, la AS ledger_amount, lc AS ledger_currency, ba AS bank_amount,
  bc AS bank_currency FROM finding WHERE lid IS NOT NULL AND bid IS NOT NULL`, "differ");
if (isSame) {
  const rejected = ["ledger", "bank"].map((side) =>
    `SELECT '${side}' AS side, line, error_type, csv_line FROM ${side}_rejects`);
  await write(rejected.join(" UNION ALL "), "rejected");
  const repeated = [["ledger", ledger], ["bank", bank]].map(([side, path]) =>
    `SELECT '${side}' AS side, id, count(*) AS times
     FROM ${feed(path, `${side}_again`)} GROUP BY id HAVING count(*) > 1`);
  await write(repeated.join(" UNION ALL "), "duplicates");
}

"""The feeds of a comparison, and what every program has to find in them."""

import collections
import json
import subprocess


class Problem(Exception):
    """The comparison cannot go on."""


class Plan(collections.namedtuple("Plan", "rows shape percent doubled",
                                  defaults=["csv", 1, False])):
    """`percent` of the rows are only in the ledger, only in the bank, and different, each."""

    def __str__(self):
        doubled = ", each row of the ledger twice" if self.doubled else ""
        return (f"{self.rows:,} + {self.rows:,} rows of {self.shape}, {self.percent} % each only "
                f"in the ledger, only in the bank, different{doubled}")


# Counts that a result must have, by the name of the result. A join that does not look for repeated
# ids finds other ones when there are some.
Made = collections.namedtuple("Made", "plan ledger bank counts join_counts")


def make(plan, programs, folder):
    some = plan.rows * plan.percent // 100
    extension = "csv" if plan.shape == "csv" else "ndjson"
    paths = {}
    for side in ["ledger", "bank"]:
        name = f"{side}-{plan.rows}-{plan.shape}-{plan.percent}"
        paths[side] = folder / f"{name}.{extension}"
    doubled = folder / f"doubled-{plan.rows}.csv"
    truth_path = folder / f"truth-{plan.rows}-{plan.shape}-{plan.percent}.json"
    if not truth_path.exists():
        truth = write(programs, paths["ledger"], paths["bank"], plan, some, 0)
        truth_path.write_text(json.dumps(truth))
    if plan.doubled and not doubled.exists():
        write(programs, doubled, folder / "unused", plan, some, plan.rows)
        (folder / "unused").unlink()
    truth = json.loads(truth_path.read_text())
    counts = {"only_ledger": truth["unmatched"], "only_bank": truth["unmatched"],
              "differ": truth["discrepant"]}
    join_counts = doubled_counts(plan, counts) if plan.doubled else counts
    ledger = doubled if plan.doubled else paths["ledger"]
    return Made(plan, ledger, paths["bank"], counts, join_counts)


def write(programs, ledger, bank, plan, some, duplicates):
    command = [programs / "onsite-make-feeds", ledger, bank, plan.rows, some, some, duplicates, 0,
               1, plan.shape]
    made = subprocess.run([str(word) for word in command], check=True, capture_output=True)
    return json.loads(made.stdout)


def doubled_counts(plan, counts):
    """The generator changes the amount in the copy of each row with an even number."""
    if plan.rows % 2:
        raise Problem(f"expected an even number of rows to double, found {plan.rows}")
    first_equal = counts["only_ledger"] + counts["differ"]
    changed = (plan.rows + 1) // 2 - (first_equal + 1) // 2
    return {"only_ledger": 2 * counts["only_ledger"], "only_bank": counts["only_bank"],
            "differ": 2 * counts["differ"] + changed}

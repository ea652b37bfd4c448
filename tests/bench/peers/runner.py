"""One run of one program: its time, its memory, and whether its result is right."""

import collections
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys

MEASURED = pathlib.Path(__file__).with_name("measured.py")
RESULTS = ["only_ledger", "only_bank", "differ"]
# Of onsite-reconcile: it ended well and found differences, or rejected rows too.
FOUND_SOME = [1, 4]


class Run(collections.namedtuple("Run", "program wall_s cpu_s peak_mib problem")):
    @property
    def is_right(self):
        return self.problem is None

    def __str__(self):
        said = self.problem or "right"
        return (f"{self.program:12} {self.wall_s:7.2f} s  {self.cpu_s:7.2f} s of CPU  "
                f"{self.peak_mib:6.0f} MiB  {said}")


def measure(command, program, made, folder):
    """Returns the run and, for each result, a hash of its lines in sorted order."""
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    said = folder / "said.txt"
    measured = json.loads(subprocess.run([sys.executable, MEASURED, said, *command], check=True,
                                         capture_output=True).stdout)
    status = measured.pop("status")
    run = Run(program, **measured, problem=None)
    is_ours = program.startswith("ours")
    if status != 0 and not (is_ours and status in FOUND_SOME):
        last_words = said.read_text(errors="replace").strip()[-300:]
        return run._replace(problem=f"it ended with {status}: {last_words}"), None
    if program == "light":  # It finds nothing, but has read all lines.
        lines = made.plan.rows + 1
        expected, found = f"{lines} + {lines} lines", said.read_text().strip()
        problem = None if found == expected else f"expected {expected}, found {found}"
        return run._replace(problem=problem), None
    try:
        lines = lines_of(out)
    except (OSError, ValueError, KeyError) as problem:
        return run._replace(problem=f"its result cannot be read: {problem}"), None
    knows_duplicates = is_ours or (out / "reply.json").exists()
    expected = made.counts if knows_duplicates else made.join_counts
    for name in RESULTS:
        if len(lines[name]) != expected[name]:
            found = f"expected {expected[name]} rows in {name}, found {len(lines[name])}"
            return run._replace(problem=found), None
    return run, {name: hash_of(lines[name]) for name in RESULTS}


def lines_of(out):
    if (out / "reply.json").exists():
        return reply_lines(out)
    return command_lines(out / "run") if (out / "run").exists() else csv_lines(out)


def command_lines(run):
    """Of onsite-reconcile, which tells more of a finding than its peers: where each row stands."""
    lines = {name: [] for name in RESULTS}
    for line in (run / "unmatched.csv").read_bytes().splitlines()[1:]:
        side, id, amount, currency, _ = line.split(b",", 4)
        lines[f"only_{side.decode()}"].append(b",".join([id, amount, currency]))
    for line in (run / "discrepancies.csv").read_bytes().splitlines()[1:]:
        id, _, *values = line.split(b",")
        lines["differ"].append(b",".join([id, *values[:4]]))
    return lines


def csv_lines(out):
    """Lines as bytes, without a header: not every program writes one."""
    lines = {}
    for name in RESULTS:
        lines[name] = (out / f"{name}.csv").read_bytes().splitlines()
        if lines[name] and lines[name][0].startswith(b"id,"):
            del lines[name][0]
    return lines


def reply_lines(out):
    reply = json.loads((out / "reply.json").read_text())
    lines = {name: [] for name in RESULTS}
    for found in reply["unmatched"]:
        lines[f"only_{found['side']}"].append(",".join(found["transaction"]).encode())
    for found in reply["discrepancies"]:
        lines["differ"].append(",".join(found["ledger"] + found["bank"][1:]).encode())
    return lines


def hash_of(lines):
    digest = hashlib.sha256()
    for line in sorted(lines):
        digest.update(line + b"\n")
    return digest.hexdigest()

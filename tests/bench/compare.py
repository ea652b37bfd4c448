#!/usr/bin/env python3
"""Compares the reconciliation engine with its peers: the same files, the same run, in turns.

    tests/bench/compare.py                     10 M + 10 M rows of CSV, all peers, three rounds
    tests/bench/compare.py csv-1m ndjson-10m   other work; --list names it, "all" is everything

Feeds are made with known truth, and a time is quoted only when all results of that program were
right: the counts by the generator, the content by agreement with every other program. Exit status:
0 all right, 1 a result was wrong or a program failed, 2 usage, 3 nothing could be compared.
"""

import argparse
import collections
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

from peers import feeds, programs, runner

Work = collections.namedtuple("Work", "feeds peers goals memory_goal_mib", defaults=[None])
Plan = feeds.Plan
M = 1_000_000
ALL = ["duckdb", "duckdb-same", "coreutils", "plain"]
ANSWERS = ["cpp", "typescript", "python"]  # Of the exercise, on files.

# Goals are "at most so much of that program's time".
WORKS = {
    "csv-1m": Work(Plan(1 * M), ALL + ANSWERS, {"duckdb": 1 / 7}),
    "csv-10m": Work(Plan(10 * M), ALL + ["light"],
                    {"duckdb": 1 / 8, "duckdb-same": 1 / 10, "light": 4}, 350),
    "csv-50m": Work(Plan(50 * M), ["duckdb"], {"duckdb": 1 / 8}, 1600),
    "ndjson-10m": Work(Plan(10 * M, "ndjson"), ["duckdb"], {"duckdb": 1 / 8}),
    "shuffled-10m": Work(Plan(10 * M, "shuffled_ndjson"), ["duckdb"], {"duckdb": 1 / 5}),
    "different-10m": Work(Plan(10 * M, percent=10), ["duckdb"], {"duckdb": 1 / 3}),
    "doubled-10m": Work(Plan(10 * M, doubled=True), ["duckdb"], {"duckdb": 1}),
    "bounded-10m": Work(Plan(10 * M), ["ours-256MiB"], {"ours-256MiB": 1 / 3}),
    "bounded-50m": Work(Plan(50 * M), ["ours-256MiB"], {"ours-256MiB": 1 / 3}),
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("works", nargs="*", default=["csv-10m"])
    parser.add_argument("--list", action="store_true", help="name the works and end")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="+", help="these programs besides ours")
    parser.add_argument("--rows", type=int, help="another number of rows")
    parser.add_argument("--bin", type=pathlib.Path, help="the folder of the built programs")
    parser.add_argument("--folder", type=pathlib.Path, help="for feeds, kept for the next time")
    parser.add_argument("--ours", help="the program of ours with its options, as one text in "
                        "which {ledger}, {bank}, {out} and {memory} are filled in")
    given = parser.parse_args()
    if given.works == ["all"]:
        given.works = list(WORKS)
    for work in given.works:
        if work not in WORKS:
            parser.error(f"expected one of {', '.join(WORKS)}, found {work}")
    return given


def compare(name, work, tools, folder, rounds):
    """Runs all programs in turns. Returns {program: [Run]} and the number of failures."""
    made = feeds.make(work.feeds, tools.bin, folder)
    runs = collections.defaultdict(list)
    failures, reference = 0, None
    for number in range(rounds):
        for program in ["ours"] + work.peers:
            command = tools.command(program, made)
            if command is None or program in runs and not runs[program][-1].is_right:
                continue
            run, contents = runner.measure(command, program, made, folder)
            if run.is_right and contents is not None and not made.plan.doubled:
                reference = reference or (program, contents)
                if contents != reference[1]:
                    run = run._replace(problem=f"its findings are not those of {reference[0]}")
            runs[program].append(run)
            failures += not run.is_right
            print(f"  round {number + 1}  {run}", file=sys.stderr, flush=True)
    return runs, failures


def median(runs, measure):
    return statistics.median(measure(run) for run in runs)


def ratio(runs, program):
    """Ours in that program's time: the median of the rounds, because machines have moods."""
    pairs = zip(runs["ours"], runs[program])
    return statistics.median(ours.wall_s / peer.wall_s for ours, peer in pairs)


def print_table(name, work, runs, out_of_order):
    print(f"\n{name}: {work.feeds}\n")
    print("| program | wall s (least - most) | CPU s | peak MiB | ours takes | goal | reached |")
    print("|---|---|---|---|---|---|---|")
    for program in ["ours"] + work.peers:
        if program in out_of_order:
            print(f"| {program} | NOT RUN: {out_of_order[program]} | | | | | no |")
            continue
        problem = next((run.problem for run in runs[program] if not run.is_right), None)
        if problem or not runs[program]:
            print(f"| {program} | WRONG: {problem} | | | | | no |")
            continue
        walls = sorted(run.wall_s for run in runs[program])
        cells = [program, f"{statistics.median(walls):.2f} ({walls[0]:.2f} - {walls[-1]:.2f})",
                 f"{median(runs[program], lambda run: run.cpu_s):.2f}",
                 f"{median(runs[program], lambda run: run.peak_mib):.0f}"]
        print("| " + " | ".join(cells + goal_cells(program, work, runs)) + " |")


def goal_cells(program, work, runs):
    if program == "ours":
        if not work.memory_goal_mib:
            return ["", "", ""]
        peak = median(runs["ours"], lambda run: run.peak_mib)
        reached = "yes" if peak <= work.memory_goal_mib else "no"
        return ["", f"{work.memory_goal_mib} MiB", reached]
    if not all(run.is_right for run in runs["ours"]):
        return ["?", "", "no"]
    share = ratio(runs, program)
    if program not in work.goals:
        return [times(share), "", ""]
    goal = work.goals[program]
    # A bounded run of ours may take three times as long as the unbounded one, but no longer.
    reached = share >= goal if program.startswith("ours") else share <= goal
    return [times(share), f"1/{1 / goal:.0f}" if goal <= 1 else f"{goal} times",
            "yes" if reached else "no"]


def times(share):
    return f"{share:.2f} times" if share > 1 else f"1/{1 / share:.1f}"


def main():
    given = arguments()
    if given.list:
        print("\n".join(f"{name:15} {work.feeds}" for name, work in WORKS.items()))
        return 0
    folder = given.folder or pathlib.Path(tempfile.mkdtemp(prefix="onsite-compare-"))
    folder.mkdir(parents=True, exist_ok=True)
    failures, compared = 0, 0
    try:
        tools = programs.Tools(given.bin, given.ours, folder)
        for name in given.works:
            work = WORKS[name]
            if given.rows:
                work = work._replace(feeds=work.feeds._replace(rows=given.rows))
            if given.only is not None:
                work = work._replace(peers=given.only)
            missing = {program: why for program in ["ours"] + work.peers
                       if (why := tools.why_missing(program, work.feeds))}
            for program, why in missing.items():
                print(f"NOT RUN: {program}: {why}", file=sys.stderr)
            runs, wrong = compare(name, work, tools, folder, given.rounds)
            failures += wrong
            compared += bool(runs["ours"]) and len([p for p in runs if p != "ours"]) > 0
            print_table(name, work, runs, missing)
    finally:
        if not given.folder:
            shutil.rmtree(folder)
    if failures:
        return 1
    return 0 if compared else 3


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, subprocess.SubprocessError, feeds.Problem) as problem:
        print(f"compare.py: {problem}", file=sys.stderr)
        sys.exit(3)

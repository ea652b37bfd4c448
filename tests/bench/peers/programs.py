"""The programs of a comparison: where they are, and how each is called."""

import json
import pathlib
import shlex
import shutil
import subprocess

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent.parent
EXERCISE = ROOT / "exercises" / "1-reconciliation"
ANSWERS = ROOT / "solutions" / "1-reconciliation"
# The whole command, with its record and all its result files.
OURS = ("{bin}/onsite-reconcile {ledger} {bank} --out {out}/run --record sqlite:{out}/runs.sqlite "
        "--memory {memory}")
MEMORY = "2048MiB"
CSV_ONLY = {"coreutils", "duckdb-same", "light", "plain"}


class Tools:
    def __init__(self, bin_folder, ours, folder):
        self.bin = (bin_folder or ROOT / "build" / "systems" / "bin").resolve()
        self.ours = ours or OURS
        self.folder = folder
        self.out = folder / "out"
        self.missing = {}
        self.find_duckdb()
        self.answers = {}
        self.find_answers()
        for tool in ["sort", "comm", "join"]:
            if not shutil.which(tool):
                self.missing["coreutils"] = f"there is no {tool}"
        for program in ["plain", "light"]:
            if not (self.bin / f"onsite-bench-{program}").exists():
                self.missing[program] = f"{self.bin}/onsite-bench-{program} is not built"

    def why_missing(self, program, plan):
        """Why it cannot be measured on such feeds, or None."""
        if program in CSV_ONLY and plan.shape != "csv":
            return "it reads CSV only"
        return self.missing.get(program)

    def find_duckdb(self):
        """Installs it beside the built programs: what npm brings is no source of ours."""
        self.npm = self.bin.parent / "peers"
        try:
            self.npm.mkdir(exist_ok=True)
            for name in ["package.json", "package-lock.json", "duckdb.mjs"]:
                shutil.copy(HERE / name, self.npm / name)
            if (self.npm / "node_modules" / "@duckdb" / "node-api").exists():
                return
            # Not "npm ci", which wants the lock file to name the bindings of every platform.
            subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--loglevel=error"],
                           cwd=self.npm, check=True, capture_output=True, text=True, timeout=300)
        except (OSError, subprocess.SubprocessError) as problem:
            said = (getattr(problem, "stderr", None) or str(problem)).strip().splitlines()
            for program in ["duckdb", "duckdb-same"]:
                self.missing[program] = f"npm could not install it: {said[0]}"

    def find_answers(self):
        """The answers of the exercise, each as the command that speaks the process contract."""
        bundle, program = self.folder / "answer.mjs", self.folder / "answer"
        self.answers["typescript"] = ["node", "--max-old-space-size=12000", str(bundle)]
        self.answers["python"] = ["python3", str(ANSWERS / "python" / "main.py")]
        self.answers["cpp"] = [str(program)]
        self.build("typescript", ["esbuild", str(ANSWERS / "typescript" / "main.ts"), "--bundle",
                                  "--platform=node", "--format=esm", "--target=node18",
                                  "--log-level=error", f"--outfile={bundle}"])
        self.build("cpp", ["g++", "-std=c++23", "-O2", f"-I{ROOT}", f"-I{EXERCISE}",
                           str(EXERCISE / "contract" / "host.cpp"),
                           str(ANSWERS / "cpp" / "reconcile.cpp"), "-o", str(program)])

    def build(self, answer, command):
        try:
            subprocess.run(command, check=True, capture_output=True, text=True)
        except (OSError, subprocess.SubprocessError) as problem:
            self.missing[answer] = f"{command[0]} could not build it: {problem}"

    def command(self, program, made):
        """What to run, or None when why_missing() has a reason."""
        if self.why_missing(program, made.plan):
            return None
        out = self.out
        feeds = [str(made.ledger), str(made.bank)]
        form = "csv" if made.plan.shape == "csv" else "ndjson"
        if program.startswith("ours"):
            memory = program.removeprefix("ours").removeprefix("-") or MEMORY
            return shlex.split(self.ours.format(bin=self.bin, ledger=feeds[0], bank=feeds[1],
                                                out=out, memory=memory))
        if program.startswith("duckdb"):
            query = "same" if program == "duckdb-same" else "bare"
            return ["node", str(self.npm / "duckdb.mjs"), query, form, *feeds, str(out)]
        if program == "coreutils":
            return [str(HERE / "coreutils.sh"), *feeds, str(out)]
        if program == "plain":
            return [str(self.bin / "onsite-bench-plain"), *feeds, str(out)]
        if program == "light":
            return [str(self.bin / "onsite-bench-light"), *feeds]
        if program in self.answers:
            request = self.request(made)
            return [str(HERE / "answer.sh"), str(request), str(out), *self.answers[program]]
        raise ValueError(f"expected a known program, found {program}")

    def request(self, made):
        """The exercise reads feeds in its own form; turning them into it is not measured."""
        request = self.folder / "request.json"
        wire = {}
        for side, path in [("ledger", made.ledger), ("bank", made.bank)]:
            wire[side] = path.with_suffix(".wire")
            if wire[side].exists():
                continue
            with open(path) as feed, open(wire[side], "w") as rows:
                next(feed)
                for line in feed:
                    rows.write(json.dumps(line.rstrip("\n").split(",")) + "\n")
        run = {"ledger_snapshot": "a", "bank_snapshot": "b", "memory_bytes": 8 << 30}
        request.write_text(json.dumps({"id": "1", "op": "reconcile_feeds", "run": run, "store": {},
                                       "ledger": str(wire["ledger"]),
                                       "bank": str(wire["bank"])}) + "\n")
        return request

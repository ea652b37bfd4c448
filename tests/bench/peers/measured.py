"""measured.py SAID COMMAND...: runs the command and prints its time and memory as JSON.

A process of its own, and a small one: a child begins with the peak memory of the process that
started it, so one that has read results would charge its own memory to every program.
"""

import json
import os
import subprocess
import sys
import time

RUN_SECONDS_MAX = 1800


def main():
    said, command = sys.argv[1], sys.argv[2:]
    with open(said, "wb") as output:
        start = time.monotonic()
        child = subprocess.Popen(["timeout", str(RUN_SECONDS_MAX), *command], stdout=output,
                                 stderr=subprocess.STDOUT)
        # Not child.wait(): only wait4 tells what this one child used.
        _, status, usage = os.wait4(child.pid, 0)
        wall_s = time.monotonic() - start
    print(json.dumps({"status": os.waitstatus_to_exitcode(status), "wall_s": wall_s,
                      "cpu_s": usage.ru_utime + usage.ru_stime,
                      "peak_mib": usage.ru_maxrss / 1024}))


if __name__ == "__main__":
    main()

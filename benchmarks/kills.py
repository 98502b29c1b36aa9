"""Runs ended at random moments: after each is completed, the store must be that of an undisturbed run.

    python benchmarks/kills.py [--kills 50] [--in-a-row 2] [--documents 40] [--seed N]

The whole process group is ended with SIGKILL, some times in a row, then the run is completed and every table of its
store compared, times and numbers of runs left out. The seed is printed. Not for Windows, which has no process groups.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import killing


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--in-a-row", type=int, default=2)
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}")
    chance = random.Random(arguments.seed)

    begin = time.monotonic()
    place = Path(tempfile.mkdtemp(prefix="doisoat-kills-"))
    folder = killing.documents(place / "in", arguments.documents)
    longest = killing.completed(folder, place / "whole")
    expected = killing.content(place / "whole")
    print(f"undisturbed: {longest:.1f} s, {len(expected['files'])} documents")

    done, different, drafts = 0, 0, 0
    while done < arguments.kills:
        out = place / f"killed{done:03d}"
        count = min(arguments.in_a_row, arguments.kills - done)
        moments = list(killing.kills(folder, out, count, longest, chance))
        killing.completed(folder, out)
        found = killing.content(out)
        tables = [table for table in expected if found.get(table) != expected[table]]
        drafts += sum(path.name.startswith(("~", ".")) for path in out.iterdir())
        told = ", ".join(f"{moment:.2f}" for moment in moments)
        print(f"killed at {told} s: {'different: ' + ', '.join(tables) if tables else 'identical'}", flush=True)
        different += bool(tables)
        done += count
    print(f"{done} kills, {different} stores different, {drafts} drafts left, {time.monotonic() - begin:.0f} s")
    if not different:
        shutil.rmtree(place)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())

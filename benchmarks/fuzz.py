"""Broken files by the thousand: each must end in one status and a sentence, none may crash or hang the reading.

    python benchmarks/fuzz.py [--count 2000] [--seed N] [--seconds 30] [--traps] [FOLDER]

Good files of each kind (and those of FOLDER, up to 200 KB each) are damaged at random and read as `doisoat run` reads
them, in workers that can be stopped. The seed is printed: with it the same files are made again. A table tells the
statuses; every file that was not read or refused properly is named and kept for a look. With --traps the files are
those that were made to hurt (bombs, loops, locks) and none are damaged. The peak memory is that of the largest worker.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import hostile

from extractor import readers
from extractor.batch import read_many
from extractor.catalog import Catalog

NOT_PROPER = frozenset({"crashed", "internal", "timeout"})
MAX_SEED_BYTES = 200_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9))
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--traps", action="store_true")
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}")

    folder = Path(tempfile.mkdtemp(prefix="doisoat-fuzz-"))
    good = [(kind, make()) for kind, make in hostile.HEALTHY.items()]
    if arguments.folder:
        for path in sorted(arguments.folder.iterdir()):
            if path.is_file() and path.suffix and path.stat().st_size <= MAX_SEED_BYTES:
                good.append((path.suffix[1:], path.read_bytes()))
    if arguments.traps:
        files = hostile.traps(folder)
    else:
        files = hostile.mutations(good, arguments.count, arguments.seed, folder)

    started = time.monotonic()
    paths = readers.collect(files)
    results: Counter[tuple[str, str, str]] = Counter()
    improper: list[str] = []
    answered = [0] * len(paths)
    for index, report in read_many(paths, Catalog.load(None), seconds=arguments.seconds):
        answered[index] += 1
        codes = {problem.code for problem in report.problems}
        why = next((problem.code for problem in report.problems), "") if report.status == "failed" else ""
        results[paths[index].suffix.lower(), report.status, why] += 1
        silent = report.status == "failed" and not any(problem.message for problem in report.problems)
        if codes & NOT_PROPER or silent:
            improper.append(f"{paths[index]}: {', '.join(sorted(codes))}")
    seconds = time.monotonic() - started

    for (suffix, status, why), count in sorted(results.items()):
        print(f"{suffix:8} {status:8} {why:16} {count:6}")
    print(f"{len(files)} files, {len(paths)} documents, {seconds:.0f} s, {len(improper)} not properly")
    print("\n".join(improper))
    if sys.platform != "win32":
        import resource

        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
        print(f"peak memory of a worker: {peak:.0f} MB")
    unanswered = [str(path) for path, times in zip(paths, answered, strict=True) if times != 1]
    print(f"{len(unanswered)} without exactly one status", *unanswered)
    if not improper and not unanswered:
        shutil.rmtree(folder)
    return 1 if improper or unanswered else 0


if __name__ == "__main__":
    sys.exit(main())

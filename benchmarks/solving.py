"""python -m benchmarks.solving [--reports N] [--misread N]: how long it takes to solve one assessment.

An assessment of some 150 criteria in three levels (maximum, score and deduction each) is misread in several places by
the noise of `benchmarks/noise.py`; the audit seeks the readings that close its sums.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time

from audit.check import audited
from benchmarks.noise import misread_assessment, whole_assessment
from normalize.records import Heading, Report


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.solving")
    parser.add_argument("--reports", type=int, default=10)
    parser.add_argument("--misread", type=int, default=8)
    parser.add_argument("--seed", type=int, default=501)
    options = parser.parse_args(arguments)
    seconds = []
    repaired = review = 0
    for number in range(options.reports + 1):
        rng = random.Random(f"{options.seed}/{number}")
        truth = whole_assessment(rng, domains=8)
        read, _ = misread_assessment(truth, rng, options.misread)
        start = time.process_time()
        (checked,) = audited(Report(Heading(), (read,))).assessments
        seconds.append(time.process_time() - start)
        repaired += sum(result.status == "repaired" for result in checked.results)
        review += sum(result.status == "review" for result in checked.results)
    first, *rest = seconds  # the first loads the solver
    print(
        f"{len(truth.results)} criteria, {options.misread} misread: median {statistics.median(rest):.2f} s, "
        f"slowest {max(rest):.2f} s of one core (first, with the solver loaded: {first:.2f} s); "
        f"{repaired} rows repaired, {review} for review in {len(seconds)} reports"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

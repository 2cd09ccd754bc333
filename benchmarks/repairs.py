"""python -m benchmarks.repairs [--repairs N]: misreadings repaired, and whether any repair or silence is wrong.

The misreadings are drawn by `benchmarks/noise.py`, not by the table of the costs. A third of the reports hold an error
of their own beside the misreadings, which no repair may hide.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass

from audit.check import audited
from benchmarks.bounds import upper_limit
from benchmarks.noise import misread_assessment, whole_assessment, with_own_error, wrong_numbers
from normalize.records import Heading, Report


@dataclass(slots=True)
class Tally:
    """What became of misread numbers and of the numbers as a whole."""

    reports: int = 0
    misread: int = 0
    right: int = 0
    wrong: int = 0
    accepted: int = 0
    numbers: int = 0
    silent: int = 0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.repairs")
    parser.add_argument("--repairs", type=int, default=500, help="go on until so many were made")
    parser.add_argument("--seed", type=int, default=601)
    parser.add_argument("--worst", action="store_true")
    options = parser.parse_args(arguments)
    tally = Tally()
    while tally.right + tally.wrong < options.repairs:
        judge(tally, f"{options.seed}/{tally.reports}", options.worst)
    limit = 100 * upper_limit(tally.wrong, tally.right + tally.wrong)
    print(
        f"{tally.reports} reports, {tally.misread} numbers misread: {tally.right} repaired rightly, {tally.wrong} "
        f"wrongly (at most {limit:.2f} %); of {tally.numbers} numbers {100 * tally.accepted / tally.numbers:.1f} % "
        f"accepted, "
        f"{tally.silent} of them wrong (at most {100 * upper_limit(tally.silent, tally.accepted):.3f} %)"
    )
    return 0


def judge(tally: Tally, seed: str, worst: bool = False) -> None:
    """One report of three domains, with up to eight of its numbers misread, audited and counted."""
    rng = random.Random(seed)
    truth = whole_assessment(rng)
    printed = with_own_error(truth, rng) if rng.random() < 1 / 3 else truth
    read, places = misread_assessment(printed, rng, rng.randint(1, 8))
    (checked,) = audited(Report(Heading(), (read,))).assessments
    wrong = {(at, name): status for at, name, status in wrong_numbers(checked, printed)}
    tally.reports, tally.misread = tally.reports + 1, tally.misread + len(places)
    for at, result in enumerate(checked.results):
        numbers = [name for name, _ in result.scores()]
        tally.numbers += len(numbers)
        tally.accepted += len(numbers) if result.status != "review" else 0
        changed = [name for name, value in result.scores() if any(step.startswith("repair:") for step in value.steps)]
        tally.right += sum((at, name) not in wrong for name in changed)
        tally.wrong += sum((at, name) in wrong for name in changed)
        silent = [name for name in numbers if (at, name) in wrong and result.status != "review"]
        tally.silent += len(silent)
        if worst and (silent or any((at, name) in wrong for name in changed)):
            shown = [
                (name, str(value.value), value.printed.text, value.confidence, value.steps)
                for name, value in result.scores()
            ]
            print(
                seed,
                result.code.value,
                result.status,
                shown,
                [(n, str(v.value)) for n, v in printed.results[at].scores()],
            )


if __name__ == "__main__":
    raise SystemExit(main())

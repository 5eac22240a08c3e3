"""`python -m tests.mutation`: make every mutant, say which are noticed and by what. Takes some minutes.

    python -m tests.mutation [--kind "data cell"]

Exit code 1 if a mutant survives that `survivors.csv` does not list with a reason.
"""

import argparse
import csv
import sys
from collections import Counter
from pathlib import Path

from synthetic.variants import examined
from tests.mutation.harness import noticed_by
from tests.mutation.mutants import all_mutants

SURVIVORS = Path(__file__).with_name("survivors.csv")


def expected_survivors() -> dict[str, str]:
    """The mutants that are known to survive, each with the reason."""
    with SURVIVORS.open(encoding="utf-8", newline="") as lines:
        return {row["name"]: row["reason"] for row in csv.DictReader(lines)}


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__.split("\n")[0])
    options.add_argument("--kind", default="", help="only this kind: data cell, inline id, typed number, ...")
    options.add_argument(
        "--tests", action="store_true", help="ask the test suite about what check passes over"
    )
    given = options.parse_args()
    known, survived = expected_survivors(), []
    noticed, made, means = Counter[str](), Counter[str](), Counter[str]()
    for mutant in all_mutants(examined()):
        if given.kind and mutant.kind != given.kind:
            continue
        made[mutant.kind] += 1
        by = noticed_by(mutant)
        noticed[mutant.kind] += bool(by)
        if by:
            means[
                "the record of numbers" if by.startswith("record") else "a test" if _is_test(by) else "check"
            ] += 1
        if not by:
            survived.append(mutant.name)
            print(f"survives: {mutant.name}  {known.get(mutant.name, '(unexpected)')}", flush=True)
    for kind, count in made.items():
        print(f"{kind}: {noticed[kind]} of {count} noticed")
    print(f"all: {noticed.total()} of {made.total()} noticed")
    print("by", ", ".join(f"{name}: {count}" for name, count in means.most_common()))
    return 1 if set(survived) - set(known) else 0


def _is_test(by: str) -> bool:
    return by.startswith(("FAILED", "ERROR"))


if __name__ == "__main__":
    sys.exit(main())

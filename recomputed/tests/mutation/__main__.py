"""Make the mutants of a paper and say what notices each: `check`, the default build, the tests, or nothing.

    PYTHONPATH=recomputed/tests .venv/bin/python -m mutation [--kind KIND] [--each N] [--deep]

The paper is that of RECOMPUTED_PAPER, else of the folder. Exit code 1 where `check` does not notice one that has no row
in `survivors.csv` in the paper's tests, which has each that is equivalent with its proof; and where it notices one that
has, or a row is of no mutant.
"""

import argparse
import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from queue import SimpleQueue
from random import Random
from typing import TextIO

from mutation.mutants import SEED, Mutant, all_mutants
from mutation.notice import BUILD, CHECK, NOTHING, STALE, TESTS, Copy, copied
from recomputed import paths
from recomputed.editions import profiles
from recomputed.guards.all_guards import looks, text_for_guards
from recomputed.guards.exchange import EQUIVALENT, NOTICED, UNNOTICED, Exchange, exchanges, replacements
from synthetic.variants import examined, execute_edition

SURVIVORS = paths.ROOT / "tests" / "survivors.csv"
PROVED = "equivalent"
BY = (CHECK, STALE, BUILD, TESTS, NOTHING, PROVED)


def proofs() -> dict[str, str]:
    """Why a mutant that `check` passes over changes nothing that a reader is told, by a pattern of its name."""
    if not SURVIVORS.exists():
        return {}
    with SURVIVORS.open(encoding="utf-8", newline="") as lines:
        return {row["mutant"]: row["proof"] for row in csv.DictReader(lines)}


def matches(name: str, pattern: str) -> bool:
    """Whether a mutant's name is as a pattern has it, in which `*` is any text."""
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), name) is not None


def of_no_mutant(patterns: Iterable[str], mutants: Iterable[Mutant]) -> list[str]:
    """The patterns that no mutant's name is as."""
    names = [one.name for one in mutants]
    return [pattern for pattern in patterns if not any(matches(name, pattern) for name in names)]


def sample(mutants: Sequence[Mutant], each: int, seed: int = SEED) -> list[Mutant]:
    """So many of each kind, by the seed; all where `each` is 0."""
    kinds: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in mutants:
        kinds[mutant.kind].append(mutant)
    random = Random(seed)
    return [one for kind in kinds.values() for one in random.sample(kind, min(each or len(kind), len(kind)))]


def exchanged(make: Callable[..., Iterable[Exchange]]) -> Counter[str]:
    """What comes of the exchanges, or replacements, of numbers of one unit in the text of each edition."""
    names = {NOTICED: CHECK, EQUIVALENT: PROVED, UNNOTICED: NOTHING}
    counts: Counter[str] = Counter()
    for profile in profiles():
        with execute_edition(profile) as executed:
            name, examination = executed.manuscript.name, examined()
            text = text_for_guards(executed, examination)
            for one in make(text, examination.numbers, looks(examination, name)):
                if one.outcome in names:
                    counts[names[one.outcome]] += 1
                if one.outcome == UNNOTICED:
                    print(f"{NOTHING}: {make.__name__}: {name}: {one.first} and {one.second}")
    return counts


def _stream(by: str) -> TextIO:
    """Where a mutant is told: those that `check` notices are progress only."""
    return sys.stderr if by == CHECK else sys.stdout


def main() -> int:
    """Print each survivor and the table of kinds."""
    options = argparse.ArgumentParser(prog="python -m mutation", description=(__doc__ or "").split("\n")[0])
    options.add_argument("--kind", default="", help="only this kind: data cell, inline id, typed number, ...")
    options.add_argument("--each", type=int, default=0, help="a seeded sample of so many of each kind")
    options.add_argument("--seed", type=int, default=SEED, help="of the sample")
    options.add_argument("--deep", action="store_true", help="ask build and tests where check is silent")
    options.add_argument("--jobs", type=int, default=2, help="how many at once")
    given = options.parse_args()
    known = proofs()
    every = all_mutants(examined())
    chosen = [one for one in every if given.kind in ("", one.kind)]
    disproved = [f"of no mutant: {pattern}" for pattern in of_no_mutant(known, every)]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for make in (exchanges, replacements):
        if given.kind in ("", make.__name__):
            counts[make.__name__] = exchanged(make)
    with ExitStack() as stack, ThreadPoolExecutor(given.jobs) as pool:
        copies: SimpleQueue[Copy] = SimpleQueue()
        for _ in range(given.jobs):
            copy = stack.enter_context(copied())
            if given.deep:
                copy.rehearse_tests()
            copies.put(copy)

        def judge(mutant: Mutant) -> tuple[Mutant, str, str]:
            copy = copies.get()
            try:
                by, said = copy.noticed_by(mutant, given.deep)
            finally:
                copies.put(copy)
            proof = next((why for name, why in known.items() if matches(mutant.name, name)), "")
            if proof and by == CHECK:
                disproved.append(f"noticed, though proved equivalent: {mutant.name}: {said}")
            return (mutant, PROVED, proof) if proof and by != CHECK else (mutant, by, said)

        for mutant, by, said in pool.map(judge, sample(chosen, given.each, given.seed)):
            counts[mutant.kind][by] += 1
            print(f"{by}: {mutant.kind}: {mutant.name}: {said}", flush=True, file=_stream(by))
    print("kind", *BY, sep="\t")
    for kind, found in counts.items():
        print(kind, *(found[by] for by in BY), sep="\t")
    print(*(f"{SURVIVORS.name}: {one}" for one in disproved), sep="\n", end="")
    survived = any(found[by] for found in counts.values() for by in (STALE, BUILD, TESTS, NOTHING))
    return int(survived or bool(disproved))


if __name__ == "__main__":
    sys.exit(main())

"""The ledger and the audit: what they add to the article's own numbers, and how they grow with the claims.

    python -m benchmarks.claims            # up to 100,000 claims

The larger ledgers are synthetic: the article's claims again and again, each time about other cases, judged by the
same numbers. Every verdict and every rule is worked out for every copy. Seconds are the processor's.
"""

import subprocess
import sys
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from recomputed.ledger.audit import audit
from recomputed.ledger.claims import Ledger
from recomputed.ledger.read import load_ledger
from recomputed.ledger.verdicts import judge
from recomputed.quantity.numbers import Numbers
from recomputed.study import study
from recomputed.tables.load import load

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1_000, 10_000, 100_000)

ARTICLE = """
import time
from recomputed.tables.load import load
from recomputed.study import study
tables = load()
numbers = study().compute(tables)
start = time.process_time()
from recomputed.ledger.examination import examine
examine(tables, numbers)
print(time.process_time() - start)
"""


def repeated(ledger: Ledger, size: int) -> Ledger:
    """`size` claims: those of `ledger`, then again as often as it takes, with ids and cases of their own."""
    claims = list(ledger.claims)
    for nth in range(1, -(-size // len(ledger.claims))):
        claims += [
            claim._replace(id=f"{claim.id}.{nth}", case=f"{claim.case}.{nth}" if claim.case else "")
            for claim in ledger.claims
        ]
    return replace(ledger, claims=tuple(claims[:size]))


def seconds_at(size: int, ledger: Ledger, numbers: Numbers) -> float:
    """Processor seconds to judge and audit `size` claims."""
    large = repeated(ledger, size)
    start = time.process_time()
    judge(large, numbers)
    audit(large, numbers)
    return time.process_time() - start


def article_seconds() -> float:
    """Processor seconds that ledger and audit add to the study, modules loaded and all, in a fresh process."""
    command = [sys.executable, "-c", ARTICLE]
    return float(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


def main() -> None:
    """Print the seconds of each size, and how they grow with the claims."""
    tables = load(ROOT / "data")
    numbers = study().compute(tables)
    ledger = load_ledger(tables, numbers)
    measured = [(size, seconds_at(size, ledger, numbers)) for size in SIZES]
    for size, seconds in measured:
        print(f"{size:>9,} claims: {seconds:.2f} s, {seconds / size * 1e6:.1f} µs a claim")
    for (fewer, before), (more, after) in pairwise(measured):
        print(f"{more / fewer:.1f} × the claims: {after / before:.2f} × the time")


if __name__ == "__main__":
    main()

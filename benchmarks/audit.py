"""How much the audit finds: contradictions planted in both papers' ledgers, and edits that change nothing.

    python -m benchmarks.audit                      # seconds
    python -m benchmarks.audit --statcheck PYTHON   # also `statcheck` 0.0.7, in an environment of its own with pandas<3

Recall: of the planted contradictions of a kind, the share after which its rule has a new finding about the planted
claim. False alarms: harmless edits after which any finding is new, by rule. All SYNTHETIC, from one seed. A plant takes
claims of the ledger as they are, and adds what the kind needs beside them; so recall tells whether a rule sees what is
coded as the schema asks, not whether a coder would have coded it.
"""

import argparse
import json
import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

from benchmarks.plants import HARMLESS, PLANTS, Edited

ROOT = Path(__file__).resolve().parent.parent
PAPERS = (ROOT, ROOT / "examples" / "penguins")
EACH = 12
"""Plants of a kind, and harmless edits of a kind, in each paper."""
SEED = 20140305

STATCHECK = """
import json, sys, warnings
warnings.simplefilter("ignore")
from statcheck.st import statcheck
told = []
for text in json.load(sys.stdin):
    try:
        frames = statcheck([text], messages=False)
        frame = frames[0] if isinstance(frames, tuple) else frames
        told.append(bool(len(frame)) and bool(frame["Error"].iloc[0]))
    except Exception:
        told.append(None)
json.dump(told, open(sys.argv[1], "w"))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--statcheck", metavar="PYTHON", help="a Python that has statcheck")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measured()))
        return
    results = [_of_paper(paper) for paper in PAPERS]
    _print(results)
    if given.statcheck:
        _compare(given.statcheck, [test for result in results for test in result["tests"]])


def _of_paper(paper: Path) -> dict:
    """The paper is chosen when the engine is imported: hence a process each."""
    command = [sys.executable, "-m", "benchmarks.audit", "--one"]
    environment = {**os.environ, "RECOMPUTED_PAPER": str(paper), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def measured() -> dict:
    """Of the paper at hand: planted and found by kind, harmless edits and false alarms by rule, the tests as text."""
    from recomputed.ledger.audit import audit
    from recomputed.ledger.read import load_ledger
    from recomputed.study import study
    from recomputed.tables.load import load

    tables = load()
    numbers = study().compute(tables)
    ledger = load_ledger(tables, numbers)
    chance = random.Random(SEED)
    base = {finding.id for finding in audit(ledger, numbers)}

    def new(edited: Edited) -> list:
        return [one for one in audit(edited.ledger, {**numbers, **edited.numbers}) if one.id not in base]

    planted, found, tests = Counter(), Counter(), []
    for kind, plant in PLANTS.items():
        for nth in range(EACH):
            edited = plant(ledger, chance, nth)
            rule, hit = kind.partition(":")[0], False
            for finding in new(edited):
                hit = hit or (finding.rule == rule and bool(set(edited.about) & set(finding.claims)))
            planted[kind] += 1
            found[kind] += hit
            if edited.text:
                tests.append([edited.text, True, hit])
    edits, alarms = Counter(), Counter()
    for kind, edit in HARMLESS.items():
        for nth in range(EACH):
            edited = edit(ledger, chance, nth)
            told = new(edited)
            edits[kind] += 1
            alarms.update({f"{kind}: {finding.rule}" for finding in told})
            if edited.text:
                tests.append([edited.text, False, any(finding.rule == "p" for finding in told)])
    return {"planted": planted, "found": found, "edits": edits, "alarms": alarms, "tests": tests}


def _print(results: list[dict]) -> None:
    planted, found, edits, alarms = (
        sum((Counter(result[name]) for result in results), Counter())
        for name in ("planted", "found", "edits", "alarms")
    )
    print(f"{'planted, by rule':<40}{'planted':>8}{'found':>7}{'recall':>8}")
    for kind in planted:
        print(f"{kind:<40}{planted[kind]:>8}{found[kind]:>7}{found[kind] / planted[kind]:>8.0%}")
    total, hits = planted.total(), found.total()
    print(f"{'all':<40}{total:>8}{hits:>7}{hits / total:>8.0%}\n")
    print(f"{'harmless edit':<40}{'edits':>8}  false alarms, by rule")
    for kind in edits:
        mine = {name.partition(": ")[2]: n for name, n in alarms.items() if name.startswith(f"{kind}: ")}
        print(f"{kind:<40}{edits[kind]:>8}  {', '.join(f'{rule} {n}' for rule, n in mine.items()) or 0}")
    print(f"{'all':<40}{edits.total():>8}  {alarms.total()}")


def _compare(python: str, tests: list[list]) -> None:
    """The same printed tests given to statcheck as the text that it reads."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers.json"
        subprocess.run(
            [python, "-c", STATCHECK, str(answers)],
            input=json.dumps([text for text, _, _ in tests]),
            text=True,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        told = json.loads(answers.read_text())
    print(f"\n{'printed tests':<40}{'wrong':>8}{'found':>7}{'right':>8}{'alarms':>8}{'unread':>8}")
    for name, answer in (("audit", [hit for *_, hit in tests]), ("statcheck", told)):
        wrong = [bool(one) for one, (_, bad, _) in zip(answer, tests, strict=True) if bad]
        right = [bool(one) for one, (_, bad, _) in zip(answer, tests, strict=True) if not bad]
        unread = sum(one is None for one in answer)
        print(f"{name:<40}{len(wrong):>8}{sum(wrong):>7}{len(right):>8}{sum(right):>8}{unread:>8}")


if __name__ == "__main__":
    main()

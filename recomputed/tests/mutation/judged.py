"""`python -m mutation.judged`: what `check` says of the paper at hand, a failure a line. Starts no kernel.

The manuscript is evaluated in this process, which a test holds to what a kernel gives.
"""

import sys

from recomputed import paths
from recomputed.authoring.generated import stale
from recomputed.editions import taking
from recomputed.faults import PaperError
from recomputed.guards.translations import differences
from recomputed.judgement import Edition, Executed, Judge, Verdict, editions, prepare, together
from recomputed.manuscript.rehearse import rehearse
from recomputed.manuscript.source import parse_manuscript
from recomputed.manuscript.weave import weave


def failures() -> list[str]:
    """What `check` would end with, each on one line; else which files it says are out of date."""
    try:
        judge = prepare(paths.DATA)
        judged = [(one.manuscript, _judged(one, judge)) for one in editions(paths.ROOT, paths.DATA)]
        verdicts = {name: verdict for name, (_, verdict) in judged}
        found = together(verdicts, differences([executed for _, (executed, _) in judged])).failures
    except PaperError as error:
        return [str(error).splitlines()[0]]
    told = [one.replace("\n", " ") for one in found if not one.startswith("Hint:")]
    return told or list(stale())


def _judged(edition: Edition, judge: Judge) -> tuple[Executed, Verdict]:
    """An edition evaluated, and the verdict on it."""
    manuscript = parse_manuscript(
        (edition.root / edition.manuscript).read_text(encoding="utf-8"), edition.manuscript
    )
    with taking(edition.profile, edition.lang):
        notebook = rehearse(manuscript, edition.data, edition.profile)
        executed = Executed(manuscript, notebook, weave(manuscript, notebook), edition.data, edition.profile)
        return executed, judge(executed)


if __name__ == "__main__":
    print(*failures(), sep="\n")
    sys.exit(0)

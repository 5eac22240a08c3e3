"""`python -m mutation.judged`: what `check` says of the paper at hand, a failure a line. Starts no kernel.

The manuscript is evaluated in this process, which a test holds to what a kernel gives.
"""

import sys

from recomputed import paths
from recomputed.faults import PaperError
from recomputed.judgement import Executed, prepare
from recomputed.manuscript.rehearse import rehearse
from recomputed.manuscript.source import parse_manuscript
from recomputed.manuscript.weave import weave


def failures() -> list[str]:
    """What `check` would end with, each on one line."""
    try:
        judge = prepare(paths.DATA)
        manuscript = parse_manuscript(paths.PAPER.read_text(encoding="utf-8"))
        notebook = rehearse(manuscript, paths.DATA)
        found = judge(Executed(manuscript, notebook, weave(manuscript, notebook), paths.DATA, None)).failures
    except PaperError as error:
        return [str(error).splitlines()[0]]
    return [one.replace("\n", " ") for one in found if not one.startswith("Hint:")]


if __name__ == "__main__":
    print(*failures(), sep="\n")
    sys.exit(0)

"""All that is generated beside the paper and kept with it, written again where it is not current.

    python -m recomputed.authoring.generated

The figures, the dictionary in `data/README.md`, `docs/numbers.md`, and the metadata that archives read.
"""

import sys

from recomputed import paths
from recomputed.deposit import metadata
from recomputed.deposit.credits import read_work
from recomputed.faults import PaperError
from recomputed.manuscript.paper import open_paper
from recomputed.reading import dictionary, provenance
from recomputed.study import study
from recomputed.typeset.atomic import write_whole


def write() -> None:
    """Write the files. Raises what a faulty paper raises; those before it are written."""
    paper = open_paper()
    for name in study().figures:
        paper.figure(name, "", "")
    write_whole(dictionary.README, dictionary.current_readme())
    provenance.FILE.parent.mkdir(exist_ok=True)
    write_whole(provenance.FILE, provenance.current())
    for name, text in metadata.files_of(read_work()).items():
        write_whole(paths.ROOT / name, text)


def main() -> int:
    """Write the files; the exit code."""
    try:
        write()
    except PaperError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())

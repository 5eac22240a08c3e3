"""All that is generated beside the paper and kept with it, written again where it is not current.

    python -m recomputed.authoring.generated

The figures, the dictionary in `data/README.md`, `docs/numbers.md`, and the metadata that archives read.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import cache, partial
from pathlib import Path

from recomputed import paths
from recomputed.atomic import write_whole
from recomputed.deposit import metadata
from recomputed.deposit.credits import read_work
from recomputed.editions import figures_of, manuscript_of, profiles, taking
from recomputed.faults import PaperError
from recomputed.ledger.examination import Examination, lending
from recomputed.manuscript.figure_files import edited, shown
from recomputed.manuscript.paper import open_paper
from recomputed.paper_language import stated_language
from recomputed.reading import dictionary, provenance
from recomputed.streams import told
from recomputed.study import study


def write() -> None:
    """Write the files. Raises what a faulty paper raises; those before it are written."""
    for profile in profiles():
        with taking(profile, stated_language(paths.ROOT, manuscript_of(profile))):
            _draw(figures_of(paths.FIGURES, profile))
    dictionary.write()
    provenance.write()
    for name, text in metadata.files_of(read_work()).items():
        write_whole(paths.ROOT / name, text)


def _draw(folder: Path) -> None:
    """The figures of the edition at hand."""
    paper = open_paper()
    for name in edited(folder):
        print(
            f"{shown(folder)}/{name}: not as it was drawn, edited by hand perhaps; it is replaced",
            file=sys.stderr,
        )
    for name in study().figures:
        paper.figure(name, "", "")


def stale(examination: Examination | None = None) -> Iterator[str]:
    """A sentence for each of the files that is there and out of date, figures apart, with the command that mends it.

    `examination` is what was found on the paper's own data, where that was done already.
    """
    of_work = cache(lambda: metadata.files_of(read_work()))
    sources: dict[Path, tuple[str, Callable[[], str]]] = {
        dictionary.README: ("reading.dictionary", dictionary.current_readme),
        provenance.FILE: ("reading.provenance", provenance.current),
    }
    for name in metadata.FILES:
        sources[paths.ROOT / name] = ("deposit.metadata", partial(lambda name: of_work()[name], name))
    with lending(paths.DATA, examination) if examination else nullcontext():
        for file, (module, current) in sources.items():
            if file.is_file() and file.read_text("utf-8", "replace") != _text(current):
                shown = file.relative_to(paths.ROOT).as_posix()
                yield f"{shown} is out of date. Hint: python -m recomputed.{module}"


def _text(current: Callable[[], str]) -> str | None:
    """A file's text as it should be; None where its sources are at fault."""
    try:
        return current()
    except PaperError:
        return None


if __name__ == "__main__":
    sys.exit(told(write))

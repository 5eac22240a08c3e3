"""`word out`: the paper as a DOCX for co-authors, its numbers in locked controls and its version inside."""

import hashlib
import re
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from recomputed.exchange.controls import parts_of, tagged, with_base, with_controls, without_blocks
from recomputed.exchange.marks import marked
from recomputed.exchange.readable import readable
from recomputed.judgement import Executed
from recomputed.ledger.examination import Examination
from recomputed.typeset.pandoc import typeset
from recomputed.typeset.word import zipped

FORMAT = 3  # of what is inside
_SUPPLEMENT = re.compile(
    r"(?<=[ {])\.supplement(?=[^{}\n]*\}[ \t]*$)", re.MULTILINE
)  # all of it is in the one file


def coauthors_docx(executed: Executed, text: str, root: Path, examination: Examination) -> bytes:
    """The DOCX of an execution of the manuscript `text` in `root`."""
    found = marked(executed, text)
    with tempfile.TemporaryDirectory() as folder:
        typeset(
            _SUPPLEMENT.sub("", found.markdown),
            executed.metadata(),
            Path(folder),
            ("docx",),
            executed.profile,
            root,
            executed.data,
        )
        parts = parts_of((Path(folder) / "paper.docx").read_bytes())
    with_controls(parts, found.pieces, dict(_titles(examination)))
    tags = {tag: nth for nth, tag in enumerate(tagged(found.pieces))}
    base = {
        "format": FORMAT,
        "manuscript": executed.manuscript.name,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "text": text,
        "chunks": [asdict(chunk) for chunk in found.chunks],
        "pieces": [asdict(piece) for piece in found.pieces],
    }
    read = readable(parts, tags)
    without_blocks(parts)
    with_base(parts, base, read)
    return zipped(parts)


def _titles(examination: Examination) -> Iterator[tuple[str, str]]:
    """What a number's control is called: whose figure it is, and of what, in the manuscript's language."""
    words, numbers = examination.ledger.words, examination.numbers
    for id_, number in numbers.items():
        about = [words.case_or_subject(number.subject)] if number.subject else []
        about += [words.term(number.quantity)] if number.quantity else []
        told = ": ".join(one[words.manuscript] for one in about)
        yield id_, f"{told} ({id_})" if told else id_

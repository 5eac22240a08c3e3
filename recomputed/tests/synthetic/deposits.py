"""A small synthetic deposit: the toy's sources in part, with a made-up build that observes nothing."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from recomputed.deposit import archive
from recomputed.deposit.credits import read_work
from recomputed.deposit.source_files import Sources, git_blob
from recomputed.deposit.verify import tree_id
from synthetic.papers import CHECKOUT, TOY

FILE = "toy-stalls-1.0.0.zip"
DATE = "2025-05-31T12:34:56Z"
NAMES = ("paper.qmd", "paper.toml", "pyproject.toml", "references.bib", "data/datapackage.json", "data/growth.csv",
         "data/cases.csv", "data/stalls.csv", "figures/manifest.json")  # fmt: skip
CARRIED = ("reproduce.py", "recomputed/src/recomputed/deposit/verify.py")  # with the engine
BESIDE = {
    "audit.json": '[{"severity": "not comparable"}]\n',
    "audit.txt": "Synthetic.\n",
    "verdict.json": "{}\n",
    "verdict.txt": "Synthetic.\n",
}

Change = Callable[[dict[str, bytes]], None]


def recorded(id_: str, low: str, high: str, kind: str, function: str, *cells: tuple[str, str, str, int, str]):
    """A number as `numbers.json` has it, as far as a verifier reads it."""
    names = ("file", "key", "column", "sheet_row", "cell")
    return {
        "id": id_,
        "value": {"low": low, "high": high},
        "kind": kind,
        "function": {"name": function, "file": "recomputed/src/recomputed/quantity/numbers.py", "line": 1},
        "rows": [dict(zip(names, cell, strict=True)) for cell in cells],
    }


def numbers() -> list[dict[str, Any]]:
    """One number of each kind, on cells of the toy's tables."""
    growth, stalls = "data/growth.csv", "data/stalls.csv"
    before, after = (growth, "north", "before", 2, "100"), (growth, "north", "index", 2, "120")
    cases = [
        ("data/cases.csv", case, "case", row, case)
        for row, case in enumerate(("north", "river", "hill"), start=2)
    ]
    guests = (stalls, "guests.north", "low", 8, "40"), (stalls, "guests.north", "high", 8, "60")
    engine = "recomputed.quantity.numbers"
    return [
        recorded("growth.index.north", "120", "120", "transcribed", f"{engine}.transcribe_cell", after),
        recorded("stalls.guests.north", "40", "60", "transcribed", f"{engine}.transcribe", *guests),
        recorded("growth.rise.north", "20", "20", "derived", "analysis.growth.rise", after, before),
        recorded("counts.stalls", "3", "3", "derived", f"{engine}.count", *cases),
        recorded("audit.not-comparable", "1", "1", "derived", f"{engine}.count"),
        recorded("growth.index.mean", "120", "120", "measured", "analysis.growth.mean", after),
    ]


def parts() -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Sources and outputs of the synthetic deposit, by name."""
    sources = {name: (TOY / name).read_bytes() for name in NAMES}
    sources |= {name: (CHECKOUT / name).read_bytes() for name in CARRIED}
    sources["requirements.lock"] = b"synthetic==0\n"
    sources["figures/synthetic.svg"] = b"<svg xmlns='http://www.w3.org/2000/svg'/>\n"
    digest = hashlib.sha256(sources["figures/synthetic.svg"]).hexdigest()
    sources["figures/manifest.json"] = json.dumps({"synthetic": {"key": "0", ".svg": digest}}).encode()
    outputs = {name: text.encode() for name, text in BESIDE.items()}
    outputs |= {
        name: f"synthetic {name}\n".encode()
        for name in ("index.html", "paper.pdf", "paper.docx", "paper.ipynb")
    }
    outputs["paper.xml"] = b"<article><!-- synthetic --></article>\n"
    outputs["figures/synthetic.svg"] = sources["figures/synthetic.svg"]
    outputs["numbers.json"] = json.dumps({"version": 1, "numbers": numbers()}).encode()
    return sources, outputs


def sources_of(content: Mapping[str, bytes], date: str = DATE) -> Sources:
    """The files as sources of a commit that never was."""
    modes = {name: "100755" if name == "reproduce.py" else "100644" for name in content}
    tree = tree_id({name: (modes[name], git_blob(body)) for name, body in content.items()})
    return Sources(content, modes, "0" * 40, tree, date)


def make(change_sources: Change = lambda _: None, change_outputs: Change = lambda _: None) -> bytes:
    """A deposit, whole in itself, after changes to what goes into it."""
    sources, outputs = parts()
    change_sources(sources)
    change_outputs(outputs)
    return archive.deposit(read_work(), sources_of(sources), outputs, "pandoc")


@cache
def whole() -> bytes:
    """The deposit with nothing changed."""
    return make()


def members(deposit: bytes) -> list[tuple[zipfile.ZipInfo, bytes]]:
    """The files in a deposit with what the zip says of them, in order."""
    with zipfile.ZipFile(io.BytesIO(deposit)) as archive:
        return [(member, archive.read(member)) for member in archive.infolist()]


def rezip(files: Iterable[tuple[zipfile.ZipInfo | str, bytes]], method: int = zipfile.ZIP_STORED) -> bytes:
    """A zip of these files, in this order, even where a name is there twice."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for member, body in files:
            if isinstance(member, str):
                member = plain(member)
            member.compress_type = method
            archive.NameToInfo.pop(member.filename, None)  # or zipfile would warn of a double
            archive.writestr(member, body)
    return buffer.getvalue()


def plain(name: str) -> zipfile.ZipInfo:
    """What a deposit's zip says of a plain file."""
    member = zipfile.ZipInfo(name, (2025, 5, 31, 12, 34, 56))
    member.create_system, member.external_attr = 3, 0o100644 << 16
    return member

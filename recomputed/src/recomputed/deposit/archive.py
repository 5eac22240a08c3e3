"""The deposit: one file with the sources, the data, everything that was built from them, and what describes
it all. The same commit, environment and date give the same bytes.
"""

import json
import platform
import re
from collections.abc import Callable, Iterable, Mapping, Set
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from recomputed.atomic import alone, only_one, write_whole
from recomputed.deposit import bag, meca
from recomputed.deposit.credits import Work, read_work
from recomputed.deposit.metadata import stale
from recomputed.deposit.source_files import Sources, read_sources
from recomputed.deposit.verify import CRATE, DEPOSIT, FIGURES, NUMBERS
from recomputed.editions import output_of, profiles
from recomputed.faults import CheckFailed
from recomputed.manuscript.fingerprint import hashes
from recomputed.outputs import FILES
from recomputed.typeset.build import Order, build
from recomputed.typeset.engines import outputs as outputs_of

if TYPE_CHECKING:
    from recomputed.deposit.crate import Render
    from recomputed.judgement import Judge

FORMAT = 1  # of deposit.json
BUILD = "_manuscript/"
JOURNAL = f"journal/{meca.FILE}"
VERIFIER = "recomputed/src/recomputed/deposit/verify.py"
EXECUTION = ("paper.qmd", "references.bib", "names.csv", "requirements.lock")
PACKAGES = {
    "nbclient": "https://nbclient.readthedocs.io/",
    "ipykernel": "https://ipykernel.readthedocs.io/",
    "vl-convert-python": "https://github.com/vega/vl-convert",
    "pypandoc_binary": "https://pandoc.org/",
    "typst": "https://typst.app/",
}
USED = {"html": ("pypandoc_binary",), "pdf": ("pypandoc_binary", "typst"), "docx": ("pypandoc_binary",),
        "jats": ("pypandoc_binary",)}  # fmt: skip


def archive(
    order: Order,
    prepare: Callable[[Path], "Judge"],
    out: Path,
    tell: Callable[[str], None] = lambda _: None,
) -> Path:
    """Build what `order` asks for if it is not built, and write the deposit into the folder `out`. Its path.

    Raises what the build raises; CheckFailed where the sources are not just those of the commit, or
    where CITATION.cff or its like is not current; InputError
    where `out` cannot be written.
    """
    root = order.edition.root
    if outdated := stale(root):
        raise CheckFailed(f"not current: {', '.join(outdated)}\nHint: python -m recomputed.deposit.metadata")
    further = [
        replace(order, edition=replace(order.edition, profile=profile), out=output_of(profile))
        for profile in profiles(root)[1:]
    ]
    built, *rest = (build(one, prepare, tell) for one in (order, *further))  # which draws what is not drawn
    sources, work = read_sources(root), read_work(root)
    for one in (built, *rest):
        _require_read(one.reads, sources)
    outputs = _outputs(order)
    others = {f"{one.out.name}/{name}": body for one in further for name, body in _outputs(one).items()}
    content = deposit(work, sources, outputs, order.engine.name, order.engine.identity, built.reads, others)
    target = out / f"{work.name}-{work.version}.zip"
    with alone(target, order.cache / "locks"):
        with suppress(OSError):  # which the writing tells
            out.mkdir(parents=True, exist_ok=True)
        write_whole(target, content)
    return target


def _outputs(order: Order) -> dict[str, bytes]:
    """The files of a finished build, by name."""
    with only_one(order.out, order.cache / "locks"):
        return {name: (order.out / name).read_bytes() for name in hashes(order.out)}


def deposit(
    work: Work,
    sources: Sources,
    outputs: Mapping[str, bytes],
    engine: str,
    engine_version: str = "",
    reads: Iterable[str] = (),
    others: Mapping[str, bytes] | None = None,
) -> bytes:
    """The deposit's bytes. `outputs` are the files of a finished build by name, `reads` what it read, `others` the
    files of the other languages' builds by their paths.

    CheckFailed where a file of the build is missing.
    """
    from recomputed.deposit.crate import describe

    payload = {**sources.content, **{BUILD + name: body for name, body in outputs.items()}, **(others or {})}
    missing = [
        name for name in (*(BUILD + name for name in FILES.values()), NUMBERS, FIGURES) if name not in payload
    ]
    if missing:
        raise CheckFailed(f"a deposit needs {', '.join(missing)}, and the build has none")
    payload[JOURNAL] = meca.package(outputs, sources.content, sources.date)
    payload[DEPOSIT] = _record(work, sources)
    renders = _renders(payload, engine, engine_version, {read.removeprefix("file:") for read in reads})
    payload[CRATE] = describe(work, payload, renders, sources.date, sources.swhid)
    details = [
        ("Bag-Software-Agent", f"{work.name} {work.version}"),
        ("Bagging-Date", sources.date[:10]),
        ("External-Identifier", sources.swhid),
        ("External-Description", work.description),
    ]
    tags = {"verify.py": sources.content[VERIFIER], "README.txt": _first_read(work).encode()}
    bagged = bag.bagged(payload, tags, details)
    root = f"{work.name}-{work.version}/"
    modes = {f"{root}data/{name}": mode for name, mode in sources.modes.items()}
    return bag.zipped({root + name: body for name, body in bagged.items()}, modes, sources.date)


def _first_read(work: Work) -> str:
    """What somebody who unpacks the deposit reads first."""
    return f"""{work.title} ({work.name} {work.version})
{work.subtitle}

{work.credit}
{work.description}.

data/                        the project: sources, data, and in data/_manuscript* the paper
data/README.md               what it is and how to run it
data/REPRODUCIBILITY.md      availability, provenance, requirements, instructions
data/ro-crate-metadata.json  the same for machines (RO-Crate 1.2)
data/journal/{meca.FILE}  the package for a journal (MECA, JATS XML)
manifest-*.txt               a hash of every file (BagIt 1.0)

python3 verify.py FILE verifies the zip file that this came in; it needs Python alone.
cd data && python3 reproduce.py computes and typesets everything again.

Code: {work.code_licence}. Text, figures and data: {work.text_licence}.
"""


def _record(work: Work, sources: Sources) -> bytes:
    """`deposit.json`, by which an unpacked deposit can be verified and archived again without git."""
    record = {
        "format": FORMAT,
        "name": work.name,
        "version": work.version,
        "date": sources.date,
        "commit": sources.commit,
        "swhid": sources.swhid,
        "sources": dict(sorted(sources.modes.items())),
    }
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def _require_read(reads: Mapping[str, str], sources: Sources) -> None:
    """CheckFailed for what a build read and no deposit would hold."""
    wrong = []
    for read, state in reads.items():
        kind, _, name = read.partition(":")
        name = re.sub(r"^(\.\./)+", "", name)  # the engine's, above a paper that lies in its checkout
        if kind == "file" and state not in ("none", "a folder") and name not in sources.content:
            wrong.append(f"{name} is read by the build and is not in the commit")
        if kind == "variable" and state != "none":
            wrong.append(
                f"the environment variable {name} is set and read by a cell, and no deposit holds it"
            )
    if wrong:
        raise CheckFailed("; ".join(wrong))


def _renders(
    payload: Mapping[str, bytes], engine: str, engine_version: str, reads: Set[str]
) -> list["Render"]:
    """The steps of the build: one execution, then one rendering of it for each format."""
    from recomputed.deposit.crate import Render, Software

    def package(name: str) -> Software:
        return Software(name, version(name), PACKAGES[name])

    python = Software(platform.python_implementation(), platform.python_version(), "https://www.python.org/")
    execution = [python, *map(package, ("nbclient", "ipykernel", "vl-convert-python"))]
    inputs = [name for name in payload if name in reads or name in EXECUTION or name.startswith("data/")]
    figures = [name for name in payload if name.startswith("figures/")]
    beside = [BUILD + name for name in ("paper.ipynb", "numbers.json", "verdict.json", "audit.json")]
    results = [name for name in beside if name in payload] + figures
    steps = [Render("Execute the manuscript and check it", inputs, results, execution)]
    for form, file in FILES.items():
        programs = [package(name) for name in USED[form]]
        if engine == "quarto":
            programs = [Software("quarto", engine_version, "https://quarto.org/")]
        used = [f"{BUILD}paper.ipynb", "references.bib", *(name for name in figures if name.endswith(".svg"))]
        made = [BUILD + name for name in outputs_of([form]) if BUILD + name in payload]
        steps.append(
            Render(f"Typeset it as {file}", [name for name in used if name in payload], made, programs)
        )
    return steps

"""What a machine can tell of a replication package: each check yields what is not as it must be, a sentence each."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from recomputed import paths
from recomputed.faults import Fault, InputError
from recomputed.paper_toml import Answer, read_settings
from recomputed.privacy.disclosure import CONTACTS
from recomputed.tables.sheet import LARGEST_TABLE
from recomputed.text_files import read_json, read_text

DOCUMENT = "REPRODUCIBILITY.md"
CROSS_REFERENCE = re.compile("(fig|tbl|eq|sec)-")
COMPILED = (".pyc", ".so", ".dll", ".exe", ".o", ".jar")

Check = Callable[[Path], Iterator[str]]
"""What is not as it must be in the project at this root, a sentence each."""

NO_TABLES = {"datapackage.json", "README.md", "ledger/allowed.csv", "ledger/statements.csv"}
AT_WILL = {"ledger/findings.csv", "ledger/told.csv"}
"""What `data/` holds besides tables: its description, and what the guards read, which the README explains."""


def answer_to(name: str, root: Path) -> Answer:
    """What paper.toml answers to a point of the checklist. InputError where it does not."""
    answer: Answer = getattr(read_settings(root).checklist, name)
    if not answer.answer:
        key = f"checklist.{name.replace('_', '-')}"
        raise InputError(
            Fault(f"{paths.SETTINGS_FILE}, {key}", "an answer, which no machine can give", "none")
        )
    return answer


def statement_in_paper(root: Path) -> Iterator[str]:
    """The paper itself carries the statement on data availability, and it says what paper.toml answers."""
    from recomputed.deposit.credits import read_work

    said = read_work(root).availability
    for words in answer_to("availability", root).paper:
        if words not in said:
            yield f"the statement on data availability in paper.qmd does not say {words!r}"


def only_described_tables(root: Path) -> Iterator[str]:
    """`data/` holds the described tables and nothing besides."""
    described = {table["path"] for table in _package(root)["resources"]} | NO_TABLES
    there = {
        path.relative_to(root / "data").as_posix() for path in (root / "data").rglob("*") if path.is_file()
    }
    yield from (f"data/{name} is described and not there" for name in sorted(described - there))
    yield from (f"data/{name} is there and not described" for name in sorted(there - described - AT_WILL))


def nothing_personal(root: Path) -> Iterator[str]:
    """No e-mail address, telephone number or street in the data."""
    for path in sorted((root / "data").rglob("*.csv")):
        for line, text in enumerate(read_text(path, largest=LARGEST_TABLE).splitlines(), start=1):
            if found := next(filter(None, (look.search(text) for look in CONTACTS.values())), None):
                yield f"data/{path.name}, row {line}: {found[0]!r} looks like a contact or an address"


def data_are_valid(root: Path) -> Iterator[str]:
    """Every table loads, every cell as its schema says, and every reported row has its place in the article."""
    from recomputed.tables.load import load

    tables = load(root / "data")
    for name, table in tables.items():
        columns = [field.name for field in table.resource.fields]
        places = table.column("locator") if "locator" in columns else ()
        if "evidence" in columns and not all(places):
            yield f"data/{name}.csv has rows without a locator"


def open_formats(root: Path) -> Iterator[str]:
    """Tables are CSV in UTF-8."""
    for table in _package(root)["resources"]:
        if (table["mediatype"], table["encoding"]) != ("text/csv", "utf-8"):
            yield f"data/{table['path']} is not CSV in UTF-8"


def variables_described(root: Path) -> Iterator[str]:
    """Every variable has a description, and the dictionary is that of the schema."""
    for table in _package(root)["resources"]:
        for field in table["schema"]["fields"]:
            if not field.get("description"):
                yield f"data/{table['path']}: the variable {field['name']} has no description"
    from recomputed.reading import dictionary

    if root == paths.ROOT and read_text(dictionary.README) != dictionary.current_readme():
        yield "data/README.md is not current: python -m recomputed.reading.dictionary"


def sources_cited(root: Path) -> Iterator[str]:
    """Every source that the paper cites is in the bibliography."""
    from recomputed.guards.references import read_references
    from recomputed.manuscript.markdown import parse
    from recomputed.manuscript.settings import document_metadata
    from recomputed.manuscript.source import read_manuscript
    from recomputed.typeset.engines import elements

    manuscript = read_manuscript(root / "paper.qmd")
    files = document_metadata({}, manuscript.metadata).get("bibliography", ())
    known = {reference.key for reference in read_references((root / name, name) for name in files)}
    texts = [cell.source for cell in manuscript.notebook.cells if cell.cell_type == "markdown"]
    tree = json.loads(parse("\n\n".join(texts), warn=False))
    keys = {one["citationId"] for cite in elements(tree, "Cite") for one in cite["c"][0]}
    cited = {key for key in keys if not CROSS_REFERENCE.match(key)}
    yield from (f"{key} is cited in paper.qmd and is not in references.bib" for key in sorted(cited - known))
    if not cited:
        yield "paper.qmd cites nothing"


def programs_listed(root: Path) -> Iterator[str]:
    """The list of exhibits and programs is what the manuscript, the data and the code give."""
    from recomputed.reading import provenance

    file = root / "docs" / "numbers.md"
    if not file.is_file() or read_text(file) != provenance.current():
        yield "docs/numbers.md is not current: python -m recomputed.reading.provenance"


def programs_are_source(root: Path) -> Iterator[str]:
    """Programs are source text, and the master script is among them."""
    folders = [root / name for name in ("analysis", "recomputed") if (root / name).is_dir()]
    files = sorted(path for folder in folders for path in folder.rglob("*"))
    for path in [_carried(root, "reproduce.py"), *(path for path in files if path.suffix == ".py")]:
        compile(read_text(path), path.name, "exec")
    for path in files:
        if path.suffix in COMPILED and "__pycache__" not in path.parts:
            yield f"{path.relative_to(root).as_posix()} is compiled"


def environment_locked(root: Path) -> Iterator[str]:
    """Every package of the environment has its version and a hash."""
    blocks = re.split(r"\n(?=\S)", read_text(_carried(root, "requirements.lock")))
    packages = [block for block in blocks if block and not block.startswith("#")]
    for block in packages:
        if "==" not in block.split("\n")[0] or "--hash=sha256:" not in block:
            yield f"requirements.lock: {block.split()[0]} has no version or no hash"
    if not packages:
        yield "requirements.lock names no package"


def readme_leads_here(root: Path) -> Iterator[str]:
    """The README names the authors and leads to the document."""
    from recomputed.deposit.credits import read_work
    from recomputed.deposit.metadata import author_block

    text = re.sub(r"\s+", " ", read_text(root / "README.md"))
    wanted = [*author_block(read_work(root)), f"({DOCUMENT})", "python3 reproduce.py"]
    yield from (f"README.md does not state {part!r}" for part in wanted if part not in text)


def metadata_current(root: Path) -> Iterator[str]:
    """What an archive reads agrees with the paper."""
    from recomputed.deposit.metadata import stale

    yield from (f"{name} is not current: python -m recomputed.deposit.metadata" for name in stale(root))


def licences_agree(root: Path) -> Iterator[str]:
    """The licences are there, and are those that the metadata state."""
    from recomputed.deposit.credits import read_work

    work, data = read_work(root), _package(root)
    files = read_settings(root).licences
    for name in dict.fromkeys((work.code_licence, work.text_licence)):
        if name not in files:
            yield f"{paths.SETTINGS_FILE}, licences: expected the file that has {name}, found none"
        elif files[name].says not in read_text(root / files[name].file):
            yield f"{files[name].file} is not the licence that it should be"
    for name in files:
        if name not in (work.code_licence, work.text_licence):
            yield f"{paths.SETTINGS_FILE}, licences: {name}, which neither pyproject.toml nor paper.qmd states"
    if [licence["name"] for licence in data["licenses"]] != [work.text_licence]:
        yield "data/datapackage.json states another licence than paper.qmd"


def _carried(root: Path, name: str) -> Path:
    """What a paper carries of its engine, or has of it in the same checkout; a deposit carries it."""
    return root / name if (root / name).exists() else paths.shipped(name)


def _package(root: Path) -> Any:
    return read_json(root / "data" / "datapackage.json", "data/datapackage.json")

"""What a machine can tell of a replication package: each check yields what is not as it must be, a sentence each."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.study.sheet import LARGEST_TABLE
from analysis.text_files import read_text

DOCUMENT = "REPRODUCIBILITY.md"
PERSONAL = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+|\+62[\d -]{8,}|\b08\d{8,}|\b(?:Gang|Jalan|Jl\.)\s+\w+", re.IGNORECASE
)
COMPILED = (".pyc", ".so", ".dll", ".exe", ".o", ".jar")

Check = Callable[[Path], Iterator[str]]
"""What is not as it must be in the project at this root, a sentence each."""


def section(heading: str, *words: str) -> Check:
    """The document has this section, and it says these words."""

    def check(root: Path) -> Iterator[str]:
        text = read_text(root / DOCUMENT)
        found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", text, re.MULTILINE | re.DOTALL)
        if found is None or not found[1].strip():
            yield f"{DOCUMENT} has no section {heading!r}"
            return
        said = re.sub(r"\s+", " ", found[1])
        yield from (f"{DOCUMENT}, {heading!r}, does not say {word!r}" for word in words if word not in said)

    return check


def statement_in_paper(root: Path) -> Iterator[str]:
    """The paper itself carries the statement on data availability."""
    from analysis.press.work import read_work

    if "tidak disertakan" not in read_work(root).availability:
        yield "the statement on data availability in paper.qmd does not say what is withheld"


def only_described_tables(root: Path) -> Iterator[str]:
    """`data/` holds the described tables and nothing besides."""
    described = {table["path"] for table in _package(root)["resources"]} | {"datapackage.json", "README.md"}
    there = {
        path.relative_to(root / "data").as_posix() for path in (root / "data").rglob("*") if path.is_file()
    }
    yield from (f"data/{name} is described and not there" for name in sorted(described - there))
    yield from (f"data/{name} is there and not described" for name in sorted(there - described))


def nothing_personal(root: Path) -> Iterator[str]:
    """No e-mail address, telephone number or street in the data."""
    for path in sorted((root / "data").rglob("*.csv")):
        for line, text in enumerate(read_text(path, largest=LARGEST_TABLE).splitlines(), start=1):
            if found := PERSONAL.search(text):
                yield f"data/{path.name}, row {line}: {found[0]!r} looks like a contact or an address"


def data_are_valid(root: Path) -> Iterator[str]:
    """Every table loads, every cell as its schema says, and every reported row has its place in the article."""
    from analysis.study.load import load

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
    from analysis.press import dictionary

    if root == paths.ROOT and read_text(dictionary.README) != dictionary.current_readme():
        yield "data/README.md is not current: python -m analysis.press.dictionary"


def sources_cited(root: Path) -> Iterator[str]:
    """Every source that the paper cites is in the bibliography."""
    from analysis.checks.references import read_references
    from analysis.press.manuscript import read_front_matter
    from analysis.press.settings import document_metadata

    text = read_text(root / "paper.qmd")
    front, _ = read_front_matter(text.split("\n"), "paper.qmd")
    files = document_metadata({}, front.value).get("bibliography", ())
    known = {reference.key for reference in read_references((root / name, name) for name in files)}
    cited = set(re.findall(r"(?<![\w@])@([a-z]+\d{4}[a-z]*)", text))
    yield from (f"{key} is cited in paper.qmd and is not in references.bib" for key in sorted(cited - known))
    if not cited:
        yield "paper.qmd cites nothing"


def programs_listed(root: Path) -> Iterator[str]:
    """The list of exhibits and programs is what the manuscript, the data and the code give."""
    from analysis.press import provenance

    file = root / "docs" / "numbers.md"
    if not file.is_file() or read_text(file) != provenance.current():
        yield "docs/numbers.md is not current: python -m analysis.press.provenance"


def programs_are_source(root: Path) -> Iterator[str]:
    """Programs are source text, and the master script is among them."""
    for path in [root / "reproduce.py", *sorted((root / "analysis").rglob("*.py"))]:
        compile(read_text(path), path.name, "exec")
    for path in sorted((root / "analysis").rglob("*")):
        if path.suffix in COMPILED and "__pycache__" not in path.parts:
            yield f"{path.relative_to(root).as_posix()} is compiled"


def environment_locked(root: Path) -> Iterator[str]:
    """Every package of the environment has its version and a hash."""
    blocks = re.split(r"\n(?=\S)", read_text(root / "requirements.lock"))
    packages = [block for block in blocks if block and not block.startswith("#")]
    for block in packages:
        if "==" not in block.split("\n")[0] or "--hash=sha256:" not in block:
            yield f"requirements.lock: {block.split()[0]} has no version or no hash"
    if not packages:
        yield "requirements.lock names no package"


def readme_leads_here(root: Path) -> Iterator[str]:
    """The README names the authors and leads to the document."""
    from analysis.press.metadata import author_block
    from analysis.press.work import read_work

    text = re.sub(r"\s+", " ", read_text(root / "README.md"))
    wanted = [*author_block(read_work(root)), f"({DOCUMENT})", "python3 reproduce.py"]
    yield from (f"README.md does not state {part!r}" for part in wanted if part not in text)


def metadata_current(root: Path) -> Iterator[str]:
    """What an archive reads agrees with the paper."""
    from analysis.press.metadata import stale

    yield from (f"{name} is not current: python -m analysis.press.metadata" for name in stale(root))


def licences_agree(root: Path) -> Iterator[str]:
    """The licences are there, and are those that the metadata state."""
    from analysis.press.work import read_work

    work, data = read_work(root), _package(root)
    wanted = {"LICENSE": "MIT License", "LICENSE-CC-BY-4.0": "Attribution 4.0 International"}
    for file, words in wanted.items():
        if words not in (root / file).read_text(encoding="utf-8"):
            yield f"{file} is not the licence that it should be"
    if [licence["name"] for licence in data["licenses"]] != [work.text_licence]:
        yield "data/datapackage.json states another licence than paper.qmd"


def _package(root: Path) -> Any:
    return json.loads(read_text(root / "data" / "datapackage.json"))

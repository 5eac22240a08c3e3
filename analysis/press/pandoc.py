"""The embedded engine: resolved Markdown to HTML, PDF, DOCX and JATS by pandoc and typst alone.

The Markdown is read once, its cross references and citations are resolved once, and the writers then
run side by side. The same Markdown and metadata give the same bytes: no clock, no network, no fonts
of the machine, no path of it.
"""

import datetime as dt
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.faults import CheckFailed, Fault, InputError, PaperError
from analysis.press import page
from analysis.press.frontmatter import document_date, front_matter

ASSETS = paths.PRESS / "assets"
NAMES = {"html": "index.html", "pdf": "paper.pdf", "docx": "paper.docx", "jats": "paper.xml"}

#: What Quarto's Markdown is to pandoc; YAML comes apart, as `metadata`.
#: Markup of one format is text in all of them: a `<script>` in a data cell is read and does nothing.
READER = (
    "markdown+autolink_bare_uris+table_attributes-yaml_metadata_block"
    "-raw_html-raw_tex-native_divs-native_spans"
)

_COMMENT_OR_CODE = re.compile(
    r"^(`{3,}|~{3,}).*?^\1|(`+)[^`].*?(?<!`)\2(?!`)|<!--.*?-->", re.DOTALL | re.MULTILINE
)
_UNRESOLVED = 65  # exit code of crossref.lua


def typeset(
    markdown: str,
    metadata: Mapping[str, Any],
    out: Path,
    formats: Sequence[str] = tuple(NAMES),
    profile: str | None = None,
    root: Path = paths.ROOT,
) -> None:
    """Write the paper in `formats` into the existing directory `out`, as NAMES calls them.

    `markdown` holds no code left to run; its images are named from `root`. With "jats" the images go
    along, to `out/figures/`. With `profile="blind"` nothing names authors or institutions.
    Raises InputError for a reference to a figure, table, section or source that is not there, or an
    unknown format, and CheckFailed with the engine's own message for whatever else it cannot set.
    """
    unknown = [name for name in formats if name not in NAMES]
    if unknown:
        raise InputError(Fault("--to", "html, pdf, docx or jats", ", ".join(unknown)))
    with tempfile.TemporaryDirectory() as scratch:
        job = _Job(metadata, profile, root, Path(scratch))
        document = job.read(markdown)
        writers: dict[str, Callable[[bytes, Path], None]] = {
            "pdf": job.pdf,
            "docx": job.docx,
            "html": job.html,
            "jats": job.jats,
        }
        chosen = [name for name in writers if name in formats]  # the slowest starts first
        with ThreadPoolExecutor(max_workers=len(chosen)) as pool:
            for done in [pool.submit(writers[name], document, out / NAMES[name]) for name in chosen]:
                done.result()


class _Job:
    """One manuscript on its way: its variables, where its images are, and a scratch directory."""

    def __init__(self, metadata: Mapping[str, Any], profile: str | None, root: Path, scratch: Path) -> None:
        self.front = front_matter(metadata, profile)
        self.names = [person["name"] for person in self.front.get("byline", [])]
        self.root = root
        self.scratch = scratch
        self.day = dt.datetime.combine(document_date(metadata), dt.time(), dt.UTC)
        self.variables = scratch / "front.json"
        self.variables.write_text(json.dumps(self.front, ensure_ascii=False), encoding="utf-8")

    def read(self, markdown: str) -> bytes:
        """The manuscript as pandoc's JSON, references and citations resolved."""
        options = [
            f"--from={READER}",
            "--to=json",
            f"--metadata-file={self.variables}",
            *_filters("literal", "crossref", "abstract"),
        ]
        if self.front.get("bibliography"):
            options += ["--citeproc", f"--csl={ASSETS / 'apa.csl'}", "--metadata=link-citations:true"]
        return self._pandoc(options, without_comments(markdown).encode())

    def html(self, document: bytes, target: Path) -> None:
        style = self.scratch / "style.html"
        style.write_text(f"<style>\n{page.stylesheet()}</style>\n", encoding="utf-8")
        options = [
            "--to=html5",
            "--standalone",
            "--toc",
            "--toc-depth=3",
            "--mathml",
            f"--template={ASSETS / 'paper.html'}",
            f"--include-in-header={style}",
            f"--variable=citation-tags:{page.citation_tags(self.front)}",
            *self._shared(),
            *_filters("numbers", "floats", "cards"),
        ]
        target.write_bytes(self._pandoc(["--from=json", *options], document))

    def docx(self, document: bytes, target: Path) -> None:
        from analysis.press import word

        options = [
            "--to=docx",
            f"--reference-doc={word.REFERENCE}",
            f"--template={ASSETS / 'paper.openxml'}",
            "--output=-",
            *[f"--metadata=author:{name}" for name in self.names],
            *self._shared(),
            *_filters("numbers", "floats", "cards"),
        ]
        target.write_bytes(word.repeatable(self._pandoc(["--from=json", *options], document)))

    def jats(self, document: bytes, target: Path) -> None:
        options = [
            "--to=jats_publishing+element_citations",
            "--standalone",
            f"--template={ASSETS / 'paper.jats'}",
            *self._shared(),
            *_filters("numbers", "floats", "cards"),
        ]
        article = self._pandoc(["--from=json", *options], document)
        # floats.lua wraps a captioned table, with its label and id; pandoc wraps it again.
        article = re.sub(rb"</caption>\s*<table-wrap>", b"</caption>", article)
        article = re.sub(rb"</table-wrap>\s*</table-wrap>", b"</table-wrap>", article)
        target.write_bytes(article)
        for image in _images(json.loads(document)):
            inside = ".." not in Path(image).parts and not Path(image).is_absolute()
            if inside and (self.root / image).is_file():
                copy = target.parent / image
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes((self.root / image).read_bytes())

    def pdf(self, document: bytes, target: Path) -> None:
        import typst

        plain = {
            "document-title": _typst(page.plain(self.front.get("title", ""))),
            "document-author": ", ".join(_typst(name) for name in self.names),
            "document-keyword": ", ".join(_typst(word) for word in self.front["keyword"]),
        }
        options = [
            "--to=typst-citations",
            "--standalone",
            f"--template={ASSETS / 'paper.typ'}",
            *[f"--variable={key}:{value}" for key, value in plain.items()],
            *self._shared(),
            *_filters("numbers", "floats", "cards"),
        ]
        source = self._pandoc(["--from=json", *options], document)
        try:
            fonts = typst.Fonts(include_system_fonts=False, font_paths=font_folders())
            compiler = typst.Compiler(root=str(self.root), font_paths=fonts)
            pdf = compiler.compile(source, format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=self.day)
        except typst.TypstError as error:
            raise CheckFailed(f"typst: {error.diagnostic or error.message}") from None
        assert isinstance(pdf, bytes)
        target.write_bytes(pdf)

    def _shared(self) -> list[str]:
        """What every writer is told. An address goes as a variable, since in metadata it is made a link."""
        options = ["--number-sections"] if self.front.get("number-sections") else []
        if url := self.front.get("rights", {}).get("url"):
            options.append(f"--variable=licence-url:{url}")
        return options

    def _pandoc(self, options: Sequence[str], given: bytes) -> bytes:
        epoch = str(int(self.day.timestamp()))
        done = subprocess.run(
            [pandoc_path(), "--fail-if-warnings", f"--resource-path={self.root}", *options],
            input=given,
            capture_output=True,
            cwd=self.root,
            env={**os.environ, "SOURCE_DATE_EPOCH": epoch},
            check=False,
        )
        if done.returncode:
            raise _explained(done.returncode, done.stderr.decode(errors="replace"))
        return done.stdout


def without_comments(markdown: str) -> str:
    """`markdown` without its `<!-- -->` comments; code blocks and inline code keep theirs."""
    return _COMMENT_OR_CODE.sub(lambda found: "" if found[0].startswith("<!--") else found[0], markdown)


@cache
def pandoc_path() -> str:
    """The pandoc that came with the environment."""
    return str(_package("pypandoc") / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc"))


def font_folders() -> list[Path]:
    """Where the PDF's letters are, text's and figures': in the environment, never the machine's own."""
    return [_package(name) / "files" for name in ("font_source_serif_pro", "font_source_sans_pro")]


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise CheckFailed(f"the package {name} is not installed in this environment")
    return Path(spec.submodule_search_locations[0])


def _images(node: Any) -> Iterator[str]:
    """Where the images of a pandoc JSON document are, relative to its root."""
    if isinstance(node, list):
        for part in node:
            yield from _images(part)
    elif isinstance(node, dict):
        if node.get("t") == "Image":
            yield node["c"][2][0]
        else:
            yield from _images(list(node.values()))


def _filters(*names: str) -> list[str]:
    return [f"--lua-filter={ASSETS / name}.lua" for name in names]


def _typst(text: str) -> str:
    """`text` as a typst string literal."""
    return json.dumps(text, ensure_ascii=False)


def _explained(code: int, stderr: str) -> PaperError:
    """Pandoc's complaint as an error of this project's."""
    lines = stderr.splitlines()
    faults = [_fault(line.split("\t")[1:]) for line in lines if line.startswith("FAULT\t")]
    if code == _UNRESOLVED and faults:
        return InputError(faults)
    missing = [line.split()[3] for line in lines if "Citeproc: citation" in line]
    if missing:
        return InputError(
            [Fault("paper.qmd", f"a source @{key} in references.bib", "none") for key in missing]
        )
    return CheckFailed(f"pandoc: {stderr.strip()}")


def _fault(found: Sequence[str]) -> Fault:
    if found[1:] == ["twice"]:
        return Fault("paper.qmd", f"one place labelled {{#{found[0]}}}", "two")
    if found[1:] == ["no file"]:
        return Fault("paper.qmd", f"an image file {found[0]}", "none")
    return Fault("paper.qmd", f"a numbered figure, table or section labelled {{#{found[0]}}}", "none")

"""The embedded engine: resolved Markdown to HTML, PDF, DOCX and JATS by pandoc and typst alone.

One run of pandoc reads the Markdown, for the checks too; another resolves its cross references and citations and
writes all formats; typst sets the PDF meanwhile. The same Markdown and metadata give the
same bytes: no clock, no network, no fonts of the machine, no path of it.
"""

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import tempfile
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from html import escape, unescape
from pathlib import Path
from typing import Any

from recomputed import paths
from recomputed.editions import at_hand, is_blind
from recomputed.epoch import BEYOND, NAME
from recomputed.faults import Fault, InputError, PaperError, failed
from recomputed.guards.references import read_references
from recomputed.manuscript.frontmatter import document_date, front_matter
from recomputed.manuscript.markdown import READER, package_folder, pandoc_path, plain, read
from recomputed.manuscript.source import uncommented
from recomputed.outputs import FILES, FORMATS, PARTS, SUPPLEMENT
from recomputed.typeset import hyphens, page

ASSETS = paths.ASSETS

#: In the order in which pandoc writes them: what typst needs comes first.
WRITERS = {"pdf": "typst", "html": "html", "jats": "jats", "docx": "docx"}
_SOURCE = "paper.json"
_REFUSED = 65  # how pandoc ends where `crossref.lua` found faults

#: Archival and accessible.
STANDARDS: Any = ["a-2a", "ua-1"]

_METADATA = re.compile(
    rb"(?P<number>\d+) 0 obj\s*<<[^>]*/Type\s*/Metadata[^>]*>>\s*stream\r?\n(?P<xmp>.*?)\r?\nendstream",
    re.DOTALL,
)
_CREATORS = re.compile(rb"(<dc:creator>\s*<rdf:Seq>).*?(</rdf:Seq>)", re.DOTALL)
_TRAILER = re.compile(rb"trailer\s*<<(?P<entries>.*)>>\s*startxref\s+(?P<at>\d+)\s+%%EOF\s*\Z", re.DOTALL)

_RUNNING = 75  # characters of a title that fit the head of a page


def typeset(
    markdown: str,
    metadata: Mapping[str, Any],
    out: Path,
    formats: Sequence[str] = FORMATS,
    profile: str | None = None,
    root: Path = paths.ROOT,
    data: Path | None = None,
    reference: bytes | None = None,
    parts: Sequence[str] = PARTS,
) -> None:
    """Write the paper in `formats` into the directory `out`, as FILES calls them; its supplement as SUPPLEMENT. Of
    these the `parts` alone.

    `markdown` holds no code left to run; its images are named from `root`. With "jats" the images go
    along, to `out/figures/`. With `profile="blind"` nothing names authors or institutions. The DOCX has the
    styles of the DOCX `reference`, if there is one. What is wrong is
    told by its line in the manuscript in `root`, or in `data`.
    Raises InputError for a reference to a figure, table, formula, section, source or image that is not there,
    a formula that is no TeX, a character that no font of the PDF has, or an unknown format, and CheckFailed
    with the engine's own message for whatever else it cannot set.
    """
    unknown = [name for name in formats if name not in FILES]
    if unknown:
        raise InputError(Fault("--to", "html, pdf, docx or jats", ", ".join(map(repr, unknown))))
    from recomputed.typeset.finish import finished

    front = front_matter(metadata, profile)
    day = dt.datetime.combine(document_date(metadata), dt.time(), dt.UTC)
    authors = [person["name"] for person in front.get("byline", [])]
    wanted = [writer for name, writer in WRITERS.items() if name in formats]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        scratch = Path(folder)
        setting: dict[str, Future[bytes]] = {}
        made: dict[str, Path] = {}
        styled = scratch / "reference.docx" if reference else ASSETS / "reference.docx"
        if reference:
            styled.write_bytes(reference)
        source, manuscript, texts = read(markdown), manuscript_text(root), root
        if is_blind(profile):
            source, root = _blind(source, front, root, scratch / "blind")
        _write_source(source, front, scratch)

        with _pandoc(front, wanted, scratch, root, day, manuscript, styled, parts) as written:
            for file in map(Path, filter(None, written)):
                part, format_ = file.stem, file.suffix[1:].replace("typst", "pdf")
                name = FILES[format_] if part == "paper" else SUPPLEMENT[format_]
                if format_ == "pdf":
                    setting[name] = pool.submit(set_pdf, scratch / file, root, texts, data, day, authors)
                else:
                    made[name] = scratch / file
        for name, pdf in setting.items():
            (out / name).write_bytes(pdf.result())
        for name, file in made.items():
            (out / name).write_bytes(finished(file))
        if "jats" in formats:
            _copy_images((out / FILES["jats"]).read_text(encoding="utf-8"), root, out)


def _blind(source: bytes, front: Mapping[str, Any], root: Path, folder: Path) -> tuple[bytes, Path]:
    """The document with pictures that tell nothing, and the folder that these are in."""
    from recomputed.typeset.blind import anonymous_pictures

    tree = json.loads(source)
    folder.mkdir()
    anonymous_pictures(tree, root, folder)
    named = [front.get("bibliography") or [], front.get("csl") or []]
    for name in (name for one in named for name in ([one] if isinstance(one, str) else one)):
        if (root / name).is_file():  # under its own name
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, folder / name)
    return json.dumps(tree, separators=(",", ":")).encode(), folder


def _write_source(document: bytes, front: Mapping[str, Any], scratch: Path) -> None:
    """The document with its metadata, as pandoc's JSON."""
    meta = {name: meta_tree(value) for name, value in {**front, "reader": READER}.items()}
    document = document.replace(b'"meta":{}', b'"meta":' + json.dumps(meta).encode(), 1)
    (scratch / _SOURCE).write_bytes(document)


@contextmanager
def _pandoc(
    front: Mapping[str, Any],
    writers: Sequence[str],
    scratch: Path,
    root: Path,
    day: dt.datetime,
    manuscript: str,
    styled: Path,
    parts: Sequence[str],
) -> Iterator[Iterator[str]]:
    """Run pandoc; give the names of `writers` as `scratch/paper.<name>` gets there, then check how it ended."""
    source, job = scratch / _SOURCE, scratch / f"{writers[0]}.job.json"
    orders: dict[str, Any] = {
        "formats": writers,
        "folder": str(scratch),
        "variables": variables_of_parts(front),
    }
    orders |= {"reference": escaped(styled), "parts": parts}
    job.write_text(json.dumps(orders, ensure_ascii=False), encoding="utf-8", newline="\n")
    command = [
        pandoc_path(),
        str(source),
        "--from=json",
        f"--to={ASSETS / 'formats.lua'}",
        "--fail-if-warnings",
    ]
    command += [f"--variable=job:{job}"]
    command += filters()
    if front.get("bibliography"):
        command += [f"--metadata=csl:{style_file(front, root)}", "--metadata=link-citations:true"]
    environment = {**os.environ, NAME: str(max(0, min(int(day.timestamp()), BEYOND - 1)))}
    with (
        (scratch / f"{writers[0]}.stderr").open("w+b") as stderr,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=stderr, cwd=root, env=environment
        ) as process,
    ):
        assert process.stdout is not None
        try:
            yield (line.decode().strip() for line in process.stdout)
            code = process.wait()
        except BaseException:
            process.kill()
            raise
        if code:
            _require_sources(front, root)  # of one that cannot be read pandoc says little
            stderr.seek(0)
            raise _explained(stderr.read().decode(errors="replace"), manuscript)


def _require_sources(front: Mapping[str, Any], root: Path) -> None:
    """InputError, with file and row, for sources that cannot be read."""
    named = front.get("bibliography") or []
    read_references((root / name, name) for name in ([named] if isinstance(named, str) else named))


def resolving(front: Mapping[str, Any], root: Path) -> list[str]:
    """The options with which pandoc resolves cross references and citations, and lifts the abstracts out."""
    cited = ["--citeproc", f"--csl={style_file(front, root)}", "--metadata=link-citations:true"]
    return [*filters(), *(cited if front.get("bibliography") else [])]


def filters() -> list[str]:
    """The options that name the filters of every format."""
    return [*map(_filter, ("literal", "crossref", "abstract"))]


def _filter(name: str) -> str:
    return f"--lua-filter={ASSETS / name}.lua"


def style_file(front: Mapping[str, Any], root: Path) -> str:
    """The style in which sources are cited, as pandoc takes it."""
    return escaped(root / front["csl"] if "csl" in front else ASSETS / "apa.csl")


def escaped(path: Path) -> str:
    """A path as pandoc takes it: it reads a percent sign as an escape."""
    return str(path).replace("%", "%25")


def meta_tree(value: Any) -> dict[str, Any]:
    """A value of the metadata as pandoc's tree has it. What is Markdown there `literal.lua` reads."""
    if isinstance(value, Mapping):
        return {"t": "MetaMap", "c": {str(name): meta_tree(one) for name, one in value.items()}}
    if isinstance(value, list | tuple):
        return {"t": "MetaList", "c": [meta_tree(one) for one in value]}
    if isinstance(value, bool):
        return {"t": "MetaBool", "c": value}
    return {"t": "MetaString", "c": str(value)}


def reference_texts(bibliography: Path) -> list[str]:
    """Each text of a BibTeX file's entries, as it is printed."""
    command = [pandoc_path(), str(bibliography), "--from=bibtex", "--to=csljson"]
    done = subprocess.run(command, capture_output=True, check=True)
    fields = (
        value for entry in json.loads(done.stdout) for value in entry.values() if isinstance(value, str)
    )
    return [unescape(re.sub(r"</?(?:span|i|b|sup|sub)\b[^>]*>", "", value)) for value in fields]


def template_variables(front: Mapping[str, Any]) -> dict[str, str]:
    """What the templates take as it is, escaped already for the one format that each is for."""
    names = [person["name"] for person in front.get("byline", [])]
    title = plain(front.get("title", ""))
    running = textwrap.shorten(title, _RUNNING, placeholder=" …")
    return {
        "citation-tags": page.citation_tags(front, title),
        "style": page.stylesheet(),
        "licence-url": escape(front.get("rights", {}).get("url", "")),
        "document-title": _typst(title),
        "running": f"#{_typst(running)}" if running != title else "",
        "running-authors": f"#{_typst(short)}" if (short := short_authors(front)) else "",
        "document-author": ", ".join(_typst(name) for name in names),
        "document-keyword": ", ".join(_typst(word) for word in front["keyword"]),
    }


def short_authors(front: Mapping[str, Any]) -> str:
    """The authors as a running head names them: one, two, or the first of more."""
    families = [person["family"] for person in front.get("byline", [])]
    return f"{families[0]} {front['labels']['et-al']}" if len(families) > 2 else " & ".join(families)


def variables_of_parts(front: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """These of the paper, and of its supplement, which is no work to be indexed by itself."""
    title = f"{front['labels']['supplement']}: {front.get('title', '')}"
    of_supplement = template_variables({**front, "title": title, "keyword": []})
    return {"paper": template_variables(front), "supplement": {**of_supplement, "citation-tags": ""}}


def set_pdf(
    source: Path,
    root: Path,
    texts: Path,
    data: Path | None,
    day: dt.datetime,
    authors: Sequence[str] = (),
) -> bytes:
    """The PDF of a typst source, archival (PDF/A-2a) and accessible (PDF/UA-1); `texts` is where an author wrote it."""
    import typst

    from recomputed.typeset.letters import letter_faults, source_texts, unset

    fonts = typst.Fonts(include_system_fonts=False, font_paths=font_folders())
    text = source.read_text(encoding="utf-8")
    if letters := unset(text, fonts, STANDARDS):
        raise InputError(letter_faults(letters, source_texts(texts, data or texts / "data")))
    try:
        compiler = typst.Compiler(root=str(root), font_paths=fonts)

        def compiled(written: str) -> bytes:
            made = compiler.compile(written.encode(), format="pdf", pdf_standards=STANDARDS, timestamp=day)
            assert isinstance(made, bytes)
            return made

        pdf = compiled(text)
        if hyphens.SOFT in text:
            pdf = compiled(hyphens.used(text, pdf))
    except typst.TypstError as error:
        raise failed("typst", error.diagnostic or error.message) from None
    return with_creators(pdf, authors) if len(authors) > 1 else pdf


def with_creators(pdf: bytes, authors: Sequence[str]) -> bytes:
    """`pdf` with one creator an author in its XMP metadata, where typst has one of them all.

    The new metadata are appended as an incremental update, as ISO 32000-1 (7.5.6) has it and PDF/A allows.
    """
    metadata, trailer = _METADATA.search(pdf), _TRAILER.search(pdf)
    if not metadata or not trailer:
        raise failed(
            "typst", "expected a PDF with metadata and cross references in plain text, found another"
        )
    creators = "".join(f"<rdf:li>{escape(name, quote=False)}</rdf:li>" for name in authors)
    xmp = _CREATORS.sub(lambda found: found[1] + creators.encode() + found[2], metadata["xmp"])
    number, size = int(metadata["number"]), len(xmp)
    new = b"%d 0 obj\n<</Length %d/Type/Metadata/Subtype/XML>>\nstream\n%b\nendstream\nendobj\n" % (
        number,
        size,
        xmp,
    )
    begins = len(pdf) + 1
    table = b"xref\n0 1\n0000000000 65535 f \n%d 1\n%010d 00000 n \n" % (number, begins)
    entries = b"trailer\n<<%b/Prev %b>>\n" % (trailer["entries"], trailer["at"])
    return b"%b\n%b%b%bstartxref\n%d\n%%%%EOF\n" % (pdf, new, table, entries, begins + len(new))


def _copy_images(article: str, root: Path, out: Path) -> None:
    for address in re.findall(r'<(?:inline-)?graphic [^>]*xlink:href="([^"]*)"', article):
        image = Path(unescape(address))
        if ".." in image.parts or image.is_absolute():
            raise InputError(Fault(at_hand().name, "an image inside the project", str(image)))
        (out / image).parent.mkdir(parents=True, exist_ok=True)
        (out / image).write_bytes((root / image).read_bytes())


def font_folders() -> list[Path]:
    """Where the PDF's letters are, text's and figures': in the environment, never the machine's own."""
    return [package_folder(name) / "files" for name in ("font_source_serif_pro", "font_source_sans_pro")]


def _typst(text: str) -> str:
    """`text` as a typst string literal."""
    return json.dumps(text, ensure_ascii=False)


def _explained(stderr: str, manuscript: str) -> PaperError:
    """Pandoc's complaint as an error of this project's, with its line in the manuscript's text."""
    faults = unresolved(stderr, manuscript)
    return InputError(faults) if faults else failed("pandoc", stderr)


def complaints(markdown: str, metadata: Mapping[str, Any], root: Path) -> str:
    """What pandoc and the filters say of a text that cannot be typeset, for `unresolved`; nothing of its citations.

    Raises CheckFailed with pandoc's own message where it fails otherwise.
    """
    tree = json.loads(read(markdown))
    # Two thirds are data in code, which has no faults.
    tree["blocks"] = [one for one in tree["blocks"] if one["t"] != "CodeBlock" or one["c"][0][0]]
    document = json.dumps(tree, separators=(",", ":")).encode()
    with tempfile.TemporaryDirectory() as folder:
        _write_source(document, front_matter(metadata), Path(folder))
        source, to_json = str(Path(folder) / _SOURCE), ("--from=json", "--to=json")
        command = [pandoc_path(), source, *to_json, _filter("crossref")]
        done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    if done.returncode not in (0, _REFUSED):
        raise failed("pandoc", done.stderr)
    return done.stderr.decode(errors="replace")


def unresolved(stderr: str, manuscript: str) -> list[Fault]:
    """What pandoc and the filters found wrong with the manuscript, a fault each, with its line there."""
    lines = stderr.splitlines()
    faults = [_fault(line.split("\t")[1:], manuscript) for line in lines if line.startswith("FAULT\t")]
    missing = [
        line.split("Citeproc: citation ")[1].split()[0] for line in lines if "Citeproc: citation" in line
    ]
    return faults + [
        Fault(at_hand().name, f"a source @{key} in references.bib", "none", _row(manuscript, f"@{key}"))
        for key in missing
    ]


def _fault(found: Sequence[str], manuscript: str) -> Fault:
    what, problem = found[0], found[1:]
    if problem == ["twice"]:
        twice = rf"{{#{what}\b[\s\S]*{{#{what}"
        return Fault(at_hand().name, f"one place labelled {{#{what}}}", "two", _row(manuscript, twice))
    if problem == ["no source"]:
        return Fault(
            at_hand().name, f"a source @{what} in references.bib", "none", _row(manuscript, f"@{what}")
        )
    if problem == ["no place"]:
        expected = f"a place labelled {{#{what}}}"
        return Fault(at_hand().name, expected, "none", _row(manuscript, rf"\(#{re.escape(what)}"))
    if problem == ["no file"]:
        return Fault(at_hand().name, f"an image file {what}", "none", _row(manuscript, re.escape(what)))
    if problem == ["no alt"]:
        expected = f"an image {what} with a text alternative, `fig-alt` or a caption"
        return Fault(at_hand().name, expected, "none", _row(manuscript, re.escape(what)))
    if problem == ["no words"]:
        return Fault(at_hand().name, "a heading with words", what, _row(manuscript, r"^#+ *(?:\{.*\})? *$"))
    if problem[:1] == ["level"]:
        expected = f"a heading of level {problem[1]} at most, as levels follow one another"
        title = r"^#+\W+" + r"\W+".join(map(re.escape, what.split()))
        return Fault(at_hand().name, expected, f"{what!r} of level {problem[2]}", _row(manuscript, title))
    if problem == ["no TeX"]:
        spaced = r"\s+".join(map(re.escape, what.split()))
        return Fault(at_hand().name, "a formula in TeX that pandoc can read", what, _row(manuscript, spaced))
    expected = f"a numbered figure, table, formula or section labelled {{#{what}}}"
    return Fault(at_hand().name, expected, "none", _row(manuscript, f"@{what}"))


def _row(manuscript: str, pattern: str) -> int | None:
    """The line on which what `pattern` finds in the manuscript ends; None where a cell printed it."""
    found = re.search(rf"{pattern}(?![\w-])", manuscript, re.MULTILINE)
    return manuscript.count("\n", 0, found.end()) + 1 if found else None


def manuscript_text(root: Path) -> str:
    """The text of the manuscript at hand in `root`; empty if there is none."""
    file = at_hand(root)
    return uncommented(file.read_text(encoding="utf-8-sig"), " ") if file.is_file() else ""

"""The judgement of a build, from the execution to what is written of it.

An `Edition` of the paper is executed once (`recompute`) while its data are examined (`prepare`). The judge that comes
of it holds that `Executed` to the article's claims and to the guards: the `Verdict`. What is typeset is read back
(`proof`), and both are left beside the paper (`record`). `typeset/build.py` puts these in their order around an engine.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from recomputed import paths, streams
from recomputed.editions import (
    LANGUAGE,
    MANUSCRIPT,
    PROFILE,
    figures_of,
    is_blind,
    manuscript_of,
    profiles,
)
from recomputed.faults import InputError
from recomputed.manuscript.kernel import Kernel, surroundings
from recomputed.paper_language import paper_language, stated_language
from recomputed.paper_toml import ASSUMED

if TYPE_CHECKING:  # a run that finds nothing changed imports none of them
    from concurrent.futures import Future

    from nbformat import NotebookNode

    from recomputed.ledger.examination import Examination
    from recomputed.manuscript.kernel import Asked
    from recomputed.manuscript.source import Manuscript
    from recomputed.manuscript.weave import Woven

_SHARED = ("reproduced", "claims", "counts", "findings")  # of the report: the same for all editions
REVIEW = "review.html"
#: The variables that an edition gives its cells.
_OWN = ("PAPER_DATA", "PAPER_FIGURES", PROFILE, MANUSCRIPT, LANGUAGE, paths.VARIABLE)
_STORED = ("report", "summary", "failures", "guarded", "compared", "unused")  # of a verdict
BESIDE = ("paper.ipynb", "verdict.json", "verdict.txt", "audit.json", "audit.txt")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Edition:
    """Which paper: the project's root, the data directory, the Quarto profile (`blind`, `en`, `en,blind`) or None.

    `draws` is whether executing it brings its figures up to date.
    """

    root: Path
    data: Path
    profile: str | None = None
    draws: bool = True
    assumed: Mapping[str, str] = field(default_factory=dict)
    """Other values for assumptions, by their ids."""

    @property
    def manuscript(self) -> str:
        """The file name of its manuscript."""
        return manuscript_of(self.profile)

    @property
    def lang(self) -> str:
        """The language that its manuscript is in."""
        return stated_language(self.root, self.manuscript)

    @property
    def figures(self) -> Path:
        """Where its figures are drawn."""
        return figures_of(self.root / "figures", self.profile)

    def kernel(self, again: bool = False) -> Kernel:
        """Start the kernel that will run it. The cells read these names; plain Quarto sets none.

        `again` is for a second execution, which draws nothing.
        """
        given = {**self.settings(), **({"PAPER_FIGURES": "none"} if again else {})}
        return Kernel(self.root, given, reads=[self.data.resolve()], again=again)

    def settings(self) -> dict[str, str]:
        """The environment variables that it is given."""
        figures = str(self.figures) if self.draws else "none"
        named = (self.profile or "", self.manuscript, self.lang, str(self.root))
        own = dict(zip(_OWN, (str(self.data.resolve()), figures, *named), strict=True))
        assumed = " ".join(f"{id_}={value}" for id_, value in self.assumed.items())
        return own | ({ASSUMED: assumed} if assumed else {})

    def environment(self) -> dict[str, str]:
        """The variables that its cells may read besides those."""
        own = {*_OWN, *([ASSUMED] if self.assumed else [])}
        return {name: value for name, value in surroundings().items() if name not in own}


@dataclass(frozen=True, slots=True)
class Executed:
    """One execution of the paper: the only one there is, the one that is judged and the one that is
    typeset. `defaults` are the document's `execute:` options, `asked` is what its cells asked for; `found` stands for
    what was there before they ran, `recalled` is whether it is one that was kept (`kept_cells.py`).
    """

    manuscript: "Manuscript"
    notebook: "NotebookNode"
    woven: "Woven"
    data: Path
    profile: str | None
    defaults: Mapping[str, Any] = field(default_factory=dict)
    asked: "tuple[Asked, ...]" = ()
    found: str = ""
    recalled: bool = False

    def metadata(self) -> dict[str, Any]:
        """The front matter with the project's settings."""
        from recomputed.manuscript.settings import document_metadata, project_settings

        return document_metadata(project_settings(paths.ROOT, self.profile), self.manuscript.metadata)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`report` is `check --json`; `summary` what the terminal shows; `failures` what must hold and does
    not. `examination` is what it was drawn from, where that was done in this process.
    """

    report: Mapping[str, Any]
    summary: tuple[str, ...]
    failures: tuple[str, ...]
    examination: "Examination | None" = field(default=None, compare=False, repr=False)
    guarded: str = ""
    """What the guards say in one sentence."""
    compared: tuple[str, ...] = ()
    """The summary without that: what came of the article's claims, and the findings."""
    unused: tuple[str, ...] = ()
    """What is allowed or told and not needed in this edition, though perhaps in another."""

    @property
    def holds(self) -> bool:
        """Whether everything that must hold does."""
        return not self.failures

    def as_json(self) -> dict[str, Any]:
        """The verdict as it is stored beside what was built."""
        return {name: getattr(self, name) for name in _STORED}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Verdict":
        """The verdict that `as_json` stored."""
        lists = {name: tuple(found) for name, found in stored.items() if isinstance(found, list | tuple)}
        return cls(**{**stored, **lists})


Judge = Callable[[Executed], Verdict]


def together(verdicts: Mapping[str, Verdict], others: Iterable[str] = ()) -> Verdict:
    """One verdict on all editions, by their manuscripts, the first one first. `others` fail besides."""
    from recomputed.ledger.report import text_lines

    first, *rest = verdicts.values()
    if not rest:
        return first
    failures = list(first.failures)
    for file, verdict in list(verdicts.items())[1:]:
        new = [one for one in verdict.failures if one not in first.failures]
        failures += [one if file in one else f"{file}: {one}" for one in new]
    failures += [one for one in first.unused if all(one in verdict.unused for verdict in rest)]
    failures += others
    report = {**first.report, "reproduced": not failures}
    report["editions"] = {
        file: {name: one for name, one in verdict.report.items() if name not in _SHARED}
        for file, verdict in verdicts.items()
    }
    guarded = {file: verdict.guarded for file, verdict in verdicts.items() if verdict.guarded}
    summary = (*first.compared, *text_lines(guarded))
    return replace(first, report=report, summary=summary, failures=tuple(dict.fromkeys(failures)))


def editions(root: Path, data: Path) -> tuple[Edition, ...]:
    """Each language's edition that there is, the first one first; none draws."""
    return tuple(Edition(root, data, profile, draws=False) for profile in profiles(root))


def recompute(
    edition: Edition,
    prepare: Callable[[Path], Made],
    cache: Path | None = None,
    kernel: Kernel | None = None,
) -> tuple[Executed, Made]:
    """The edition executed, and what `prepare(data)` makes meanwhile, such as the judge of it.

    It is executed in `kernel`, else recalled from what `cache` has on record, else executed in a kernel of its own.
    Raises what either raises, `prepare` first: faults of the data come before a cell that they break.
    """
    executed, made = recompute_all([edition], prepare, cache, [kernel])
    return executed[0], made


def recompute_all(
    editions: Sequence[Edition],
    prepare: Callable[[Path], Made],
    cache: Path | None = None,
    kernels: Sequence[Kernel | None] | None = None,
) -> tuple[list[Executed], Made]:
    """As `recompute`, of several editions on the same data at once."""
    from concurrent.futures import ThreadPoolExecutor

    from recomputed.kept_cells import Cells

    used: list[Kernel] = []
    executions: list[Future[Executed]] = []
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(len(editions)))
        try:
            for edition, kernel in zip(editions, kernels or [None] * len(editions), strict=True):
                cells = Cells(edition, cache) if cache and not kernel else None
                recalled = cells.recalled() if cells else None
                if not recalled:  # its kernel starts before more is imported
                    used.append(kernel or stack.enter_context(edition.kernel()))
                given, found = recalled or used[-1], cells.found if cells else ""
                executions.append(pool.submit(_execute_in if kernel else _execute, edition, given, found))
            made = prepare(editions[0].data)
            streams.progress(f"executing {', '.join(edition.manuscript for edition in editions)}")
            executed = [execution.result() for execution in executions]
        except BaseException:
            for kernel in used:
                kernel.close()  # so that the executions end now
            raise
    streams.progress("comparing with the article, and guarding")
    return executed, made


def _execute(edition: Edition, given: "Kernel | Executed", found: str) -> Executed:
    """The execution, whose Markdown is being read; not so in a kernel of the caller's, who may read less of it."""
    from recomputed.manuscript.markdown import begin

    executed = _execute_in(edition, given, found)
    begin(executed.woven.markdown)
    return executed


def _execute_in(edition: Edition, given: "Kernel | Executed", found: str) -> Executed:
    if isinstance(given, Executed):
        return given
    from recomputed.manuscript.execute import execute  # what is recalled need not wait for it

    manuscript, defaults = read(edition)
    execute(manuscript, given, defaults)
    return woven(edition, manuscript, defaults, given.history, found)


def read(edition: Edition) -> "tuple[Manuscript, dict[str, Any]]":
    """The manuscript, not executed yet, and its `execute:` options. InputError if either is not well formed."""
    from recomputed.manuscript.settings import require_settings
    from recomputed.manuscript.source import read_manuscript

    manuscript = read_manuscript(edition.root / edition.manuscript)
    require_settings(edition.root, edition.profile, manuscript)
    return manuscript, defaults_of(edition, manuscript)


def defaults_of(edition: Edition, manuscript: "Manuscript") -> dict[str, Any]:
    """The `execute:` options of a manuscript."""
    from recomputed.manuscript.settings import execute_defaults, project_settings

    return execute_defaults(project_settings(edition.root, edition.profile), manuscript.metadata)


def woven(
    edition: Edition,
    manuscript: "Manuscript",
    defaults: Mapping[str, Any],
    asked: "Iterable[Asked]",
    found: str = "",
    recalled: bool = False,
) -> Executed:
    """The manuscript whose notebook was executed, and what came of it as one Markdown."""
    from recomputed.manuscript.weave import weave

    notebook = manuscript.notebook
    text, data, profile = weave(manuscript, notebook, defaults), edition.data, edition.profile
    return Executed(manuscript, notebook, text, data, profile, defaults, tuple(asked), found, recalled)


def prepare(data: Path) -> Judge:
    """Do all that needs only the data: load it, compute every number, judge and audit the article's claims.

    Gives what judges an execution on that data. Raises InputError, with every fault, if the data do not
    validate.
    """
    from recomputed.guards import all_guards  # noqa: F401  loaded while the cells run
    from recomputed.ledger.examination import examine
    from recomputed.manuscript.names import read_names
    from recomputed.tables.load import load

    examination = examine(load(data))
    read_names(examination.tables.cases)  # its faults before those of the cell that reads it
    own = data.resolve() == paths.DATA.resolve()  # other data may have less than the assumptions name
    if own and (faults := list(examination.unmatched())):
        raise InputError(faults)

    def judge(executed: Executed) -> Verdict:
        figures = figures_of(paths.FIGURES, executed.profile) if own else None
        return _judge(executed, examination.in_language(paper_language().code), figures)

    return judge


def _judge(executed: Executed, examination: "Examination", figures: Path | None) -> Verdict:
    """Every claim must be as it is expected to be, and nothing there that a guard refuses."""
    from recomputed.guards.all_guards import guard_execution
    from recomputed.guards.hashes import changed_records
    from recomputed.ledger import verdicts
    from recomputed.ledger.baseline import changes, numbered, read_known
    from recomputed.ledger.report import text_lines, verdict_lines
    from recomputed.reading.provenance import moved

    outcomes, findings = examination.outcomes, examination.findings
    unexpected = [
        f"{outcome.id} ({outcome.locator}): expected {outcome.expected!r}, found {outcome.verdict!r}: "
        f"published {outcome.published}, recomputed {outcome.recomputed}"
        for outcome in outcomes
        if not outcome.is_expected
    ]
    known = read_known()
    number = numbered(known)
    other = list(changes(findings, known))
    if figures:
        other += map(str, (*changed_records(paths.DATA), *moved(examination.numbers)))
    compared = verdict_lines(examination, known)
    guarded = guard_execution(executed, examination, figures)  # last: pandoc may still be reading the text
    failures = (*unexpected, *other, *guarded.failures)
    report = {
        "reproduced": not failures,
        "claims": verdicts.as_json(outcomes),
        "counts": verdicts.count(outcomes),
        "findings": [{**finding.as_json(), "number": number.get(finding.id)} for finding in findings],
        **guarded.report,
    }
    summary = (*compared, *text_lines({executed.manuscript.name: guarded.summary}))
    return Verdict(report, summary, failures, examination, guarded.summary, compared, guarded.unused)


def proof(executed: Executed, out: Path, formats: Sequence[str]) -> list[str]:
    """What is wrong with the typeset formats in `out`, read back, a sentence each."""
    from recomputed.guards.all_guards import text_of
    from recomputed.guards.formats import format_faults
    from recomputed.guards.typed_numbers import metadata_texts
    from recomputed.typeset.blind import leaks, names_to_hide
    from recomputed.typeset.pandoc import reference_texts

    metadata = executed.metadata()

    def other() -> Iterator[str]:
        yield from (text for _, text in metadata_texts(metadata))
        for name in metadata.get("bibliography", ()):
            yield from reference_texts(paths.ROOT / name)

    faults = format_faults(out, formats, text_of(executed), other)
    if is_blind(executed.profile):
        faults += leaks(out, names_to_hide(metadata, paths.NAMES))
    return faults


def record(executed: Executed, verdict: Verdict, out: Path) -> None:
    """Write into `out` what is for those who check the paper. The same execution and verdict give the same bytes.

    `paper.ipynb` is the executed notebook, `verdict.json` what `check --json` gives, `verdict.txt` what it shows;
    `audit.json` and `audit.txt` are the contradictions found in the article; `numbers.json` is every number.
    """
    import nbformat

    from recomputed.descriptions.numbers_json import write_numbers_json

    findings = verdict.report.get("findings", [])
    contents = (
        nbformat.writes(_notebook(executed)) + "\n",  # type: ignore[no-untyped-call]
        _as_json(verdict.report),
        "".join(f"{line}\n" for line in verdict.summary),
        _as_json(findings),
        "".join(map(_told, findings)) or "No findings.\n",
    )
    for name, content in zip(BESIDE, contents, strict=True):
        (out / name).write_text(content, encoding="utf-8", newline="\n")
    write_numbers_json(executed, verdict, out)


def review(edition: Edition, executed: Executed, verdict: Verdict, cache: Path) -> Callable[[Path], None]:
    """Compute what the reviewer's page shows; what is given back writes it beside the finished pages of a folder."""
    from recomputed.atomic import path_key
    from recomputed.kept_cells import Cells
    from recomputed.ledger.examination import examine
    from recomputed.manuscript.fingerprint import hashes
    from recomputed.manuscript.markdown import plain
    from recomputed.reading.alternatives import alternatives, told
    from recomputed.reading.review import write_review
    from recomputed.tables.load import load

    examination = verdict.examination or examine(load(executed.data))
    title, lang = plain(executed.metadata().get("title", "")), examination.ledger.words.manuscript
    file = (
        cache / "alternatives" / f"{path_key(edition.data)}{(edition.profile or '').replace(',', '-')}.json"
    )
    key = json.dumps([Cells(edition, cache).key(executed), hashes(edition.data)])
    others = told(executed, examination, alternatives(examination), lang, file, key)

    def write(out: Path) -> None:
        write_review(examination, others, title, lang, out, ("index.html", "supplement.html"))

    return write


def _notebook(executed: Executed) -> Any:
    """The executed notebook; in the blind edition without what may name someone."""
    if not is_blind(executed.profile):
        return executed.notebook
    from tempfile import TemporaryDirectory

    from recomputed.manuscript.markdown import read
    from recomputed.typeset.blind import anonymous_notebook, anonymous_pictures

    with TemporaryDirectory() as folder:
        pictures = anonymous_pictures(json.loads(read(executed.woven.markdown)), paths.ROOT, Path(folder))
    return anonymous_notebook(executed.notebook, pictures)


def _as_json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _told(finding: Mapping[str, Any]) -> str:
    places = ", ".join(dict.fromkeys(finding["locators"]))
    told = f"{finding['severity']}: {finding['message']} {finding['assumption']}".rstrip()
    return f"{told}\n  {finding['id']} ({places})\n"

"""What a revision changed: the paper at a commit, tag or branch, and the paper as it stands.

The earlier state is put into a folder of its own and executed there, by its own code, with the engine that it carries,
else with this one. Numbers, claims and findings are what each engine's `trace --json` and `check --json` say of its
state, so that neither knows the other's insides.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

from recomputed import paths
from recomputed.editions import is_blind, manuscript_of, settings_files
from recomputed.faults import CheckFailed, Fault, InputError, PaperError, nearest
from recomputed.guards.passages import Passage, Text, read_text, sentences
from recomputed.guards.references import read_references
from recomputed.guards.tree import Origin
from recomputed.judgement import Edition, Executed, defaults_of, woven
from recomputed.language.numerals import show
from recomputed.manuscript.kernel import Kernel
from recomputed.manuscript.markdown import parse
from recomputed.manuscript.settings import document_metadata, leaves, project_settings
from recomputed.quantity.intervals import Interval
from recomputed.reading.marked import aligned
from recomputed.reading.whatif import ChangedNumber, ChangedSentence, ChangedVerdict, Difference, with_unit
from recomputed.tables.descriptor import read_package

_PRINTED = ("numbers", "number-cards", "number-rows", "statements")
_SECONDS = 600


class NoGit(PaperError):
    """There is no git. Exit code 3."""

    exit_code = 3


@dataclass(frozen=True)
class State:
    """The paper as it was or is: executed, its numbers as `numbers.json` has them, and the report of `check`."""

    name: str
    root: Path
    executed: Executed
    numbers: Mapping[str, Mapping[str, Any]]
    report: Mapping[str, Any]

    @cached_property
    def tree(self) -> dict[str, Any]:
        """The executed document in pandoc's JSON."""
        tree: dict[str, Any] = json.loads(parse(self.executed.woven.markdown))
        return tree

    @cached_property
    def text(self) -> Text:
        """Its passages."""
        lang = self.executed.manuscript.metadata.get("lang")
        return read_text(self.tree, self.executed.woven.markdown, lang)

    def units(self, code: str) -> dict[str, str]:
        """What the units of its numbers are called in a language, by their codes."""
        units = read_package(self.root / "data", "data").units
        return {name: unit.called(code) for name, unit in units.items()}

    def by_id(self, what: str) -> dict[str, Mapping[str, Any]]:
        """The claims, or the findings, of the report."""
        return {one["id"]: one for one in self.report.get(what, ())}


@dataclass(frozen=True, slots=True)
class CheckedOut:
    """A state in a folder: the repository's root, the package folder of its own engine, and the edition in question."""

    name: str
    top: Path
    engine: Path | None
    edition: Edition

    @property
    def root(self) -> Path:
        """The paper's root."""
        return self.edition.root


def check_out(revision: str, folder: Path, profile: str | None = None) -> CheckedOut:
    """Lay the files of a commit, tag or branch into the empty `folder`; the repository and its tree stay as they are.

    Raises NoGit; InputError where there is no repository, no such revision, or no paper or edition in it.
    """
    expected = "a data directory, or a commit, tag or branch"
    if _git("rev-parse", "--git-dir") is None:
        raise InputError(Fault("diff", expected, f"{revision!r}, no directory, and no git repository here"))
    commit = _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if commit is None:
        known = (_git("for-each-ref", "--format=%(refname:short)", "refs/tags", "refs/heads") or "").split()
        shallow = _git("rev-parse", "--is-shallow-repository") == "true"
        told = ". Hint: this clone has a part of the history; `git fetch --unshallow` brings all" * shallow
        raise InputError(Fault("diff", expected, f"{revision!r}{nearest(revision, known)}{told}"))
    top, where = folder / "tree", _git("rev-parse", "--show-prefix") or ""
    top.mkdir()
    repository = _git("rev-parse", "--absolute-git-dir")
    index = {"GIT_INDEX_FILE": str(folder / "index")}  # not the repository's own
    place = [f"--git-dir={repository}", f"--work-tree={top}", "-c", f"core.hooksPath={os.devnull}"]
    place += ["-c", "core.autocrlf=false"]  # as committed, on Windows too: a picture is known by its bytes
    if _git(*place, "checkout", "--quiet", commit, "--", ".", cwd=top, environment=index) is None:
        raise InputError(Fault("diff", "a revision whose files git can check out", repr(revision)))
    root = top / where
    files = (manuscript_of(profile), *settings_files(profile))
    if lacking := [name for name in files if not (root / name).is_file()]:
        raise InputError(Fault("diff", f"a revision that has {where}{lacking[0]}", repr(revision)))
    data = root / "data"
    if not (data.is_dir() and data.resolve().is_relative_to(top.resolve())):
        told = ", in which that is a link out of the repository" * data.is_symlink()
        raise InputError(Fault("diff", f"a revision that has {where}data", f"{revision!r}{told}"))
    folders = (one for one in (root, *root.parents) if one.is_relative_to(top))
    engine = next((one / paths.CARRIED.parent for one in folders if (one / paths.CARRIED).is_dir()), None)
    return CheckedOut(revision, top, engine, Edition(root, data, profile))


def _git(
    *arguments: str, cwd: Path | None = None, environment: Mapping[str, str] | None = None
) -> str | None:
    """What git prints; None where it fails."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=cwd or paths.ROOT,
            env={**own, **(environment or {})},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    except FileNotFoundError:
        raise NoGit("diff: expected git on the path, to look a revision up, found none") from None
    return done.stdout.strip() if done.returncode == 0 else None


def both_states(old: CheckedOut) -> tuple[State, State]:
    """The earlier state and the present one, each executed by its own code. Raises what either raises."""
    edition = Edition(paths.ROOT, paths.DATA, old.edition.profile)
    now = CheckedOut("now", paths.ROOT, paths.ENGINE.parent, edition)
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(_state, (old, now))
    return first, second


def _state(place: CheckedOut) -> State:
    engine = place.engine or paths.ENGINE.parent
    executed = _execute(place, engine)
    with tempfile.TemporaryDirectory() as folder:
        numbers = _asked(place, engine, "trace", Path(folder))
        report = _asked(place, engine, "check", Path(folder))
    return State(place.name, place.root, executed, {one["id"]: one for one in numbers}, report)


def _asked(place: CheckedOut, engine: Path, command: str, folder: Path) -> Any:
    """What a command of the state's engine says of it as JSON. A check that fails says what it found all the same."""
    file = folder / f"{command}.json"
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PAPER_", "QUARTO_"))}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "recomputed", command, "--json", str(file)],
            cwd=place.root,
            env={
                **own,
                "PYTHONPATH": str(engine),
                **place.edition.settings(),
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise CheckFailed(f"{place.name}: `{command}` has not ended within {_SECONDS} s") from None
    if not file.is_file():
        said = done.stderr.strip().replace(f"{place.top.as_posix()}/", "").replace(f"{place.top}{os.sep}", "")
        error = PaperError(f"{place.name}: {said or f'`{command}` said nothing'}")
        error.exit_code = done.returncode or 1
        raise error
    return json.loads(file.read_text(encoding="utf-8"))


def _execute(place: CheckedOut, engine: Path) -> Executed:
    from recomputed.manuscript.execute import execute
    from recomputed.manuscript.source import read_manuscript

    edition = place.edition
    manuscript = read_manuscript(place.root / edition.manuscript)
    defaults = defaults_of(edition, manuscript)
    with Kernel(place.root, {**edition.settings(), "PYTHONPATH": str(engine)}, reads=[place.top]) as kernel:
        execute(manuscript, kernel, defaults)
        return woven(edition, manuscript, defaults, kernel.history)


def difference(old: State, new: State) -> Difference:
    """All that differs between two states."""
    broken = [_broken(one) for one in (old, new)]
    findings = [
        {id_: finding["message"] for id_, finding in one.by_id("findings").items()} for one in (old, new)
    ]
    return Difference(
        numbers=tuple(_numbers(old, new)),
        sentences=(*_stated(old, new), *_sentences(old, new)),
        verdicts=tuple(_verdicts(old, new)),
        broken=tuple(told for told in broken[1] if told not in broken[0]),
        new_findings=tuple(_only(findings[1], findings[0])),
        gone_findings=tuple(_only(findings[0], findings[1])),
    )


def _only(findings: Mapping[str, str], others: Mapping[str, str]) -> Iterator[str]:
    return (f"{id_}: {told}" for id_, told in findings.items() if others.get(id_) != told)


def _broken(state: State) -> list[str]:
    own = state.report.get("editions", {}).get(state.executed.manuscript.name, state.report)
    return [one["message"] for one in own.get("comparing_words", ()) if one.get("claim")]


def _numbers(old: State, new: State) -> Iterator[ChangedNumber]:
    units = new.units("en")
    for id_ in dict.fromkeys((*old.numbers, *new.numbers)):
        before, after = old.numbers.get(id_), new.numbers.get(id_)
        if before and after and all(before[name] == after[name] for name in ("value", "stands_for", "unit")):
            continue
        unit = (after or before or {})["unit"]
        by = _by(before, after) if before and after else ""
        yield ChangedNumber(id_, _written(before), _written(after), by, units.get(unit) or unit)


def _written(number: Mapping[str, Any] | None) -> str:
    return str(number["formatted"].get("en") or next(iter(number["formatted"].values()))) if number else ""


def _by(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """New less old, of each end that both have; where only what it can mean moved, that."""
    if old["value"] == new["value"]:
        return f"can mean {new['stands_for']['text']}, {old['stands_for']['text']} before"
    ends = [(old["value"].get(end), new["value"].get(end)) for end in ("low", "high")]
    steps = [_exact(after) - _exact(before) for before, after in ends if before and after]
    told = (("+" if step > 0 else "") + show(Interval.point(step), digits=2) for step in steps)
    return " / ".join(dict.fromkeys(told))


def _exact(text: str) -> Fraction:
    return Fraction(text.replace("−", "-").replace(",", ""))


def _verdicts(old: State, new: State) -> Iterator[ChangedVerdict]:
    """The claims that have another verdict, and those that are there in one state only."""
    claims, units = [state.by_id("claims") for state in (old, new)], new.units("en")
    for id_ in dict.fromkeys(one for known in claims for one in known):
        before, after = (known.get(id_, {}) for known in claims)
        if before.get("verdict") != after.get("verdict"):
            told = after or before
            yield ChangedVerdict(
                id_,
                told["locator"],
                told["published"],
                told["recomputed"] or "",
                before.get("verdict", ""),
                after.get("verdict", ""),
                _given(told, new if after else old, units),
            )


def _given(claim: Mapping[str, Any], state: State, units: Mapping[str, str]) -> str:
    """What the data give for a claim, with its unit."""
    if number := state.numbers.get(claim["number"]):
        return with_unit(_written(number), units.get(number["unit"], ""))
    return claim["recomputed"] or ""


@dataclass(frozen=True, slots=True)
class _Sentence:
    section: str
    text: str
    numbers: tuple[str, ...]
    place: tuple[Passage, int] | None = None


def _sentences(old: State, new: State) -> Iterator[ChangedSentence]:
    """The sentences, cells, captions and text alternatives that changed, came or went, word by word."""
    origin = Origin(new.executed)
    pairs = aligned(list(_said(old)), list(_said(new)), lambda one: one.text, lambda one: one.text)
    for before, after in pairs:
        if before and after and before.text == after.text:
            continue
        told = after or before
        assert told is not None
        parts = _word_by_word(before.text if before else "", after.text if after else "")
        line, _ = (after and after.place and origin.place(*after.place)) or (None, None)
        yield ChangedSentence(line, told.section, told.numbers, tuple(parts))


def _stated(old: State, new: State) -> Iterator[ChangedSentence]:
    """What changed in the front matter, by its keys, and in the sources, by theirs."""
    before, after = (_outside_text(state) for state in (old, new))
    for name in dict.fromkeys((*before, *after)):
        was, (line, text) = before.get(name, (None, ""))[1], after.get(name, (None, ""))
        if was != text:
            yield ChangedSentence(line, name, (), tuple(_word_by_word(was, text)))


def _outside_text(state: State) -> dict[str, tuple[int | None, str]]:
    """The texts of the front matter and of the sources, by what they are called; those of the manuscript with a line.
    Of a blind edition none that names an author.
    """
    manuscript, found = state.executed.manuscript, {}
    lines = manuscript.front_matter.split("\n")
    for key, value in manuscript.metadata.items():
        if key != "author" or not is_blind(state.executed.profile):
            line = next((nth for nth, one in enumerate(lines, 1) if one.startswith(f"{key}:")), None)
            found[key] = line, "; ".join(" ".join(str(one).split()) for one in leaves(value))
    settings = document_metadata(project_settings(state.root, state.executed.profile), manuscript.metadata)
    for source in read_references((state.root / name, name) for name in settings.get("bibliography", ())):
        found[source.key] = None, "; ".join(source.fields.values())
    return found


def _said(state: State) -> Iterator[_Sentence]:
    for passage in state.text.passages:
        if passage.of in _PRINTED:
            continue
        section = passage.section[-1] if passage.section else passage.kind
        for start, end in sentences(passage):
            ids = [piece.number for at, piece in passage.placed() if start <= at < end and piece.number]
            text = passage.text[start:end].replace("\u2060", "").strip()
            yield _Sentence(section, text, tuple(ids), (passage, start))
    for alternative in state.text.alternatives:
        yield _Sentence(alternative.image, alternative.text, alternative.numbers)


def _word_by_word(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The text of both in order, as parts that are the same in both or are not."""
    first, second = (re.findall(r"\s+|[^\s]+", text) for text in (old, new))
    for tag, a, b, c, d in SequenceMatcher(None, first, second, False).get_opcodes():
        before, after = "".join(first[a:b]), "".join(second[c:d])
        yield (after, after) if tag == "equal" else (before, after)

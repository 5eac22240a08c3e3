"""Commands that are not understood, and settings and an environment in which none can run."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import typer.main

from malformed.case import Call, Case
from recomputed import cli, paths
from recomputed.epoch import read_epoch
from recomputed.manuscript.paper import open_paper
from recomputed.manuscript.settings import project_settings

COMMANDS = (
    "check",
    "render",
    "trace",
    "diff",
    "audit",
    "anonymise",
    "archive",
    "archive verify",
    "checklist",
)


def usage_cases() -> Iterator[Case]:
    for command in COMMANDS:
        yield misused([*command.split(), "--nope"], f"recomputed {command}: no such option: --nope")
        if command in ("check", "render", "audit", "checklist"):
            yield misused([command, "extra"], f"recomputed {command}: got unexpected extra argument")
    for command, option in (("check", "--data"), ("check", "--json"), ("render", "--to"), ("render", "--engine"),
                            ("render", "--profile"), ("render", "--out"),
                            ("render", "--reference-doc"), ("trace", "--search"), ("diff", "--set"),
                            ("audit", "--json"), ("anonymise", "--threshold"), ("archive", "--out")):  # fmt: skip
        yield misused([command, option], f"option '{option}' requires an argument")
    for wrong in ("chek", "build", "--verbose", "-x", ""):
        yield misused([wrong], "recomputed: no such ")
    for arguments, message in (
        (["render", "--to", "epub"], "--to: expected html, pdf, docx, jats, found 'epub'"),
        (["render", "--to", "html,epub"], "--to: expected html, pdf, docx, jats, found 'epub'"),
        (["render", "--to", ""], "--to: expected html, pdf, docx, jats, found no format"),
        (["render", "--to", " , "], "--to: expected html, pdf, docx, jats, found no format"),
        (["render", "--engine", "latex"], "--engine: expected auto, quarto, pandoc, found latex"),
        (["render", "--engine", ""], "--engine: expected auto, quarto, pandoc, found "),
        (
            ["render", "--profile", "named"],
            "--profile: expected de, blind, or a language and blind, found named",
        ),
        (
            ["render", "--reference-doc", "none.docx"],
            "expected a Word document (.docx), found nothing at none.docx",
        ),
        (
            ["render", "--reference-doc", str(paths.PAPER)],
            "paper.qmd: no zip archive, as each DOCX is",
        ),
        (
            ["render", "--reference-doc", str(paths.DATA)],
            "expected a Word document (.docx), found a directory at ",
        ),
        (["trace", "a", "--search", "b"], "trace: expected an id or --search, found both"),
        (["trace", "growth.rise.valley"], "growth.rise.valley"),
        (["diff"], "diff: expected a data directory, a revision, --set or --assume, found none of them"),
        (
            ["diff", "--set", "growth"],
            "--set: expected FILE:ROW:COLUMN=VALUE, as data/trees.csv:oak:height=12",
        ),
        (["diff", "--set", "growth.csv:river=1"], "--set: expected FILE:ROW:COLUMN=VALUE"),
        (["diff", "--set", "grwth.csv:river:index=1"], "--set: expected one of the tables"),
        (["diff", "--set", "growth.csv:valley:index=1"], "--set: expected the key of a row of"),
        (["diff", "--set", "growth.csv:river:idx=1"], "--set: expected one of the columns"),
        (
            ["diff", "--set", "growth.csv:river:index=x"],
            "data/growth.csv, row 3, column index: expected a number",
        ),
        (
            ["diff", "--set", "growth.csv:river:index="],
            "data/growth.csv, row 3, column index: expected a value",
        ),
        (["anonymise"], "recomputed anonymise: missing argument 'PRIVATE'"),
        (["anonymise", "nowhere"], "recomputed anonymise: missing option '--out'"),
        (
            ["anonymise", "a", "--out", "b", "--threshold", "1"],
            "invalid value for '--threshold'",
        ),
        (
            ["anonymise", "a", "--out", "b", "--threshold", "x"],
            "invalid value for '--threshold'",
        ),
        (["archive", "verify"], "recomputed archive verify: missing argument 'FILE'"),
    ):
        yield misused(arguments, message)
    yield from wrong_paths()


def misused(arguments: list[str], message: str) -> Case:
    return Case(" ".join(arguments) or "''", lambda folder: lambda: command_line(arguments), message)


def command_line(arguments: list[str]) -> None:
    """As `cli._run`, which the test of all cases replaces."""
    try:
        typer.main.get_command(cli.app)(arguments, prog_name="recomputed", standalone_mode=False)
    except cli.UsageError as error:
        raise cli.Misused(error) from None


def wrong_paths() -> Iterator[Case]:
    """A path that is something else than the option takes."""
    makes: dict[str, Callable[[Path], object]] = {
        "nothing": lambda path: None,
        "a file": lambda path: path.write_text("penting", encoding="utf-8"),
        "a directory": Path.mkdir,
        "a device": lambda path: path.symlink_to(os.devnull),
        "a link that leads nowhere": lambda path: path.symlink_to("nowhere"),
    }
    if hasattr(os, "mkfifo"):
        makes["a named pipe"] = os.mkfifo
    takes = {
        ("check", "--data"): ("a directory", ("a directory",)),
        ("render", "--out"): ("a directory", ("a directory", "nothing")),
        ("archive", "--out"): ("a directory", ("a directory", "nothing")),
        ("check", "--json"): ("a file to write", ("a file", "nothing", "a device", "a named pipe")),
        ("audit", "--json"): ("a file to write", ("a file", "nothing", "a device", "a named pipe")),
        ("trace", "--json"): ("a file to write", ("a file", "nothing", "a device", "a named pipe")),
    }
    for (command, option), (expected, fine) in takes.items():
        for kind, make in makes.items():
            if kind not in fine:
                message = f"{option}: expected {expected}"
                yield Case(f"{command} {option} {kind}", given(make, command, option), message)
                yield Case(
                    f"{command} {option} {kind}: found", given(make, command, option), f"found {kind} at it"
                )
    for command in ("check", "audit", "trace"):
        inside = f"{command} --json in no directory"
        arrange = given(lambda path: None, command, "--json", "it/inside")
        yield Case(inside, arrange, "--json: expected a file in a directory, found nothing at it")


def given(
    make: Callable[[Path], object], command: str, option: str, name: str = "it"
) -> Callable[[Path], Call]:
    def arrange(folder: Path) -> Call:
        make(folder / "it")
        return lambda: command_line([command, option, str(folder / name)])

    return arrange


def settings_cases() -> Iterator[Case]:
    """`_quarto.yml` and a profile's file, each as no such file can be."""
    for name in ("_quarto.yml", "_quarto-blind.yml"):
        for what, content in (
            ("two colons", b"a: 1\nb: c: d\n"),
            ("an open list", b"a: [1\n"),
            ("an open quotation", b'a: "x\n'),
            ("a tab", b"a:\n\tb: 1\n"),
            ("a list", b"- a\n"),
            ("a text", b"halo\n"),
            ("an unknown anchor", b"a: *b\n"),
            ("an object of Python", b"a: !!python/object:os.system x\n"),
            ("a control character", b"a: \x01\n"),
        ):
            yield Case(f"{name} {what}", settings(name, content), f"{name}")
        yield Case(f"{name} missing", settings(name, None), f"{name}")


def settings(name: str, content: bytes | None) -> Callable[[Path], Call]:
    def arrange(folder: Path) -> Call:
        for file in (paths.QUARTO, paths.ROOT / "_quarto-blind.yml"):
            shutil.copy(file, folder)
        (folder / name).unlink()
        if content is not None:
            (folder / name).write_bytes(content)
        return lambda: project_settings(folder, "blind")

    return arrange


def environment_cases() -> Iterator[Case]:
    epoch = "SOURCE_DATE_EPOCH: expected whole seconds since 1970, of a day from 1980 to 2107, found"
    for text in ("kemarin", "-1", "0", "1", "315532799", "4354819200", "99999999999", "9" * 5000, "1e9", "1.5",
                 "0x10", "٤", "2025-01-01", " 1748694896", "1748694896 ", "nan", "1_000_000_000"):  # fmt: skip
        yield Case(f"SOURCE_DATE_EPOCH={text[:20]!r}", within({"SOURCE_DATE_EPOCH": text}, read_epoch), epoch)
    for name, make in (
        ("nothing", lambda path: None),
        ("a file", lambda path: path.write_text("")),
        ("an empty directory", Path.mkdir),
        ("a device", lambda path: path.symlink_to(os.devnull)),
    ):
        yield Case(f"PAPER_DATA is {name}", data_at(make), "it/datapackage.json: expected a file, found")


def within(environment: dict[str, str], call: Call) -> Callable[[Path], Call]:
    def run() -> object:
        before = dict(os.environ)
        os.environ.update(environment)
        try:
            return call()
        finally:
            os.environ.clear()
            os.environ.update(before)

    return lambda folder: run


def data_at(make: Callable[[Path], object]) -> Callable[[Path], Call]:
    def arrange(folder: Path) -> Call:
        make(folder / "it")
        settings = {"PAPER_DATA": str(folder / "it"), "PAPER_FIGURES": "none"}
        return within(settings, open_paper)(folder)

    return arrange

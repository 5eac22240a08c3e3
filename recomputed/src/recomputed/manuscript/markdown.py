"""Markdown as pandoc reads it: a tree for the checks and for typesetting, and the plain text of a line."""

import hashlib
import json
import os
import re
import subprocess
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock, Thread

from recomputed.atomic import write_whole
from recomputed.editions import at_hand
from recomputed.faults import CheckFailed, Fault, InputError, failed
from recomputed.manuscript.source import uncommented

#: What Quarto's Markdown is to pandoc; YAML comes apart, as `metadata`.
#: Markup of one format is text in all of them: a `<script>` in a data cell is read and does nothing.
READER = (
    "markdown+autolink_bare_uris+table_attributes-yaml_metadata_block-pandoc_title_block"
    "-raw_html-raw_tex-native_divs-native_spans"
)
#: Reads texts that are apart by NUL as the command line does; the first one is the abbreviations that it knows.
_EACH = rf"""
local options
for text in (io.read("a") .. "\0"):gmatch("([^\0]*)\0") do
  if options then
    io.write(pandoc.write(pandoc.read(text, "{READER}", options), "json"), "\n")
  else
    local known = {{}}
    for word in text:gmatch("%S+") do known[word] = true end
    options = pandoc.ReaderOptions {{abbreviations = known, columns = 72}}
  end
end"""
_TAB = 4
_MARKUP = re.compile(r"[^\w\s,;:?!()/%.–-]|_|--|\.\.")
_reading = Lock()
_kept: dict[str, Future[bytes]] = {}
_KEPT = 2  # editions that are held together
_KEPT_FILES = 6
_PACKAGE = "pypandoc_binary"
READ_SECONDS = 120  # a million items take 16


def read(markdown: str) -> bytes:
    """`markdown`, without its comments, as pandoc's JSON. The last ones are kept, on disk too: who asks meanwhile waits
    for it.

    Raises CheckFailed with pandoc's own message if it cannot read it, or warns; InputError if that takes READ_SECONDS.
    """
    with _reading:
        begun = _kept.get(markdown)
        document = begun or _keep(markdown)
    if not begun:
        try:
            document.set_result(_read_once(markdown))
        except BaseException as error:
            document.set_exception(error)
    return document.result()


def begin(markdown: str) -> None:
    """Start to `read` it, beside what is done meanwhile: who asks then waits for it, or hears of the fault."""

    def reading() -> None:
        with suppress(Exception):
            read(markdown)

    Thread(target=reading).start()


def _read_once(markdown: str) -> bytes:
    """As `parse`, from the file of the last time if there was one."""
    from recomputed.kept import writable_cache

    key = json.dumps([READER, version(_PACKAGE), markdown])
    file = writable_cache() / "read" / f"{_hash(key.encode())}.json"
    with suppress(OSError):
        stored, _, document = file.read_bytes().partition(b"\n")
        if stored.decode("ascii", "replace") == _hash(document):
            file.touch()  # the last to be used are those that stay
            return document
    document = parse(markdown)
    with suppress(OSError, InputError):  # without it the next run only reads once more
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, f"{_hash(document)}\n".encode() + document)
        for old in sorted(file.parent.iterdir(), key=lambda one: one.stat().st_mtime)[:-_KEPT_FILES]:
            old.unlink()
    return document


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def keep(markdown: str, document: bytes) -> None:
    """Let `read` give `document` for `markdown`, until it has read others."""
    with _reading:
        _keep(markdown).set_result(document)


def _keep(markdown: str) -> "Future[bytes]":
    """The place for a document; the oldest leaves its own."""
    while len(_kept) >= _KEPT:
        del _kept[next(iter(_kept))]
    _kept[markdown] = document = Future[bytes]()
    return document


def parse(markdown: str, warn: bool = True) -> bytes:
    """As `read`, and nothing is kept; a warning is an error where it is to `warn`."""
    return _told([f"--from={READER}", "--to=json"], uncommented(markdown), warn)


def parse_all(texts: Sequence[str], warn: bool = True) -> list[bytes]:
    """As `parse`, of each text, in one process of pandoc."""
    if not texts:
        return []
    each = (uncommented(text).replace("\0", "\ufffd").expandtabs(_TAB) for text in texts)
    return _told(["lua", "-e", _EACH], "\0".join([_abbreviations(), *each]), warn).splitlines()


@cache
def _abbreviations() -> str:
    """Those behind which pandoc's command line puts a space that does not break, a line each."""
    return _told(["--print-default-data-file=abbreviations"], "").decode()


def _told(options: Sequence[str], text: str, warn: bool = False) -> bytes:
    """What pandoc makes of a text; CheckFailed where it fails, or is to `warn` and does."""
    try:
        with (
            TemporaryFile() as source
        ):  # whole, whoever ends this process: of a part pandoc may read for ever
            source.write(text.encode())
            source.seek(0)
            command = [pandoc_path(), *options]
            done = subprocess.run(
                command, stdin=source, capture_output=True, timeout=READ_SECONDS, check=False
            )
    except subprocess.TimeoutExpired:
        longest = max(text.split("\n"), key=len)
        expected = f"a text that pandoc reads within {READ_SECONDS} s"
        found = f"more to try; the longest line has {len(longest)} characters and begins {longest[:40]!r}"
        raise InputError(Fault(at_hand().name, expected, found)) from None
    if done.returncode or (warn and done.stderr):
        raise failed("pandoc", done.stderr)
    return done.stdout


def plain(markdown: str) -> str:
    """The text of a line of Markdown, such as a title, for where no markup can stand."""
    if not _MARKUP.search(markdown):
        return markdown
    command = [pandoc_path(), f"--from={READER}", "--to=plain", "--wrap=none"]
    done = subprocess.run(command, input=markdown.encode(), capture_output=True, check=True)
    return done.stdout.decode().strip()


@cache
def pandoc_path() -> str:
    """The pandoc that came with the environment."""
    return str(package_folder("pypandoc") / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc"))


def package_folder(name: str) -> Path:
    """The folder of an installed package, whether or not it can be imported."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise CheckFailed(f"the package {name} is not installed in this environment")
    return Path(spec.submodule_search_locations[0])
